import type { Address } from '@dewpoint/contracts/statement.ts';
import type { Connection } from 'mongoose';
import {
  BURNED,
  ISSUED,
  objectedName,
  orderCountName,
  orderedName,
  onDayName,
  OWED,
  RESERVE,
  tenderersName,
  totalChangesOf,
} from '../../domain/projections/totals.ts';
import { ChainError } from '../../ports/chain/chain.ts';
import type { TotalsLedger, StoredEvent } from '../../ports/stores/indexer.ts';
import { createHolderCount, type TotalDocument, type WrittenTotal } from './holderCount.ts';
import { CURSOR_COLLECTION, type CursorDocument } from './cursor.ts';
import { duplicatesOf } from '../mongo/duplicateKeys.ts';
import { updateEach } from '../mongo/updateEach.ts';

interface Position {
  readonly blockNumber: number;
  readonly logIndex: number;
}

/** One amount's share of an event. */
interface Entry {
  readonly id: string;
  readonly delta: bigint;
  readonly at: Position;
}

/** Time without an answer of the chain after which rows are stale. Workers ask twice a second, and note it every 5 s. */
const STALE_AFTER_MS = 30_000;
/** Position after everything in a block. */
const END_OF_BLOCK = Number.MAX_SAFE_INTEGER;

const isAfter = (a: Position, b: Position): boolean =>
  a.blockNumber > b.blockNumber || (a.blockNumber === b.blockNumber && a.logIndex > b.logIndex);

const HAS_NOT_MOVED = {
  $and: [
    { $eq: ['$blockNumber', '$__row.guard.blockNumber'] },
    { $eq: ['$logIndex', '$__row.guard.logIndex'] },
  ],
};

/** Collects what events add to each total. */
function entriesOf(programId: string, events: readonly StoredEvent[]): Map<string, Entry[]> {
  const byId = new Map<string, Entry[]>();
  for (const { event, at, blockTimeMs } of events) {
    for (const { name, delta } of totalChangesOf(event, blockTimeMs)) {
      const id = `${programId}:${name}`;
      const entries = byId.get(id) ?? [];
      entries.push({ id, delta, at });
      byId.set(id, entries);
    }
  }
  return byId;
}

/** Opens the store of totals: balances, supply, reserve, escrows and counts. */
export function createTotalsLedger(connection: Connection, wallNowMs: () => number): TotalsLedger {
  const totals = connection.collection<TotalDocument>('holdings');
  const cursors = connection.collection<CursorDocument>(CURSOR_COLLECTION);

  const amountOf = async (id: string): Promise<bigint> =>
    BigInt((await totals.findOne({ _id: id }))?.amount ?? 0);
  /** In the order of the names. */
  const sums = async (programId: string, names: readonly string[]): Promise<bigint[]> => {
    const known = await read(names.map((name) => `${programId}:${name}`));
    return names.map((name) => BigInt(known.get(`${programId}:${name}`)?.amount ?? 0));
  };
  const read = async (ids: readonly string[]): Promise<Map<string, TotalDocument>> => {
    const found = await totals.find({ _id: { $in: [...ids] } }).toArray();
    return new Map(found.map((document) => [document._id, document]));
  };

  /** Writes amounts that have not moved since they were read. */
  const write = async (programId: string, changes: readonly WrittenTotal[]): Promise<void> => {
    const counted = await holderCount.begin(programId, changes);
    const added = changes.flatMap(({ before, after }) => (before === undefined ? [after] : []));
    const moved = changes.flatMap(({ before, after }) => {
      if (before === undefined) return [];
      const { _id, ...set } = after;
      return [{ _id, set, guard: { blockNumber: before.blockNumber, logIndex: before.logIndex } }];
    });
    let written = added.length;
    try {
      if (added.length > 0) await totals.insertMany(added, { ordered: false });
    } catch (error) {
      written -= duplicatesOf(error).length;
    }
    written += await updateEach(totals, moved, { onlyIf: HAS_NOT_MOVED });
    if (written === changes.length) return counted.end();
    throw new ChainError({
      kind: 'RACE_LOST',
      message: 'Another worker moved these balances meanwhile; the range is read again.',
      retryable: true,
    });
  };

  const holderCount = createHolderCount(totals);

  return {
    balancesOf: (programId, accounts) => sums(programId, accounts),
    holders: async (programId, except) => {
      const balances = await sums(programId, except);
      return (await holderCount.read(programId)) - balances.filter((one) => one > 0n).length;
    },
    tenderers: async (programId, rounds) =>
      (await sums(programId, rounds.map(tenderersName))).map(Number),
    balanceOf: (programId, account: Address) => amountOf(`${programId}:${account}`),
    supply: async (programId) => {
      const [issued = 0n, burned = 0n] = await sums(programId, [ISSUED, BURNED]);
      return { issued, burned };
    },
    addedOnDays: async (programId, totalNames, { fromDay, toDay }) => {
      const days = Array.from({ length: toDay - fromDay + 1 }, (_, index) => fromDay + index);
      const names = days.flatMap((day) => totalNames.map((name) => onDayName(name, day)));
      const read = await sums(programId, [...totalNames, ...names]);
      const rowAt = (row: number): bigint[] =>
        read.slice(row * totalNames.length, (row + 1) * totalNames.length);
      return { totals: rowAt(0), days: days.map((_, index) => rowAt(index + 1)) };
    },
    reserve: async (programId) => {
      const [reserve = 0n, owed = 0n] = await sums(programId, [RESERVE, OWED]);
      return { reserve, owed };
    },
    reserveChangedAt: async (programId) =>
      (await totals.findOne({ _id: `${programId}:${RESERVE}` }))?.blockNumber ?? 0,
    orderCounts: async (programId) => {
      const states = ['OPEN', 'FULFILLED', 'REFUSED', 'OVERDUE'] as const;
      const counts = await sums(programId, states.map(orderCountName));
      const [open = 0, fulfilled = 0, refused = 0, overdue = 0] = counts.map(Number);
      return { open, fulfilled, refused, overdue };
    },
    escrowed: async (programId, account) => {
      const names = [orderedName(account), objectedName(account)];
      const [ordered = 0n, objected = 0n] = await sums(programId, names);
      return { ordered, objected };
    },
    asOf: async (chainId) => {
      const cursor = await cursors.findOne(
        { _id: chainId },
        { projection: { blockNumber: 1, answers: 1, answeredAtMs: 1 } },
      );
      const answered =
        cursor?.answers === true && wallNowMs() - (cursor.answeredAtMs ?? 0) <= STALE_AFTER_MS;
      return { blockNumber: cursor?.blockNumber ?? 0, stale: !answered };
    },
    apply: async (programId, events) => {
      const entriesById = entriesOf(programId, events);
      const known = await read([...entriesById.keys()]);
      const changes = [...entriesById].flatMap(([id, entries]) => {
        const before = known.get(id);
        const news = before === undefined ? entries : entries.filter((e) => isAfter(e.at, before));
        const last = news.at(-1)?.at;
        if (last === undefined) return [];
        const amount = news.reduce((sum, { delta }) => sum + delta, BigInt(before?.amount ?? 0));
        const { blockNumber, logIndex } = last;
        return [{ before, after: { _id: id, amount: amount.toString(), blockNumber, logIndex } }];
      });
      await write(programId, changes);
    },
    undo: async (programId, events, blockNumber) => {
      const entriesById = entriesOf(programId, events);
      const known = await read([...entriesById.keys()]);
      const changes = [...entriesById].flatMap(([id, entries]) => {
        const before = known.get(id);
        if (before === undefined || before.blockNumber <= blockNumber) return [];
        const counted = entries.filter(
          ({ at }) => at.blockNumber > blockNumber && !isAfter(at, before),
        );
        const amount = counted.reduce((sum, { delta }) => sum - delta, BigInt(before.amount));
        const after = { _id: id, amount: amount.toString(), blockNumber, logIndex: END_OF_BLOCK };
        return [{ before, after }];
      });
      await write(programId, changes);
    },
  };
}
