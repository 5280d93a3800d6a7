import { setTimeout as delay } from 'node:timers/promises';
import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import type { Database } from '@dewpoint/infra/database/database.ts';
import { Interface, type InterfaceAbi, type Result } from 'ethers';
import { moveClockTo } from '../chain/local/localClock.ts';
import type { NewProgram } from '../chain/programs/newProgram.ts';
import { contractCodec } from '../chain/programs/contractCodec.ts';
import type { Program } from '../domain/program.ts';
import { roundClosesAtMs, roundOpensAtMs } from '../domain/buyback/roundClock.ts';
import { LOCAL_SEND_POLICY } from '../domain/transactions/transaction.ts';
import { createLogger } from '../lib/logger.ts';
import type {
  TransactionRequest,
  SubmittedTransaction,
  Submitter,
  ContractCall,
  Submission,
} from '../ports/chain/submitter.ts';
import { createProgramCalls, type ProgramCalls } from '../services/transactions/programCalls.ts';
import type { OwnKey } from '../ports/chain/signer.ts';
import { createSubmitter } from '../services/transactions/submitter.ts';
import { createUpkeeps, type Upkeeps } from '../services/keeper/upkeeps.ts';
import { createKeeper, type Keeper } from '../services/keeper/keeper.ts';
import { createNonceQueue } from '../services/transactions/nonceQueue.ts';
import type { Indexer } from '../services/indexer/indexer.ts';
import { createRelayer } from '../services/transactions/relayer.ts';
import { createSender, type Sender } from '../services/transactions/sender.ts';
import type { Store } from '../store/connect.ts';
import { startWorld, type World } from './settlingWorld.ts';

/** Price a point: half a local dollar. */
export const PRICE = 500_000n;
/** Pays for 40 points a round. */
export const BUDGET = 20_000_000n;
const calls = createProgramCalls(contractCodec);
const DAY_MS = 86_400_000;

/** The services of one process that act on chain. */
export interface ActingProcess {
  readonly submitter: Submitter;
  readonly keeper: Keeper;
  readonly indexer: Indexer;
  readonly senders: Readonly<Record<Exclude<OwnKey, 'recorder'>, Sender>>;
}

export interface ActingOptions {
  readonly store: Store;
  readonly wallNowMs: () => number;
  /** Instead of those that the read model tells. */
  readonly upkeeps: Upkeeps | null;
}

/** A program whose first round opens on the third day, with members who have points. */
export interface ActingWorld {
  readonly world: World;
  readonly program: Program;
  readonly calls: ProgramCalls;
  process(options?: Partial<ActingOptions>): ActingProcess;
  /** Reads and sends until nothing moves. */
  drive(process?: ActingProcess): Promise<void>;
  /** The same, and does what is due. */
  keep(process?: ActingProcess): Promise<void>;
  /** An act of the operator. */
  operatorAct(kind: string, call: ContractCall, idempotencyKey?: string | null): TransactionRequest;
  /** An act of a member's gasless account. */
  memberAct(
    member: number,
    kind: string,
    call: ContractCall,
    idempotencyKey?: string | null,
  ): TransactionRequest;
  /** Submits an act that has to be accepted, and drives until it is mined. */
  done(request: TransactionRequest): Promise<SubmittedTransaction>;
  openRound(round: number): Promise<void>;
  closeRound(round: number): Promise<void>;
  moveTo(ms: number): Promise<void>;
  /** Puts money into the reserve, as anybody may. */
  deposit(amount: bigint): Promise<void>;
  readonly view: {
    buyback(name: string, ...values: unknown[]): Promise<Result>;
    catalogue(name: string, ...values: unknown[]): Promise<Result>;
    charter(name: string, ...values: unknown[]): Promise<Result>;
    money(name: string, ...values: unknown[]): Promise<Result>;
  };
  close(): Promise<void>;
}

const silent = createLogger({ level: process.env.TEST_LOG_LEVEL ?? 'silent', pretty: false });
/** Rounds that tests allow for things to settle down. */
const MAX_ROUNDS = 200;

const memberIdOf = (member: number): string => `member-${member}`;

/** The accepted transaction, or a failure that says why there is none. */
export function accepted(submission: Submission): SubmittedTransaction {
  if (submission.kind !== 'ACCEPTED') throw new Error(`not accepted: ${submission.kind}`);
  return submission.transaction;
}

function createProcess(world: World, options: ActingOptions): ActingProcess {
  const { store, wallNowMs } = options;
  const { chainId, clock, gateway, forwarding } = world.chain;
  const { signer } = world.keystore;
  const common = { ...store, chainId, clock, gateway, forwarding, signer, wallNowMs };
  const logged = { ...common, logger: silent, policy: LOCAL_SEND_POLICY };
  const queue = createNonceQueue({ ...common, from: signer.addressOf('relayer') });
  const upkeeps = options.upkeeps ?? createUpkeeps({ ...common, calls });
  return {
    submitter: createSubmitter({
      ...common,
      relayer: createRelayer(common),
      wake: { wake: () => undefined },
    }),
    keeper: createKeeper({ ...logged, upkeeps, queue }),
    indexer: world.services({ store, wallNowMs }).indexer,
    senders: {
      operator: createSender({ ...logged, by: 'operator' }),
      relayer: createSender({ ...logged, by: 'relayer' }),
    },
  };
}

/** Starts the world; its clock stands at the start of epoch 0. */
export async function startActingWorld(
  database: Database,
  settings: Partial<NewProgram> = {},
): Promise<ActingWorld> {
  const world = await startWorld({
    database,
    settings: {
      buybackTerms: { pricePerPoint: PRICE, budgetPerRound: BUDGET, minTender: 100n },
      roundPeriodMs: 14 * DAY_MS,
      roundWindowMs: 3 * DAY_MS,
      orderDeadlineMs: 2 * DAY_MS,
      ...settings,
    },
  });
  const { program, chain } = world;
  const rpc = (method: string, ...params: unknown[]) => chain.rpc.call(method, params);
  const process = (options: Partial<ActingOptions> = {}): ActingProcess =>
    createProcess(world, {
      store: world.store,
      wallNowMs: Date.now,
      upkeeps: null,
      ...options,
    });

  const step = async ({ indexer, senders }: ActingProcess): Promise<boolean> => {
    const { moved, throughBlock } = await indexer.step();
    let sent = false;
    for (const sender of Object.values(senders)) {
      sent = (await sender.step(throughBlock ?? 0)) || sent;
    }
    return moved || sent;
  };
  const isPoolEmpty = async (): Promise<boolean> => {
    const pool = (await rpc('txpool_status')) as { readonly pending: string };
    return Number(pool.pending) === 0;
  };
  const until = async (isStill: () => Promise<boolean>): Promise<void> => {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      if ((await isStill()) && (await isPoolEmpty())) return;
      await delay(1);
    }
    throw new Error(`still moving after ${MAX_ROUNDS} rounds`);
  };

  const view =
    (address: Address, abi: InterfaceAbi) =>
    async (name: string, ...values: unknown[]): Promise<Result> => {
      const contract = new Interface(abi);
      const data = contract.encodeFunctionData(name, values);
      const reply = await rpc('eth_call', { to: address, data }, 'latest');
      return contract.decodeFunctionResult(name, String(reply));
    };
  const money = new Interface(localMoneyAbi);

  const acting: ActingWorld = {
    world,
    program,
    calls,
    process,
    drive: async (driven = process()) => until(async () => !(await step(driven))),
    keep: (kept) =>
      until(async () => {
        // One that was just started does not wait before it looks again.
        const keeper = kept ?? process();
        await acting.drive(keeper);
        const known = await world.store.programs.find(program.id);
        return (await keeper.keeper.step(known ?? program)) === 0;
      }),
    operatorAct: (kind, call, idempotencyKey = null) => ({
      program,
      actor: { role: 'OPERATOR' },
      call,
      idempotencyKey,
      kind,
    }),
    memberAct: (member, kind, call, idempotencyKey = null) => ({
      program,
      actor: { role: 'MEMBER', memberId: memberIdOf(member), account: world.account(member) },
      call,
      idempotencyKey,
      kind,
    }),
    done: async (request) => {
      const own = process();
      const { id } = accepted(await own.submitter.submit(request));
      await acting.drive(own);
      return own.submitter.wait(id, 0);
    },
    openRound: (round) => moveClockTo(chain, roundOpensAtMs(program, round)),
    closeRound: (round) => moveClockTo(chain, roundClosesAtMs(program, round)),
    moveTo: (ms) => moveClockTo(chain, ms),
    deposit: async (amount) => {
      const { address } = program.settlementToken;
      const { operator } = world.deployment;
      const data = money.encodeFunctionData('mint', [operator, amount]) as Hex;
      await acting.done(acting.operatorAct('mint', { to: address, data }));
      await acting.done(acting.operatorAct('approve', calls.approveReserve(program, amount)));
      await acting.done(acting.operatorAct('deposit', calls.depositReserve(program, amount)));
    },
    view: {
      buyback: view(program.buyback, buybackAbi),
      catalogue: view(program.catalogue, catalogueAbi),
      charter: view(program.charter, charterAbi),
      money: view(program.settlementToken.address, localMoneyAbi),
    },
    close: () => world.close(),
  };
  return acting;
}
