import { allAccounts } from '../../domain/members/accounts.ts';
import { UserError } from '../../domain/errors.ts';
import { windowClosesAtMs } from '../../domain/epochs.ts';
import {
  historyOf,
  isAfter,
  parseHistoryCursor,
  type HistoryEntry,
} from '../../domain/members/history.ts';
import type { Program } from '../../domain/program.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';
import type { Aggregator } from '../statements/aggregator.ts';
import type { Drops } from '../statements/drops.ts';
import type { LockedPoints, Locked } from './lockedPoints.ts';

/** Points of a member in base units: settled, locked and not settled yet. */
export interface MemberBalance {
  /** Balance of its accounts on chain, gasless and linked, as of `asOfBlock`. */
  readonly settled: bigint;
  /** Points in escrow, in addition to `settled`. */
  readonly locked: Locked;
  /** Earned and not settled yet, including `maturing`, without what can't be settled any more. */
  readonly pending: bigint;
  /** The part of `pending` that still matures and can be voided. */
  readonly maturing: bigint;
  readonly asOfBlock: number;
  /** Whether `settled` and `locked` may be out of date, as no node of the chain answers. */
  readonly stale: boolean;
}

export interface Members {
  find(program: Pick<Program, 'id'>, externalId: string): Promise<MemberRecord | null>;
  findById(program: Pick<Program, 'id'>, memberId: string): Promise<MemberRecord | null>;
  balance(program: Program, member: MemberRecord): Promise<MemberBalance>;
  /**
   * Lists the actions of a member by epoch and rule, newest epoch first, then by rule id.
   *
   * @param page `first` entries after the cursor `after`, or from the newest on.
   * @throws UserError MALFORMED for a text that is not such a cursor
   */
  history(
    program: Program,
    member: Pick<MemberRecord, 'id'>,
    page: { readonly first: number; readonly after: string | null },
  ): Promise<{ readonly entries: HistoryEntry[]; readonly hasNextPage: boolean }>;
}

export function createMembers(deps: {
  members: MemberStore;
  statements: Pick<StatementStore, 'listOfMember'>;
  totals: Pick<TotalsStore, 'asOf' | 'balanceOf'>;
  lockedPoints: LockedPoints;
  drops: Pick<Drops, 'dropsOf'>;
  aggregator: Pick<Aggregator, 'ofMember'>;
  clock: ChainClock;
}): Members {
  return {
    find: (program, externalId) => deps.members.findByExternalId(program.id, externalId),
    findById: (program, memberId) => deps.members.findById(program.id, memberId),
    balance: async (program, member) => {
      // The chain last: what is settled in between is then counted twice at worst for a moment, never missing.
      const drops = await deps.drops.dropsOf(program, member);
      const { blockNumber, stale } = await deps.totals.asOf(program.chainId);
      let settled = 0n;
      for (const account of allAccounts(member)) {
        settled += await deps.totals.balanceOf(program.id, account);
      }
      const locked = await deps.lockedPoints.lockedOf(program, allAccounts(member));
      const maturing = drops.reduce((sum, drop) => sum + drop.maturing, 0n);
      const pending = drops.reduce((sum, drop) => sum + drop.points, maturing);
      return { settled, locked, pending, maturing, asOfBlock: blockNumber, stale };
    },
    history: async (program, member, { first, after }) => {
      const position = after === null ? null : parseHistoryCursor(after);
      if (after !== null && position === null) {
        throw new UserError({
          code: 'MALFORMED',
          field: 'after',
          message: `after is "${after}"; it must be a cursor of this history.`,
        });
      }
      const { nowMs } = await deps.clock.now();
      // Whatever was acknowledged is in the statements then.
      await deps.aggregator.ofMember(program, member.id);
      const entries: HistoryEntry[] = [];
      let beforeEpoch = position === null ? null : position.epoch + 1;
      while (entries.length <= first) {
        const limit = first + 1;
        const stored = await deps.statements.listOfMember({
          programId: program.id,
          memberId: member.id,
          beforeEpoch,
          limit,
        });
        for (const statement of stored) {
          const windowClosed = windowClosesAtMs(program, statement.epoch) <= nowMs;
          const found = historyOf(program, statement, windowClosed);
          entries.push(...found.filter((entry) => position === null || isAfter(entry, position)));
        }
        if (stored.length < limit) break;
        beforeEpoch = stored.at(-1)?.epoch ?? 0;
      }
      return { entries: entries.slice(0, first), hasNextPage: entries.length > first };
    },
  };
}
