import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { minedReceipt } from '@dewpoint/contracts/minedReceipt.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { JsonRpcProvider, Wallet } from 'ethers';
import request, { type Response } from 'supertest';
import { encryptSecrets } from '../chain/keys/keystoreFile.ts';
import { mintLocalMoney } from '../chain/local/localMoney.ts';
import { moveClockTo } from '../chain/local/localClock.ts';
import type { NewProgram } from '../chain/programs/newProgram.ts';
import { composeServices, type Services } from '../composition/composeServices.ts';
import { readConfig, type Config, type Role } from '../config/config.ts';
import type { Program } from '../domain/program.ts';
import { startServer, type RunningServer } from '../main.ts';
import type { ContractCall } from '../ports/chain/submitter.ts';
import { SCOPES } from '../ports/stores/access.ts';
import { createProgramOn, SERVICE_SETTINGS } from './builders/program.ts';
import { SECRETS, startFoundation, type TestFoundation } from './foundation.ts';
import { inputTypeOf } from './sampleInput.ts';

/** A field's answer, or an error, as GraphQL gives it. */
export interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: {
    readonly message: string;
    readonly extensions: Readonly<Record<string, unknown>>;
  }[];
}

/** What every mutation of a contract answers with; what a test asks for besides is beside it. */
export interface MutationAnswer extends Record<string, unknown> {
  readonly transaction: {
    readonly id: string;
    readonly hash: string;
    readonly status: string;
    readonly blockNumber: number;
  } | null;
  readonly userErrors: readonly {
    readonly field: string | null;
    readonly code: string;
    readonly message: string;
  }[];
}

/** An own wallet of a member or of anybody, with gas money. */
export interface OwnWallet {
  readonly address: Address;
  sign(typedDataJson: string): Promise<Hex>;
  /** Sends a call and waits until it is mined and read. */
  send(call: ContractCall): Promise<void>;
}

/** A program and a key for it with all scopes. */
export interface KeyedProgram {
  readonly program: Program;
  readonly key: string;
}

/** The whole service behind its API, on a real chain and a real database, with two programs of two apps. */
export interface TestService {
  /** Of the first server. */
  readonly url: string;
  readonly servers: readonly RunningServer[];
  readonly config: Config;
  readonly foundation: TestFoundation;
  readonly services: Services;
  readonly mine: KeyedProgram;
  readonly theirs: KeyedProgram;
  /** Sends a query with a key, or without one, and gives the response as it came. */
  send(key: string | null, query: string, variables?: object): Promise<Response>;
  /** The same, as the body of the answer. */
  ask(key: string | null, query: string, variables?: object): Promise<Answer>;
  /**
   * Calls a mutation of my program, until its transaction is through.
   *
   * @param selection What to ask for beside `transaction` and `userErrors`.
   */
  act(name: string, input: object, selection?: string): Promise<MutationAnswer>;
  /** Field and code of each userError of a call. */
  refused(name: string, input: object): Promise<(readonly [string | null, string])[]>;
  /** Gives a member settled points by the rule `visit` of my program. */
  earn(memberId: string, visits: number): Promise<void>;
  /** Gives the operator money. Base units. */
  mint(amount: bigint): Promise<void>;
  openWallet(): Promise<OwnWallet>;
  /** An idempotency key that nothing else of the test has. */
  key(): string;
  moveClockTo(ms: number): Promise<void>;
  /** Waits until everything of a program is settled that can be. */
  settled(program: Program): Promise<void>;
  close(): Promise<void>;
}

export interface ServiceOptions {
  /** One server for each, on the same chain and database. */
  readonly roles?: readonly Role[];
  /** Of both programs, over those of a plain one. */
  readonly settings?: Partial<NewProgram>;
  /** A database of the test's own; one of the shared server if left out. */
  readonly databaseUri?: string;
}

/** A step of a story that several tests need: it is done once, for whichever of them comes first. */
export const once = <T>(step: () => Promise<T>): (() => Promise<T>) => {
  let done: Promise<T> | null = null;
  return () => (done ??= step());
};

const WAIT_MS = 20;
const PATIENCE_MS = 30_000;

/** Waits for a condition; fails when it is long overdue. */
export async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  while (!(await isTrue())) {
    if (Date.now() > giveUpAtMs) throw new Error(`waited in vain until ${what}`);
    await delay(WAIT_MS);
  }
}

/** A machine that does everything at once needs several waits of a few seconds for one transaction. */
const MAX_REPEATS = 30;
const REPEAT_PAUSE_MS = 50;

const isUnderWay = ({ data, errors }: Answer): boolean => {
  if (errors?.some(({ extensions }) => extensions['code'] === 'BUSY') === true) return true;
  return Object.values(data ?? {}).some((field) => {
    const { transaction } = (field ?? {}) as { transaction?: { status?: string } | null };
    return transaction?.status === 'QUEUED' || transaction?.status === 'SENT';
  });
};

/**
 * Repeats a call of a mutation, as every client may under its idempotencyKey, until its transaction is through. The call has to
 * ask for `transaction { status }`.
 */
export async function finalAnswer(call: () => Promise<Answer>): Promise<Answer> {
  for (let repeats = 0; ; repeats += 1) {
    const answer = await call();
    if (!isUnderWay(answer)) return answer;
    if (repeats >= MAX_REPEATS) throw new Error(`still under way: ${JSON.stringify(answer)}`);
    await delay(REPEAT_PAUSE_MS);
  }
}

/** The field of an answer, or a failure with the errors that came instead. */
function fieldOf({ data, errors }: Answer, name: string): MutationAnswer {
  if (!data || errors !== undefined) throw new Error(JSON.stringify(errors));
  return data[name] as MutationAnswer;
}

/** The keys of the foundation, in files as a server opens them. */
async function writeKeystore(stateDir: string): Promise<void> {
  const password = 'of a test';
  const path = join(stateDir, 'keystore.json');
  await writeFile(path, encryptSecrets({ ...SECRETS }, password));
  await writeFile(`${path}.password`, password);
}

async function createKeyedProgram(
  foundation: TestFoundation,
  services: Services,
  settings: Partial<NewProgram>,
): Promise<KeyedProgram> {
  const { id: _id, ...created } = await createProgramOn(foundation, settings);
  const program = await services.programs.register(created);
  const { key } = await services.apiKeys.create(program, 'test', SCOPES);
  return { program, key };
}

type Running = Omit<TestService, 'act' | 'refused' | 'earn' | 'mint' | 'openWallet' | 'key'>;

async function startRunning(options: ServiceOptions): Promise<Running> {
  const { roles = ['both'], settings, databaseUri } = options;
  const stateDir = await mkdtemp(join(tmpdir(), 'dewpoint-service-'));
  const foundation = await startFoundation(databaseUri === undefined ? {} : { databaseUri });
  await writeKeystore(stateDir);
  const config = readConfig({
    MONGODB_URI: foundation.databaseUri,
    RPC_URL: foundation.anvil.url,
    DEWPOINT_PORT: '0',
    DEWPOINT_STATE_DIR: stateDir,
    DEWPOINT_LOG_LEVEL: 'fatal',
  });
  const servers: RunningServer[] = [];
  for (const role of roles) servers.push(await startServer({ ...config, role }));
  const url = servers[0]?.url ?? '';
  const services = composeServices(foundation, { wake: () => undefined });
  const keyed = (name: string): Promise<KeyedProgram> =>
    createKeyedProgram(foundation, services, { ...SERVICE_SETTINGS, name, ...settings });
  const [mine, theirs] = [await keyed('Mine'), await keyed('Theirs')];
  for (const { program } of [mine, theirs]) {
    await until('the rules are read', async () => {
      const known = (await services.programs.list()).find(({ id }) => id === program.id);
      return known !== undefined && known.ruleSets.length > 0;
    });
  }
  const send: Running['send'] = async (key, query, variables) => {
    const call = request(url).post('/graphql');
    if (key !== null) call.set('authorization', `Bearer ${key}`);
    return call.send({ query, ...(variables !== undefined && { variables }) });
  };
  return {
    ...{ url, servers, config, foundation, services, mine, theirs, send },
    ask: async (...call) => (await send(...call)).body as Answer,
    moveClockTo: (ms) => moveClockTo(foundation.chain, ms),
    settled: (program) =>
      until('everything is settled', async () => {
        const { open } = await services.settlementProgress(program);
        return open === 0;
      }),
    async close() {
      for (const server of servers) await server.close();
      await foundation.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

const GAS_MONEY = '0x8ac7230489e80000';

async function openWallet(
  { foundation, mine }: Running,
  provider: JsonRpcProvider,
): Promise<OwnWallet> {
  const wallet = new Wallet(`0x${randomBytes(32).toString('hex')}`, provider);
  await foundation.chain.rpc.call('anvil_setBalance', [wallet.address, GAS_MONEY]);
  return {
    address: wallet.address as Address,
    sign: async (json) => {
      const { domain, types, message } = JSON.parse(json) as {
        domain: object;
        types: Record<string, { name: string; type: string }[]>;
        message: Record<string, unknown>;
      };
      const { EIP712Domain: _, ...own } = types;
      return (await wallet.signTypedData(domain, own, message)) as Hex;
    },
    send: async ({ to, data }) => {
      const { hash } = await wallet.sendTransaction({ to, data });
      const { blockNumber } = await minedReceipt(provider, hash);
      // What the indexer has worked off is what the API shows.
      await until('the block is read', async () => {
        const asOf = await foundation.store.totals.asOf(mine.program.chainId);
        return asOf.blockNumber >= blockNumber;
      });
    },
  };
}

/** Starts the service; its clock stands at the start of its programs. */
export async function startService(options: ServiceOptions = {}): Promise<TestService> {
  const running = await startRunning(options);
  const { foundation, services, mine, ask } = running;
  const provider = new JsonRpcProvider(foundation.anvil.url, foundation.chain.chainId, {
    staticNetwork: true,
    cacheTimeout: -1,
    batchStallTime: 0,
  });
  const service: TestService = {
    ...running,
    act: async (name, input, selection = '') => {
      const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) {
        ${selection} transaction { id hash status blockNumber } userErrors { field code message } } }`;
      return fieldOf(await finalAnswer(() => ask(mine.key, query, { input })), name);
    },
    refused: async (name, input) => {
      const { transaction, userErrors } = await service.act(name, input);
      if (transaction !== null) throw new Error(`${name} was done: ${transaction.hash}`);
      return userErrors.map(({ field, code }) => [field, code] as const);
    },
    earn: async (memberId, visits) => {
      const { nowMs } = await foundation.chain.clock.now();
      const occurredAt = new Date(nowMs).toISOString();
      const action = { memberId, eventId: service.key(), rule: 'visit', count: visits, occurredAt };
      const record = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }`;
      await ask(mine.key, record, { input: { actions: [action] } });
      const collect = `mutation ($input: DropsCollectInput!) { dropsCollect(input: $input) { userErrors { code } } }`;
      await ask(mine.key, collect, { input: { memberId } });
      const member = await services.members.find(mine.program, memberId);
      await until(`${memberId} has its points`, async () => {
        // With its rules, which came after it was registered.
        const program = await services.programs.get(mine.program.id);
        if (member === null || program === null) return false;
        const { pending } = await services.members.balance(program, member);
        return pending === 0n;
      });
    },
    mint: async (amount) => {
      const { operator } = foundation.deployment;
      const wallet = await service.openWallet();
      await wallet.send(mintLocalMoney(mine.program)(operator, amount));
    },
    openWallet: () => openWallet(running, provider),
    key: () => randomBytes(8).toString('hex'),
    close: async () => {
      provider.destroy();
      await running.close();
    },
  };
  return service;
}
