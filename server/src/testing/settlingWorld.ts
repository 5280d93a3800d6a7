import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { packLines, type Address } from '@dewpoint/contracts/statement.ts';
import { NO_BUDGET_CAP, type RuleSetTerms } from '@dewpoint/contracts/terms.ts';
import { startChain, type Chain as Anvil } from '@dewpoint/infra/chain/chain.ts';
import { startDatabase, type Database } from '@dewpoint/infra/database/database.ts';
import { connectChain, type Chain } from '../chain/connect.ts';
import { createDeployment, type Deployment } from '../chain/programs/deployment.ts';
import { createSigner, type Keystore } from '../chain/keys/keystore.ts';
import type { NewProgram } from '../chain/programs/newProgram.ts';
import { pointsInterface } from '../chain/transactions/pointsCalls.ts';
import type { Program } from '../domain/program.ts';
import type { StatementRecord } from '../domain/statements/statementRecord.ts';
import { LOCAL_SEND_POLICY, type SendPolicy } from '../domain/transactions/transaction.ts';
import { createLogger } from '../lib/logger.ts';
import { createMemberAccounts } from '../services/indexer/memberAccounts.ts';
import { createStatementStates } from '../services/indexer/statementStates.ts';
import { createIndexer, type Indexer } from '../services/indexer/indexer.ts';
import { createSender, type Sender } from '../services/transactions/sender.ts';
import { createSettler, type Settler } from '../services/statements/settler.ts';
import { createWorker, type Worker } from '../services/worker/worker.ts';
import { connectStore, type Store } from '../store/connect.ts';

/** 2026-01-01, 00:00 UTC. */
export const STARTS_AT_MS = 1_767_225_600_000;
export const EPOCH_MS = 86_400_000;
export const WINDOW = 8;
/** Base units for one action in the tests' one rule. */
export const PER_ACTION = 1_000n;

const RECORDER_KEY = '11'.repeat(32);
const SECRETS = {
  recorderKey: RECORDER_KEY,
  operatorKey: '22'.repeat(32),
  relayerKey: '33'.repeat(32),
  memberMaster: '44'.repeat(32),
};

export const RULES: RuleSetTerms = {
  notBefore: 0,
  budgetPerEpoch: NO_BUDGET_CAP,
  rules: [
    {
      id: 1,
      perAction: PER_ACTION,
      perUnit: 0n,
      maxCount: NO_COUNT_CAP,
      maxPoints: NO_POINTS_CAP,
      untilEpoch: NO_END,
      name: 'act',
      text: 'Ten points an action',
    },
  ],
};

/** The services of one server process; starting them anew is what a restart does. */
export interface Services {
  readonly indexer: Indexer;
  readonly settler: Settler;
  readonly sender: Sender;
}

/** A real chain, a real database and a program, with statements that were recorded already. */
export interface World {
  readonly anvil: Anvil;
  readonly chain: Chain;
  readonly store: Store;
  /** For another process on the same database. */
  readonly databaseUri: string;
  readonly keystore: Keystore;
  readonly deployment: Deployment;
  readonly program: Program;
  services(overrides?: Partial<ServiceOptions>): Services;
  worker(options: { holder: string; leaseTtlMs?: number }): Worker;
  /** Reads, settles and sends until nothing moves. */
  settleAll(services?: Services): Promise<void>;
  /** Takes a member into the database; statements do not need it. */
  join(member: number): Promise<void>;
  /** Has a member act `count` times in all in an epoch, with recording closed. */
  earn(member: number, epoch: number, count: number): Promise<string>;
  account(member: number): Address;
  statement(member: number, epoch: number): Promise<StatementRecord>;
  /** Per member: what the chain says, and what our read model says. */
  balances(member: number): Promise<{ readonly chain: bigint; readonly read: bigint }>;
  /** Moves the clock to the start of an epoch and mines a block. */
  turnTo(epoch: number): Promise<void>;
  /** Sends a call of the program's contract by its operator. */
  asOperator(name: string, ...values: unknown[]): Promise<void>;
  rpc(method: string, ...params: unknown[]): Promise<unknown>;
  close(): Promise<void>;
}

export interface ServiceOptions {
  readonly store: Store;
  readonly chain: Chain;
  readonly keystore: Keystore;
  readonly policy: SendPolicy;
  readonly wallNowMs: () => number;
}

const silent = createLogger({ level: process.env.TEST_LOG_LEVEL ?? 'silent', pretty: false });

/** One database server for a file of tests; each world has a database of its own on it. */
export async function startTestDatabase(): Promise<Database> {
  const dir = await mkdtemp(join(tmpdir(), 'dewpoint-settling-'));
  const database = await startDatabase({ dir });
  return {
    ...database,
    stop: async () => {
      await database.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

let worlds = 0;

/** The URI of a database that no other test uses. */
function freshDatabase(database: Database): string {
  worlds += 1;
  const uri = new URL(database.uri);
  uri.pathname = `/settling_${process.pid}_${worlds}`;
  return uri.href;
}

function createServices(options: ServiceOptions): Services {
  const { store, chain, keystore, policy, wallNowMs } = options;
  const { chainId, reader, gateway, clock } = chain;
  const { transactions, statements } = store;
  const common = { chainId, gateway, transactions, logger: silent, wallNowMs };
  return {
    indexer: createIndexer({
      ...store,
      chainId,
      reader,
      statementStates: createStatementStates({ ...store, reader }),
      memberAccounts: createMemberAccounts({ ...store, reader }),
      wallNowMs,
    }),
    settler: createSettler({
      ...common,
      from: keystore.signer.recorderAddress(),
      clock,
      statements,
    }),
    sender: createSender({ ...common, by: 'recorder', signer: keystore.signer, policy }),
  };
}

/**
 * A node accepts a transaction before it is in a block, and leaves what did not fit into a block until another one comes:
 * as long as the chain mines by itself, nothing is still before its pool is empty.
 *
 * @returns whether a block was mined because something waited for one
 */
async function minesWhatWaits({ rpc }: Pick<World, 'rpc'>): Promise<boolean> {
  if ((await rpc('anvil_getAutomine')) !== true) return false;
  const pool = (await rpc('txpool_status')) as { readonly pending: string };
  if (Number(pool.pending) === 0) return false;
  await rpc('evm_mine');
  return true;
}

/** Rounds that tests allow for things to settle down. */
const MAX_ROUNDS = 200;

async function settleUntilStill(
  world: Pick<World, 'program' | 'rpc'>,
  { indexer, settler, sender }: Services,
): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const { moved, throughBlock } = await indexer.step();
    const queued = await settler.step(world.program);
    const sent = throughBlock !== null && (await sender.step(throughBlock));
    if (!moved && queued === 0 && !sent && !(await minesWhatWaits(world))) return;
  }
  throw new Error(`still not settled after ${MAX_ROUNDS} rounds`);
}

/** Long enough for a machine that does everything at once. */
const MINED_WITHIN_MS = 30_000;

async function untilMined({ rpc }: Chain, hash: unknown): Promise<void> {
  const giveUpAt = Date.now() + MINED_WITHIN_MS;
  while ((await rpc.call('eth_getTransactionReceipt', [hash])) === null) {
    if (Date.now() > giveUpAt) throw new Error(`the transaction ${String(hash)} is in no block`);
    await delay(5);
  }
}

/** Starts a chain, deploys and connects everything. `anvil` and `uri` are for a second server on the same ones. */
export async function startWorld(args: {
  database: Database;
  rules?: RuleSetTerms;
  anvilDir?: string;
  /** What the program is created with, where that matters. */
  settings?: Partial<NewProgram>;
}): Promise<World> {
  const anvil = await startChain({
    genesisTimestamp: STARTS_AT_MS / 1_000,
    ...(args.anvilDir !== undefined && { dir: args.anvilDir }),
  });
  const databaseUri = freshDatabase(args.database);
  const store = await connectStore(databaseUri);
  const chain = await connectChain({ rpcUrls: [anvil.url], chainId: null });
  const keystore: Keystore = {
    signer: createSigner(SECRETS),
    operatorKey: `0x${SECRETS.operatorKey}`,
  };
  const deployment = createDeployment({ chain, keystore });
  const recorder = keystore.signer.recorderAddress();
  await deployment.fund([]);
  const program = await deployment.createProgram({
    name: 'Dew',
    symbol: 'DEW',
    startsAtMs: STARTS_AT_MS,
    epochLengthMs: EPOCH_MS,
    settlementWindow: WINDOW,
    transferable: true,
    opening: [args.rules ?? RULES],
    recorder,
    ...args.settings,
  });
  await store.programs.insert(program);

  const defaults: ServiceOptions = {
    store,
    chain,
    keystore,
    policy: LOCAL_SEND_POLICY,
    wallNowMs: Date.now,
  };
  const memberId = (member: number): string => `member-${member}`;
  const account = (member: number): Address =>
    keystore.signer.memberAddress(program.id, memberId(member));
  const marks = new Map<string, number>();

  const world: World = {
    anvil,
    chain,
    store,
    databaseUri,
    keystore,
    deployment,
    program,
    account,
    services: (overrides = {}) => createServices({ ...defaults, ...overrides }),
    worker: (options) =>
      createWorker({
        ...createServices(defaults),
        chainId: chain.chainId,
        programs: store.programs,
        leases: store.leases,
        // Statements are aggregated already in these tests.
        aggregator: { step: () => Promise.resolve(0), sweep: () => Promise.resolve() },
        keeper: { step: () => Promise.resolve(0) },
        registerCreated: { step: () => Promise.resolve(0) },
        logger: silent,
        pollMs: 20,
        ...options,
      }),
    settleAll: async (services) => settleUntilStill(world, services ?? world.services()),
    join: async (member) => {
      const id = memberId(member);
      const fields = { id, programId: program.id, account: account(member), links: [] };
      await store.members.ensure({
        programId: program.id,
        externalIds: [id],
        create: (externalId) => ({ ...fields, externalId, createdAtMs: STARTS_AT_MS }),
      });
    },
    earn: async (member, epoch, count) => {
      const mark = {
        memberId: memberId(member),
        epoch,
        account: account(member),
        settleAfterMs: STARTS_AT_MS,
        inserted: count,
      };
      const id = `${mark.memberId}:${epoch}`;
      await store.statements.open(program.id, [mark]);
      const seen = (marks.get(id) ?? 0) + 1;
      marks.set(id, seen);
      const lines = packLines([{ ruleId: 1, count: BigInt(count), amount: 0n }]);
      const points = BigInt(count) * PER_ACTION;
      const earned = { lines, points, expectedLines: lines, expectedPoints: points };
      await store.statements.saveAggregates(program.id, [
        { id, seen, asOfMs: STARTS_AT_MS, nextMaturesAtMs: null, ...earned },
      ]);
      return id;
    },
    statement: async (member, epoch) => {
      const id = `${memberId(member)}:${epoch}`;
      const found = await store.statements.findById(program.id, id);
      if (found === null) throw new Error(`there is no statement ${id}`);
      return found;
    },
    balances: async (member) => {
      const data = `0x70a08231${account(member).slice(2).toLowerCase().padStart(64, '0')}`;
      const reply = await chain.rpc.call('eth_call', [{ to: program.address, data }, 'latest']);
      return {
        chain: BigInt(String(reply)),
        read: await store.totals.balanceOf(program.id, account(member)),
      };
    },
    turnTo: async (epoch) => {
      const seconds = (STARTS_AT_MS + epoch * EPOCH_MS) / 1_000;
      await chain.rpc.call('evm_setNextBlockTimestamp', [seconds]);
      await chain.rpc.call('evm_mine', []);
    },
    asOperator: async (name, ...values) => {
      const from = deployment.operator;
      const data = pointsInterface.encodeFunctionData(name, values);
      await chain.rpc.call('anvil_impersonateAccount', [from]);
      const hash = await chain.rpc.call('eth_sendTransaction', [
        { from, to: program.address, data },
      ]);
      // Accepted is not mined yet, and the clock may be moved on right after this.
      await untilMined(chain, hash);
    },
    rpc: (method, ...params) => chain.rpc.call(method, params),
    close: async () => {
      deployment.close();
      chain.close();
      await store.close();
      await anvil.stop();
    },
  };
  return world;
}
