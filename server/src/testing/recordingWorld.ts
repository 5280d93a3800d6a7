import { createHash } from 'node:crypto';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { testDatabaseUri } from '@dewpoint/infra/testing/testDatabase.ts';
import type { ActionInput } from '../domain/actions/actionRules.ts';
import type { Program } from '../domain/program.ts';
import type { StatementRecord } from '../domain/statements/statementRecord.ts';
import { statementId } from '../domain/ids.ts';
import type { ChainClock, ChainTime } from '../ports/chain/clock.ts';
import type { Signer } from '../ports/chain/signer.ts';
import { createAggregator, type Aggregator } from '../services/statements/aggregator.ts';
import { createDrops, type Drops } from '../services/statements/drops.ts';
import { createLockedPoints } from '../services/members/lockedPoints.ts';
import { createMembers, type Members } from '../services/members/members.ts';
import { createPrograms, type Programs } from '../services/programs/programs.ts';
import { createReceipts, type Receipts } from '../services/statements/receipts.ts';
import { createRecordActions, type RecordActions } from '../services/actions/recordActions.ts';
import { createVoidActions, type VoidActions } from '../services/actions/voidActions.ts';
import { connectStore, type Store } from '../store/connect.ts';
import { INVENTED_PROGRAM } from './inventedProgram.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
export const STARTS_AT_MS = Date.UTC(2026, 0, 1);
/** W: the smallest that the factory allows. */
export const WINDOW = 8;

const PROGRAM: Program = {
  ...INVENTED_PROGRAM,
  name: 'Dew',
  symbol: 'DEW',
  startsAtMs: STARTS_AT_MS,
  epochLengthMs: DAY_MS,
  settlementWindow: WINDOW,
  ruleSets: [
    {
      version: 0,
      fromEpoch: 0,
      budgetPerEpoch: 2n ** 96n - 1n,
      rules: [
        {
          id: 1,
          name: 'purchase',
          text: '10 points a purchase, twice a day, and 1 point a dollar, up to 500 points',
          perAction: 1_000n,
          perUnit: 1_000_000n,
          maxCount: 2n,
          maxPoints: 50_000n,
          untilEpoch: NO_END,
        },
        {
          id: 2,
          name: 'album',
          text: '5 points an album',
          perAction: 500n,
          perUnit: 0n,
          maxCount: NO_COUNT_CAP,
          maxPoints: NO_POINTS_CAP,
          untilEpoch: NO_END,
        },
      ],
      blockNumber: 1,
      transactionHash: `0x${'01'.repeat(32)}`,
    },
  ],
};

/** A clock that stands where it is set. */
export interface SetClock extends ChainClock {
  time: ChainTime;
  /** A fresh head at this moment. */
  set(nowMs: number): void;
}

function createSetClock(startMs: number): SetClock {
  const freshAt = (nowMs: number): ChainTime => ({
    nowMs,
    headMs: nowMs,
    headBlock: 1,
    nextBlockMs: nowMs,
    fresh: true,
  });
  const clock: SetClock = {
    time: freshAt(startMs),
    set: (nowMs) => {
      clock.time = freshAt(nowMs);
    },
    now: () => Promise.resolve(clock.time),
  };
  return clock;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Same ids, same address; a "signature" that names what was signed. */
export const testSigner: Pick<Signer, 'recorderAddress' | 'signStatement' | 'memberAddress'> = {
  recorderAddress: (): Address => `0x${digest('recorder').slice(0, 40)}`,
  signStatement: ({ account, epoch, lines }) =>
    Promise.resolve<Hex>(`0x${digest(`${account}:${epoch}:${lines}`)}`),
  memberAddress: (programId, memberId): Address =>
    `0x${digest(`${programId}:${memberId}`).slice(0, 40)}`,
};

/** The services of one server process. */
export interface RecordingServices {
  readonly recordActions: RecordActions;
  readonly voidActions: VoidActions;
  readonly aggregator: Aggregator;
  readonly drops: Drops;
  readonly receipts: Receipts;
  readonly members: Members;
  readonly programs: Programs;
}

/** A program on a real database, with a clock that tests set. Its time starts at noon of epoch 0. */
export interface RecordingWorld extends RecordingServices {
  readonly store: Store;
  readonly clock: SetClock;
  readonly program: Program;
  /** How often the worker was woken. */
  wakes(): number;
  /** Another process on the same database, or on one that fails. */
  process(store: Store): RecordingServices;
  aggregateAll(): Promise<void>;
  /** The statement of a member, by the app's id; null for none. */
  statement(externalId: string, epoch: number): Promise<StatementRecord | null>;
  close(): Promise<void>;
}

export async function createRecordingWorld(): Promise<RecordingWorld> {
  const store = await connectStore(testDatabaseUri());
  const clock = createSetClock(STARTS_AT_MS + 12 * HOUR_MS);
  let wakes = 0;
  const wake = { wake: () => void (wakes += 1) };
  const processOn = (on: Store): RecordingServices => {
    const deps = { ...on, clock, wake, signer: testSigner };
    const aggregator = createAggregator(deps);
    const drops = createDrops({ ...deps, aggregator });
    return {
      aggregator,
      drops,
      recordActions: createRecordActions(deps),
      voidActions: createVoidActions(deps),
      receipts: createReceipts({ ...deps, aggregator }),
      members: createMembers({
        ...deps,
        lockedPoints: createLockedPoints(deps),
        aggregator,
        drops,
      }),
      programs: createPrograms(deps),
    };
  };
  const services = processOn(store);
  const program = await services.programs.register(PROGRAM);
  return {
    ...services,
    store,
    clock,
    program,
    wakes: () => wakes,
    process: processOn,
    aggregateAll: async () => {
      while ((await services.aggregator.step(program)) > 0);
    },
    statement: async (externalId, epoch) => {
      const member = await store.members.findByExternalId(program.id, externalId);
      if (member === null) return null;
      return store.statements.findById(program.id, statementId(member.id, epoch));
    },
    close: async () => {
      await services.recordActions.close();
      await store.close();
    },
  };
}

/** A purchase of $12.34 at noon of epoch 0, unless said else. */
export const action = (overrides: Partial<ActionInput> = {}): ActionInput => ({
  memberId: 'ann',
  eventId: 'event-1',
  rule: 'purchase',
  count: 1,
  amount: 1234,
  occurredAtMs: STARTS_AT_MS + 12 * HOUR_MS,
  ...overrides,
});

type AnyStore = Readonly<Record<string, unknown>>;

/**
 * The same stores, which die in the middle of it: after `calls` calls, none goes through any more. What was under way is
 * done; what was not begun never is.
 */
export function dyingStore(store: Store, calls: number): { store: Store; died: () => boolean } {
  let left = calls;
  let died = false;
  const dying = (part: AnyStore): AnyStore =>
    Object.fromEntries(
      Object.entries(part).map(([name, method]) => [
        name,
        typeof method !== 'function'
          ? method
          : (...args: unknown[]): unknown => {
              left -= 1;
              died ||= left < 0;
              if (died) return Promise.reject(new Error('The process died.'));
              return (method as (...all: unknown[]) => unknown)(...args);
            },
      ]),
    );
  return {
    store: {
      ...store,
      actionLog: dying(store.actionLog as unknown as AnyStore),
      members: dying(store.members as unknown as AnyStore),
      statements: dying(store.statements as unknown as AnyStore),
    } as unknown as Store,
    died: () => died,
  };
}
