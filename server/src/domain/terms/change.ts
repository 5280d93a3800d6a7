/** A change of terms, as the charter's events tell it. Pure. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { epochAt, epochStartMs } from '../epochs.ts';
import type { Program } from '../program.ts';
import type { ChainMoment, CharterEvent, DatedEvent, ProposedTerms } from '../events.ts';
import { nextRoundAt, roundClosesAtMs, roundOpensAtMs } from '../buyback/roundClock.ts';

/** What the chain has recorded. That a pending change is dead is told by the clock: see {@link changeStateAt}. */
export type RecordedState = 'PENDING' | 'ENACTED' | 'STRUCK_DOWN' | 'WITHDRAWN';
export type ChangeState = RecordedState | 'DEAD';

/** One change of terms with its whole history. */
export interface Change {
  readonly programId: string;
  /** Sequential in the program, from 1. */
  readonly number: number;
  readonly target: 'RULES' | 'BUYBACK';
  readonly hurtsMembers: boolean;
  readonly hurtsHolders: boolean;
  readonly state: RecordedState;
  /** Version of the target's terms that it was compared with. */
  readonly comparedVersion: number;
  readonly announcedAtMs: number;
  /** Equal to `announcedAtMs` for an improvement. */
  readonly noticeEndsAtMs: number;
  /** It can't be enacted from then on; equal to `announcedAtMs` for an improvement. */
  readonly diesAtMs: number;
  /** First round that can be the last round on the old terms; null where none is owed. */
  readonly firstEligibleRound: number | null;
  /** Base units of points. */
  readonly supplyAtAnnouncement: bigint;
  /** Base units of points objected; releasing them later does not lower it. */
  readonly objections: bigint;
  /** What `enact` takes. */
  readonly terms: Hex;
  /** Null for bytes that only the contract can read. */
  readonly proposed: ProposedTerms | null;
  /** Base units that were enough when it was struck down; null unless it was. */
  readonly struckDownBy: bigint | null;
  /** Version of the target's terms that it became; null unless it is enacted. */
  readonly becameVersion: number | null;
  /** When it was enacted, struck down or withdrawn; null while it is pending. */
  readonly resolved: ChainMoment | null;
  /** Of its announcement. */
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** What one holder has locked against one change. */
export interface Objection {
  readonly programId: string;
  /** Number of the change. */
  readonly change: number;
  readonly holder: Address;
  /** Base units of points that were locked in all. */
  readonly amount: bigint;
  /** Base units still locked; 0 once they were released. */
  readonly locked: bigint;
  /** Of the first objection. */
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

const HURTS_MEMBERS = 1;
const HURTS_HOLDERS = 2;
const BPS = 10_000n;
/** However small the supply is, a single base unit strikes nothing down. */
const LEAST_OBJECTION = 100n;

type Announced = Extract<CharterEvent, { kind: 'ChangeAnnounced' }>;

function announcedChange(
  program: Pick<Program, 'id' | 'address' | 'noticePeriodMs'>,
  { event, moment }: DatedEvent<Announced>,
): Change {
  const hurts = event.impact !== 0;
  const { blockNumber, transactionHash } = moment;
  return {
    programId: program.id,
    number: event.change,
    target: event.target === program.address ? 'RULES' : 'BUYBACK',
    hurtsMembers: (event.impact & HURTS_MEMBERS) !== 0,
    hurtsHolders: (event.impact & HURTS_HOLDERS) !== 0,
    state: 'PENDING',
    comparedVersion: event.comparedVersion,
    announcedAtMs: hurts ? event.noticeEndsAtMs - program.noticePeriodMs : event.noticeEndsAtMs,
    noticeEndsAtMs: event.noticeEndsAtMs,
    diesAtMs: event.diesAtMs,
    firstEligibleRound: event.lastRoundOwed ? event.firstEligibleRound : null,
    supplyAtAnnouncement: event.supplyAtAnnouncement,
    objections: 0n,
    terms: event.terms,
    proposed: event.proposed,
    struckDownBy: null,
    becameVersion: null,
    resolved: null,
    blockNumber,
    transactionHash,
  };
}

/**
 * A change as its events tell it, given in chain order; of `Objected` the newest is enough. Null without an
 * announcement.
 */
export function foldChange(
  program: Pick<Program, 'id' | 'address' | 'noticePeriodMs'>,
  datedEvents: readonly DatedEvent<CharterEvent>[],
): Change | null {
  return datedEvents.reduce<Change | null>((change, { event, moment }) => {
    if (event.kind === 'ChangeAnnounced') return announcedChange(program, { event, moment });
    if (change === null) return null;
    switch (event.kind) {
      case 'ChangeEnacted':
        return { ...change, state: 'ENACTED', becameVersion: event.version, resolved: moment };
      case 'ChangeStruckDown': {
        const { objections, needed } = event;
        const resolved = { state: 'STRUCK_DOWN', resolved: moment } as const;
        return { ...change, ...resolved, objections, struckDownBy: needed };
      }
      case 'ChangeWithdrawn':
        return { ...change, state: 'WITHDRAWN', resolved: moment };
      case 'Objected':
        return { ...change, objections: event.objections };
      case 'ObjectionReleased':
        return change;
    }
  }, null);
}

/** What one holder has locked against one change, from its `Objected` and `ObjectionReleased` in chain order. */
export function foldObjection(
  programId: string,
  datedEvents: readonly DatedEvent<CharterEvent>[],
): Objection | null {
  return datedEvents.reduce<Objection | null>((objection, { event, moment }) => {
    if (event.kind === 'Objected') {
      const { change, holder, held } = event;
      const { blockNumber, transactionHash } = objection ?? moment;
      const amounts = { amount: held, locked: held };
      return { programId, change, holder, ...amounts, blockNumber, transactionHash };
    }
    const isReleased = event.kind === 'ObjectionReleased' && objection !== null;
    return isReleased ? { ...objection, locked: 0n } : objection;
  }, null);
}

/** Where a change stands at a moment. */
export function changeStateAt(
  change: Pick<Change, 'state' | 'diesAtMs'>,
  nowMs: number,
): ChangeState {
  return change.state === 'PENDING' && change.diesAtMs <= nowMs ? 'DEAD' : change.state;
}

/** Base units whose objection strikes a change down, given the supply now; rounded up. */
export function objectionsNeeded(
  program: Pick<Program, 'objectionThresholdBps'>,
  change: Pick<Change, 'supplyAtAnnouncement'>,
  supply: bigint,
): bigint {
  const smaller = supply < change.supplyAtAnnouncement ? supply : change.supplyAtAnnouncement;
  const needed = (smaller * BigInt(program.objectionThresholdBps) + BPS - 1n) / BPS;
  return needed > LEAST_OBJECTION ? needed : LEAST_OBJECTION;
}

/**
 * The moment before which a change can't be enacted: the end of its notice, or the close of the round that is its last
 * one. It never becomes earlier.
 *
 * @param eligible Its first eligible round as it is settled; null while it is not.
 */
export function earliestEnactmentMs(
  program: Pick<Program, 'firstRoundAtMs' | 'roundPeriodMs' | 'roundWindowMs'>,
  change: Pick<Change, 'noticeEndsAtMs' | 'firstEligibleRound'>,
  eligible: { readonly covered: boolean } | null,
): number {
  const { firstEligibleRound } = change;
  if (firstEligibleRound === null) return change.noticeEndsAtMs;
  const retried = eligible !== null && !eligible.covered;
  return roundClosesAtMs(program, firstEligibleRound + (retried ? 1 : 0));
}

/**
 * When the terms of a pending change would be in force at the earliest: the start of an epoch or the opening of a round.
 *
 * @param enactedAtMs See {@link earliestEnactmentMs}; later when that has passed already.
 */
export function earliestEffectMs(
  program: Program,
  change: Pick<Change, 'target' | 'proposed'>,
  enactedAtMs: number,
): number {
  if (change.target === 'BUYBACK')
    return roundOpensAtMs(program, nextRoundAt(program, enactedAtMs));
  const notBefore = change.proposed?.kind === 'RULES' ? change.proposed.notBefore : 0;
  return epochStartMs(program, Math.max(notBefore, epochAt(program, enactedAtMs) + 1));
}
