import type { Address } from '@dewpoint/contracts/statement.ts';
import { allAccounts, newestAccount } from '../../domain/members/accounts.ts';
import { isVoid } from '../../domain/actions/reviewRules.ts';
import { UserError } from '../../domain/errors.ts';
import { windowClosesAtMs } from '../../domain/epochs.ts';
import {
  historyOf,
  isAfter,
  parseHistoryCursor,
  voidedEntry,
  type HistoryEntry,
  type HistoryPosition,
} from '../../domain/members/history.ts';
import { nameForm } from '../../domain/names.ts';
import type { Program } from '../../domain/program.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ChainMoment } from '../../domain/events.ts';
import { positionKey } from '../../domain/statements/statementRecord.ts';
import type { ChainEventStore, TotalsStore } from '../../ports/stores/indexer.ts';
import type { ActionLog } from '../../ports/stores/actions.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';
import type { Aggregator } from '../statements/aggregator.ts';
import type { Drops } from '../statements/drops.ts';
import type { LockedPoints, Locked } from './lockedPoints.ts';

/** Points of a member in base units: settled, locked and not settled yet. */
interface Held {
  /** Balance on chain as of `asOfBlock`. */
  readonly settled: bigint;
  /** Points in escrow, in addition to `settled`. */
  readonly locked: Locked;
  /** Earned and not settled yet, including `maturing`, without what can't be settled any more. */
  readonly pending: bigint;
  /** The part of `pending` that still matures and can be voided. */
  readonly maturing: bigint;
}

/** What one account of a member holds, and who can use it. */
export interface AccountBalance extends Held {
  readonly account: Address;
  /** SERVICE signs for the gasless account, which writes with `memberId` use; an OWN_WALLET signs for itself. */
  readonly signer: 'SERVICE' | 'OWN_WALLET';
  /** Whether points of the next epochs are minted to it. */
  readonly receives: boolean;
}

/** The sums over all accounts of a member, and each account. */
export interface MemberBalance extends Held {
  /** The gasless account first, then the wallets that it moved to. */
  readonly accounts: readonly AccountBalance[];
  readonly asOfBlock: number;
  /** Whether `settled` and `locked` may be out of date, as no node of the chain answers. */
  readonly stale: boolean;
}

/** An entry of the history, with the moment at which its points were minted last. */
export interface DatedEntry extends HistoryEntry {
  /** Null while nothing of it is minted. */
  readonly settled: ChainMoment | null;
}

const sumOf = (parts: readonly bigint[]): bigint => parts.reduce((sum, part) => sum + part, 0n);

export interface Members {
  find(program: Pick<Program, 'id'>, externalId: string): Promise<MemberRecord | null>;
  findById(program: Pick<Program, 'id'>, memberId: string): Promise<MemberRecord | null>;
  balance(program: Program, member: MemberRecord): Promise<MemberBalance>;
  /**
   * Lists the actions of a member by epoch and rule, newest epoch first, then by rule id.
   *
   * @param page `first` entries after the cursor `after`, or from the newest on; none of an epoch before `fromEpoch`, if
   *   given.
   * @throws UserError MALFORMED for a text that is not such a cursor
   */
  history(
    program: Program,
    member: Pick<MemberRecord, 'id'>,
    page: {
      readonly first: number;
      readonly after: string | null;
      readonly fromEpoch?: number;
    },
  ): Promise<{ readonly entries: DatedEntry[]; readonly hasNextPage: boolean }>;
}

export function createMembers(deps: {
  members: MemberStore;
  actionLog: Pick<ActionLog, 'listVoids' | 'findActions'>;
  statements: Pick<StatementStore, 'listOfMember'>;
  chainEvents: Pick<ChainEventStore, 'momentsOf'>;
  totals: Pick<TotalsStore, 'asOf' | 'balanceOf'>;
  lockedPoints: LockedPoints;
  drops: Pick<Drops, 'dropsOf'>;
  aggregator: Pick<Aggregator, 'ofMember'>;
  clock: ChainClock;
}): Members {
  /** Makes the entries of the voids in these epochs, as many as a page can show. */
  const voidedOf = async (
    program: Program,
    memberId: string,
    page: {
      readonly epochs: readonly number[];
      readonly position: HistoryPosition | null;
      readonly limit: number;
    },
  ): Promise<HistoryEntry[]> => {
    const { epochs, position, limit } = page;
    const eventId = position?.eventId ?? null;
    const after = position === null || eventId === null ? null : { epoch: position.epoch, eventId };
    const key = { programId: program.id, memberId, epochs };
    const voids = await deps.actionLog.listVoids(key, { after, limit });
    const actions = await deps.actionLog.findActions(program.id, voids);
    return voids.flatMap((entry, index) => {
      const action = actions[index] ?? null;
      return action !== null && isVoid(entry) ? [voidedEntry(program, entry, action)] : [];
    });
  };

  const dated = async (
    program: Program,
    entries: readonly HistoryEntry[],
  ): Promise<DatedEntry[]> => {
    const positions = entries.flatMap(({ settledAt }) => settledAt ?? []);
    const moments = await deps.chainEvents.momentsOf(program.chainId, positions);
    return entries.map((entry) => ({
      ...entry,
      settled:
        entry.settledAt === null ? null : (moments.get(positionKey(entry.settledAt)) ?? null),
    }));
  };

  return {
    find: (program, externalId) => deps.members.findByExternalId(program.id, nameForm(externalId)),
    findById: (program, memberId) => deps.members.findById(program.id, memberId),
    balance: async (program, member) => {
      // The chain last: what is settled in between is then counted twice at worst for a moment, never missing.
      const drops = await deps.drops.dropsOf(program, member);
      const { blockNumber, stale } = await deps.totals.asOf(program.chainId);
      const accounts: AccountBalance[] = [];
      for (const account of allAccounts(member)) {
        const mine = drops.filter((drop) => drop.account === account);
        const maturing = sumOf(mine.map((drop) => drop.maturing));
        accounts.push({
          account,
          signer: account === member.account ? 'SERVICE' : 'OWN_WALLET',
          receives: account === newestAccount(member),
          settled: await deps.totals.balanceOf(program.id, account),
          locked: await deps.lockedPoints.lockedOf(program, [account]),
          pending: sumOf(mine.map((drop) => drop.points)) + maturing,
          maturing,
        });
      }
      const sum = (part: (balance: AccountBalance) => bigint): bigint => sumOf(accounts.map(part));
      return {
        settled: sum(({ settled }) => settled),
        locked: {
          tendered: sum(({ locked }) => locked.tendered),
          objected: sum(({ locked }) => locked.objected),
          ordered: sum(({ locked }) => locked.ordered),
        },
        pending: sum(({ pending }) => pending),
        maturing: sum(({ maturing }) => maturing),
        accounts,
        asOfBlock: blockNumber,
        stale,
      };
    },
    history: async (program, member, { first, after, fromEpoch = 0 }) => {
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
        const epochs = stored.map(({ epoch }) => epoch);
        const voided = await voidedOf(program, member.id, { epochs, position, limit });
        for (const statement of stored) {
          const { epoch } = statement;
          if (epoch < fromEpoch) break;
          const windowClosed = windowClosesAtMs(program, epoch) <= nowMs;
          const found = historyOf(program, statement, windowClosed);
          entries.push(...found.filter((entry) => position === null || isAfter(entry, position)));
          entries.push(...voided.filter((entry) => entry.epoch === epoch));
        }
        const oldest = stored.at(-1)?.epoch ?? 0;
        if (stored.length < limit || oldest < fromEpoch) break;
        beforeEpoch = oldest;
      }
      return {
        entries: await dated(program, entries.slice(0, first)),
        hasNextPage: entries.length > first,
      };
    },
  };
}
