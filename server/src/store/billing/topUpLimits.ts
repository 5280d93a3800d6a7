import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { ServiceError } from '../../domain/errors.ts';
import type { TopUpBook, TopUpLimitStore, TopUpShare } from '../../ports/stores/billing/topUps.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

/** All parts of a day in one document: it is replaced only as it was read, so that no two servers give the same rest away. */
interface DayDocument {
  /** `BOOK:DAY` */
  readonly _id: string;
  readonly version: number;
  /** Amounts are decimal strings. */
  readonly shares: readonly (Omit<TopUpShare, 'amount'> & { readonly amount: string })[];
}

/** A document stays far below the 16 MB of the database. Nobody has so many customers by card in a day. */
const MAX_SHARES = 20_000;
/** Of as many callers at once each would have to be last at every one. */
const MAX_TRIES = 200;
const STEP_ASIDE_MS = 10;
const BUSY_RETRY_MS = 1_000;

const sumOf = (shares: DayDocument['shares']): bigint =>
  shares.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Opens the limits of top-ups. One document for each day with any. */
export function createTopUpLimitStore(connection: Connection): TopUpLimitStore {
  const days = connection.collection<DayDocument>('topUpDays');

  const saved = async (_id: string, { version, shares }: Omit<DayDocument, '_id'>) => {
    const next = { version: version + 1, shares };
    if (version > 0) {
      return (await days.replaceOne({ _id, version }, next)).matchedCount === 1;
    }
    try {
      await days.insertOne({ _id, ...next });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  };

  /** Changes a day by what is read of it. @param change Gives the shares then; or, in place of a change, the answer. */
  async function changed<Answer>(
    book: TopUpBook,
    day: number,
    change: (shares: DayDocument['shares']) => DayDocument['shares'] | { readonly answer: Answer },
  ): Promise<Answer | null> {
    const _id = `${book}:${day}`;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const { version = 0, shares = [] } = (await days.findOne({ _id })) ?? {};
      const next = change(shares);
      if ('answer' in next) return next.answer;
      if (next === shares || (await saved(_id, { version, shares: next }))) return null;
      await delay(Math.random() * STEP_ASIDE_MS);
    }
    throw new ServiceError({
      code: 'BUSY',
      message: 'Too many top-ups begin at once; repeat the same request after "retryAfterMs".',
      retryAfterMs: BUSY_RETRY_MS,
    });
  }

  return {
    reserve: (book, day, { topUpId, programId, amount }, { perProgram, inAll }) =>
      changed(book, day, (shares) => {
        if (shares.some((one) => one.topUpId === topUpId)) return shares;
        const ofProgram = shares.filter((one) => one.programId === programId);
        const left = least(perProgram - sumOf(ofProgram), inAll - sumOf(shares));
        if (amount > left || shares.length >= MAX_SHARES) {
          return { answer: { left: left > 0n ? left : 0n } };
        }
        return [...shares, { topUpId, programId, amount: String(amount) }];
      }),
    release: async (book, day, topUpId) => {
      await changed<never>(book, day, (shares) => {
        const others = shares.filter((one) => one.topUpId !== topUpId);
        return others.length === shares.length ? shares : others;
      });
    },
  };
}
