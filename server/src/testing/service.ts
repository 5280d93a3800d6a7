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
import { composeServices, type Foundation, type Services } from '../composition/composeServices.ts';
import { readConfig, type Config, type ProcessRole } from '../config/config.ts';
import type { Program } from '../domain/program.ts';
import type { Logger } from '../lib/logger.ts';
import { startServer, type RunningServer } from '../main.ts';
import type { ContractCall } from '../ports/chain/submitter.ts';
import { KEY_SCOPES } from '../domain/organisations/scopes.ts';
import { keyOwner } from '../services/access/apiKeys.ts';
import {
  OTHER_ORGANISATION,
  TEST_ORGANISATION,
  createProgramOn,
  SERVICE_SETTINGS,
} from './builders/program.ts';
import { SECRETS, startFoundation, type TestFoundation } from './foundation.ts';
import { inputTypeOf } from './sampleInput.ts';
import { signTypedJson } from './builders/signTypedJson.ts';

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
  signMessage(text: string): Promise<Hex>;
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
  /** A live program of the organisation of mine; null unless the test wants one. */
  readonly live: KeyedProgram | null;
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
  readonly roles?: readonly ProcessRole[];
  /** Of both programs, over those of a plain one. */
  readonly settings?: Partial<NewProgram>;
  /** A database of the test's own; one of the shared server if left out. */
  readonly databaseUri?: string;
  /** Whether there is a live chain with a program besides. */
  readonly hasLive?: boolean;
  /** Whether both programs are of one organisation, and not of two. */
  readonly hasOneOrganisation?: boolean;
  /** Variables of the environment besides, or what makes them of what is there. */
  readonly env?:
    | Readonly<Record<string, string>>
    | ((foundation: TestFoundation) => Promise<Readonly<Record<string, string>>>);
  /** Of the servers, in place of one that says next to nothing. */
  readonly log?: Logger;
}

/** A step of a story that several tests need: it is done once, for whichever of them comes first. */
export const once = <T>(step: () => Promise<T>): (() => Promise<T>) => {
  let done: Promise<T> | null = null;
  return () => (done ??= step());
};

/** What is quick is seen at once, and what takes long is not kept from the processor by being asked for all the time. */
const FIRST_WAIT_MS = 10;
const MAX_WAIT_MS = 200;
const WAIT_GROWTH = 1.4;
/** A quiet machine needs moments; one that does everything at once must not be told to be wrong. */
const PATIENCE_MS = 120_000;

/** Waits for a condition; fails when it is long overdue. */
export async function until(
  what: string,
  isTrue: () => Promise<boolean>,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const giveUpAtMs = Date.now() + patienceMs;
  let waitMs = FIRST_WAIT_MS;
  while (!(await isTrue())) {
    if (Date.now() > giveUpAtMs) throw new Error(`waited in vain until ${what}`);
    await delay(waitMs);
    waitMs = Math.min(waitMs * WAIT_GROWTH, MAX_WAIT_MS);
  }
}

/** A machine that does everything at once needs several waits of a few seconds for one transaction. */
const MAX_REPEATS = 30;
const REPEAT_PAUSE_MS = 50;

/** What is to be asked again: another call is under way, or a busy machine did not get to it, or to the chain's time. */
const FOR_THE_MOMENT: readonly unknown[] = ['BUSY', 'CHAIN_STALE', 'OVERLOADED'];

const isUnderWay = ({ data, errors = [] }: Answer): boolean => {
  if (errors.some(({ extensions }) => FOR_THE_MOMENT.includes(extensions['code']))) return true;
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

const KEYSTORE_PASSWORD = 'of a test';
/** To encrypt takes half a second on purpose. */
const keystoreText = once(() => Promise.resolve(encryptSecrets({ ...SECRETS }, KEYSTORE_PASSWORD)));

/** The keys of the foundation, in files as a server opens them. */
async function writeKeystore(stateDir: string): Promise<void> {
  const path = join(stateDir, 'keystore.json');
  await writeFile(path, await keystoreText());
  await writeFile(`${path}.password`, KEYSTORE_PASSWORD);
}

async function createKeyedProgram(
  foundation: Foundation,
  services: Services,
  settings: Partial<NewProgram>,
  organisationId: string,
): Promise<KeyedProgram> {
  const { id: _id, ...created } = await createProgramOn(foundation, settings, organisationId);
  const program = await services.programs.register(created);
  const { key } = await services.apiKeys.create(keyOwner(program), 'test', KEY_SCOPES);
  return { program, key };
}

/** Creates a live program of the organisation of mine. */
function createLive(
  foundation: Foundation,
  settings: Partial<NewProgram> = {},
): Promise<KeyedProgram> {
  const services = composeServices(foundation, { wake: () => undefined });
  const own = { ...SERVICE_SETTINGS, name: 'Live', ...settings };
  return createKeyedProgram(foundation, services, own, TEST_ORGANISATION);
}

const TOLD = 200;

/** Sends a query to one of the servers. */
async function sendTo(
  url: string,
  key: string | null,
  query: string,
  variables?: object,
): Promise<Response> {
  const call = request(url).post('/graphql');
  if (key !== null) call.set('authorization', `Bearer ${key}`);
  return call.send({ query, ...(variables !== undefined && { variables }) });
}

/** The chain's time by which a server counts, in Unix milliseconds; endless for one that does not tell, as a worker, or is gone. */
async function timeAt({ url }: RunningServer, { key }: KeyedProgram): Promise<number> {
  const answer = await sendTo(url, key, '{ program { clock { now } } }').catch(() => null);
  if (answer?.status !== TOLD) return Infinity;
  const { data } = answer.body as Answer;
  const program = data?.['program'] as { readonly clock: { readonly now: string } } | null;
  return program == null ? 0 : Date.parse(program.clock.now);
}

type Running = Omit<TestService, 'act' | 'refused' | 'earn' | 'mint' | 'openWallet' | 'key'>;

async function startRunning(options: ServiceOptions): Promise<Running> {
  const { roles = ['both'], settings, databaseUri, hasLive = false, env = {} } = options;
  const stateDir = await mkdtemp(join(tmpdir(), 'dewpoint-service-'));
  const foundation = await startFoundation({
    hasLive,
    ...(databaseUri !== undefined && { databaseUri }),
  });
  await writeKeystore(stateDir);
  const config = readConfig({
    MONGODB_URI: foundation.databaseUri,
    RPC_URL: foundation.anvil.url,
    LIVE_RPC_URL: foundation.live?.anvil.url,
    DEWPOINT_PORT: '0',
    DEWPOINT_STATE_DIR: stateDir,
    DEWPOINT_LOG_LEVEL: 'fatal',
    ...(typeof env === 'function' ? await env(foundation) : env),
  });
  const servers: RunningServer[] = [];
  for (const role of roles) servers.push(await startServer({ ...config, role }, options.log));
  const url = servers[0]?.url ?? '';
  const services = composeServices(foundation, { wake: () => undefined });
  const keyed = (name: string, organisationId: string): Promise<KeyedProgram> => {
    const own = { ...SERVICE_SETTINGS, name, ...settings };
    return createKeyedProgram(foundation, services, own, organisationId);
  };
  const mine = await keyed('Mine', TEST_ORGANISATION);
  const other = options.hasOneOrganisation === true ? TEST_ORGANISATION : OTHER_ORGANISATION;
  const theirs = await keyed('Theirs', other);
  const live = foundation.live === null ? null : await createLive(foundation.live, settings);
  for (const { program } of [mine, theirs, ...(live === null ? [] : [live])]) {
    await until('the rules are read', async () => {
      const known = (await services.programs.list()).find(({ id }) => id === program.id);
      return known !== undefined && known.ruleSets.length > 0;
    });
  }
  const send: Running['send'] = (...question) => sendTo(url, ...question);
  return {
    ...{ url, servers, config, foundation, services, mine, theirs, live, send },
    ask: async (...call) => (await send(...call)).body as Answer,
    moveClockTo: async (ms) => {
      await moveClockTo(foundation.chain, ms);
      // A busy machine may hold the answer up: until it is there, the services count with the time before.
      await until('the clock is seen to have moved', async () => {
        const { nowMs } = await foundation.chain.clock.now();
        const seen = [nowMs, ...(await Promise.all(servers.map((server) => timeAt(server, mine))))];
        return seen.every((atMs) => atMs >= Math.floor(ms / 1_000) * 1_000);
      });
    },
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
    sign: (json) => signTypedJson(wallet, json),
    signMessage: async (text) => (await wallet.signMessage(text)) as Hex,
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
      // A server may go by a time of before for a moment: then it is in the future.
      await until(`${memberId} has done it`, async () => {
        const { data } = await ask(mine.key, record, { input: { actions: [action] } });
        const { results = [] } = (data?.['actionsRecord'] ?? {}) as {
          results?: readonly { readonly status: string }[];
        };
        return results.some(({ status }) => status === 'RECORDED' || status === 'DUPLICATE');
      });
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
      const { operator } = foundation;
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
