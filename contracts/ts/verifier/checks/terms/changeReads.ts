import { keccak256 } from 'ethers';
import type { Address } from '../../../statement.ts';
import type { Change } from './change.ts';
import type { Changes } from './changes.ts';
import type { Objections } from './objections.ts';

/** A change as the charter holds it. */
export interface ChangeRead {
  readonly target: Address;
  readonly impact: number;
  /** Position in `ICharter.ChangeState`. */
  readonly state: number;
  readonly lastRoundOwed: boolean;
  readonly comparedVersion: number;
  readonly firstEligibleRound: number;
  readonly announcedAt: number;
  readonly noticeEndsAt: number;
  readonly diesAt: number;
  readonly countedSupply: bigint;
  readonly objections: bigint;
  readonly termsHash: string;
}

/** `ICharter.ChangeState`, in its order; a dead one is a pending one by the clock of the read. */
const STATES = ['none', 'pending', 'enacted', 'struck down', 'withdrawn', 'pending'] as const;

/** Compares the changes that the logs tell of with those that the charter holds. */
export function compareChanges(
  changes: Changes,
  objections: Objections,
  reads: readonly ChangeRead[],
  strikesInARow: number,
): void {
  const { impactCheck, noticeCheck, lastRoundCheck, pendingCheck } = changes;
  const count = () => 'number of changes (changeCount)';
  pendingCheck.equal(changes.all.length, reads.length, count, null);
  const strikes = () => 'changes struck down in a row (strikesInARow)';
  pendingCheck.equal(changes.strikesInARow, strikesInARow, strikes, null);
  for (const change of changes.all) {
    const read = reads[change.id - 1];
    if (read === undefined) break;
    const what = (field: string) => () => `${field} of change ${change.id} (change)`;
    pendingCheck.equal(change.state, STATES[read.state] ?? '?', what('the state'), null);
    impactCheck.equal(shownTarget(change), shownReadTarget(read), what('the target'), null);
    noticeCheck.equal(
      `${change.announcedAt}, ${change.noticeEndsAt}, ${change.diesAt}`,
      `${read.announcedAt}, ${read.noticeEndsAt}, ${read.diesAt}`,
      what('announcement, end of notice and last day'),
      null,
    );
    lastRoundCheck.equal(
      `${change.lastRoundOwed}, ${change.firstEligibleRound}`,
      `${read.lastRoundOwed}, ${read.firstEligibleRound}`,
      what('the last round'),
      null,
    );
    const of = what('the supply that counts and the objections');
    const told = `${change.countedSupply}, ${objections.of(change.id)}`;
    objections.check.equal(told, `${read.countedSupply}, ${read.objections}`, of, null);
  }
}

function shownTarget({ targetAddress, impact, comparedVersion, terms }: Change): string {
  return `${targetAddress}, impact ${impact}, version ${comparedVersion}, terms ${keccak256(terms)}`;
}

function shownReadTarget({ target, impact, comparedVersion, termsHash }: ChangeRead): string {
  return `${target}, impact ${impact}, version ${comparedVersion}, terms ${termsHash}`;
}
