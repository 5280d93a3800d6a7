import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import { ServiceError } from '../../domain/errors.ts';
import type { TopUpBook, TopUpLimitStore, TopUpShare } from '../../ports/stores/billing/topUps.ts';
import { isDuplicateKey } from '../mongo/duplicateKeys.ts';

/** All parts that share a limit in one document: it is replaced only as it was read, so that no two servers give the same rest away. */
interface DayDocument {
  /** `sent:DAY`, and `started:DAY:PROGRAM` */
  readonly _id: string;
  readonly version: number;
  /** Amounts are decimal strings. */
  readonly shares: readonly (Omit<TopUpShare, 'amount'> & { readonly amount: string })[];
}

/** A document stays far below the 16 MB of the database. Nobody has so many payments by card in a day. */
const MAX_SHARES = 20_000;
/** Of as many callers at once each would have to be last at every one. */
const MAX_TRIES = 200;
const STEP_ASIDE_MS = 10;
const BUSY_RETRY_MS = 1_000;

const sumOf = (shares: DayDocument['shares']): bigint =>
  shares.reduce((sum, { amount }) => sum + BigInt(amount), 0n);
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const idOf = (book: TopUpBook, day: number, programId: string): string =>
  book === 'started' ? `${book}:${day}:${programId}` : `${book}:${day}`;

/** Opens the limits of top-ups. */
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
    _id: string,
    change: (shares: DayDocument['shares']) => DayDocument['shares'] | { readonly answer: Answer },
  ): Promise<Answer | null> {
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
      changed(idOf(book, day, programId), (shares) => {
        if (shares.some((one) => one.topUpId === topUpId)) return shares;
        const ofProgram = shares.filter((one) => one.programId === programId);
        const leftOfProgram = perProgram - sumOf(ofProgram);
        const left =
          book === 'started' ? leftOfProgram : least(leftOfProgram, inAll - sumOf(shares));
        if (amount > left || shares.length >= MAX_SHARES) {
          return { answer: { left: left > 0n ? left : 0n } };
        }
        return [...shares, { topUpId, programId, amount: String(amount) }];
      }),
    release: async (book, day, { topUpId, programId }) => {
      await changed<never>(idOf(book, day, programId), (shares) => {
        const others = shares.filter((one) => one.topUpId !== topUpId);
        return others.length === shares.length ? shares : others;
      });
    },
  };
}
