import { setTimeout as delay } from 'node:timers/promises';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { Interface } from 'ethers';
import { contractCodec } from '../chain/programs/contractCodec.ts';
import type { NewProgram } from '../chain/programs/newProgram.ts';
import { composeWorker, type WorkerTiming } from '../composition/composeWorker.ts';
import type { Program } from '../domain/program.ts';
import type { SubmittedTransaction, TransactionRequest } from '../ports/chain/submitter.ts';
import { createProgramCalls, type ProgramCalls } from '../services/transactions/programCalls.ts';
import type { Worker } from '../services/worker/worker.ts';
import { createMemberBuilder, type MemberBuilder } from './builders/members.ts';
import { BUYING, createProgramOn } from './builders/program.ts';
import { accepted, createRequestBuilder, type RequestBuilder } from './builders/request.ts';
import { openProgramChain, type ProgramChain } from './chain.ts';
import {
  silentLogger,
  startFoundation,
  startProcess,
  type FoundationOptions,
  type ProcessOverrides,
  type ServerProcess,
  type TestFoundation,
} from './foundation.ts';

/**
 * The server on a real chain and a real database, with a program of its own: the production composition, which tests take step by
 * step. Its clock stands at the start of epoch 0.
 */
export interface Harness extends TestFoundation, ProgramChain, MemberBuilder, RequestBuilder {
  readonly program: Program;
  readonly calls: ProgramCalls;
  process(overrides?: ProcessOverrides): ServerProcess;
  /** A worker that finds its statements aggregated. */
  worker(timing: WorkerTiming): Worker;
  /** Reads, settles and sends, until nothing moves. */
  settleAll(process?: ServerProcess): Promise<void>;
  /** Reads, and sends what is queued, until nothing moves. */
  drive(process?: ServerProcess): Promise<void>;
  /** Drives, and does what the keeper finds due. */
  keep(process?: ServerProcess): Promise<void>;
  /** Has everything in the node's pool mined: a node answers before what it was sent is in a block. */
  mineWaiting(): Promise<void>;
  /** Submits a request that has to be accepted, and drives until it is mined. */
  done(request: TransactionRequest): Promise<SubmittedTransaction>;
  /** Puts money into the reserve. */
  deposit(amount: bigint): Promise<void>;
  /** Of a member: what the chain says, and what our read model says. */
  balances(member: number): Promise<{ readonly chain: bigint; readonly read: bigint }>;
  /** The program with the terms that were read. */
  readProgram(): Promise<Program>;
}

export interface HarnessOptions extends FoundationOptions {
  /** What the program is created with, where that matters. */
  readonly settings?: Partial<NewProgram>;
}

/** Rounds that tests allow for things to settle down. */
const MAX_ROUNDS = 200;

const calls = createProgramCalls(contractCodec);
const money = new Interface(localMoneyAbi);

async function untilStill(moves: () => Promise<boolean>): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) if (!(await moves())) return;
  throw new Error(`still moving after ${MAX_ROUNDS} rounds`);
}

/** A block that was mined after the indexer looked: its transactions have left the pool, and are not read. */
async function hasUnreadBlock(
  { rpc }: Pick<ProgramChain, 'rpc'>,
  throughBlock: number | null,
): Promise<boolean> {
  return throughBlock !== null && Number(await rpc('eth_blockNumber')) > throughBlock;
}

/**
 * A node accepts a transaction before it is in a block, and leaves what did not fit into a block until another one comes:
 * as long as the chain mines by itself, nothing is still before its pool is empty.
 *
 * @returns whether something waited for a block
 */
async function minesWhatWaits({ rpc }: Pick<ProgramChain, 'rpc'>): Promise<boolean> {
  if ((await rpc('anvil_getAutomine')) !== true) return false;
  const pool = (await rpc('txpool_status')) as { readonly pending: string };
  if (Number(pool.pending) === 0) return false;
  await rpc('evm_mine');
  return true;
}

/** The steps of whole processes, repeated until nothing moves. */
function createDrivers(
  harness: Pick<Harness, 'program' | 'process' | 'store' | 'rpc'>,
): Pick<Harness, 'settleAll' | 'drive' | 'keep'> {
  const drive: Harness['drive'] = (driven = harness.process()) =>
    untilStill(async () => {
      const { moved, throughBlock } = await driven.indexer.step();
      const sent = await driven.sender.step(throughBlock ?? 0);
      if (moved || sent) return true;
      const pool = (await harness.rpc('txpool_status')) as { readonly pending: string };
      if (Number(pool.pending) === 0) return hasUnreadBlock(harness, throughBlock);
      await delay(1);
      return true;
    });
  return {
    drive,
    settleAll: (settled = harness.process()) =>
      untilStill(async () => {
        const { moved, throughBlock } = await settled.indexer.step();
        const queued = await settled.settler.step(harness.program);
        const sent = throughBlock !== null && (await settled.sender.step(throughBlock));
        if (moved || queued > 0 || sent || (await minesWhatWaits(harness))) return true;
        return hasUnreadBlock(harness, throughBlock);
      }),
    keep: (kept) =>
      untilStill(async () => {
        // One that was just started does not wait before it looks again.
        const keeping = kept ?? harness.process();
        await drive(keeping);
        const known = await harness.store.programs.find(harness.program.id);
        return (await keeping.keeper.step(known ?? harness.program)) > 0;
      }),
  };
}

export async function startHarness(options: HarnessOptions = {}): Promise<Harness> {
  const foundation = await startFoundation(options);
  const { chain, store } = foundation;
  const program = await createProgramOn(foundation, { ...BUYING, ...options.settings });
  await store.programs.insert(program);
  const programChain = openProgramChain(chain, program);
  const members = createMemberBuilder(foundation, program);
  const requests = createRequestBuilder(program, members.account);
  const process = (overrides: ProcessOverrides = {}): ServerProcess =>
    startProcess(foundation, overrides);
  const drivers = createDrivers({ program, process, store, rpc: programChain.rpc });
  const done: Harness['done'] = async (request) => {
    const own = process();
    const { id } = accepted(await own.submitter.submit(request));
    await drivers.drive(own);
    return own.submitter.wait(id, 0);
  };
  return {
    ...foundation,
    ...programChain,
    ...members,
    ...requests,
    ...drivers,
    program,
    calls,
    process,
    worker: (timing) =>
      composeWorker(
        foundation,
        { step: () => Promise.resolve(0), sweep: () => Promise.resolve() },
        silentLogger,
        { pollMs: 20, ...timing },
      ),
    mineWaiting: () => untilStill(() => minesWhatWaits(programChain)),
    done,
    deposit: async (amount) => {
      const { address } = program.settlementToken;
      const data = money.encodeFunctionData('mint', [foundation.operator, amount]) as Hex;
      await done(requests.byAnybody('mint', { to: address, data }));
      await programChain.sendAs(foundation.operator, calls.approveReserve(program, amount));
      await done(requests.byOperator('deposit', calls.depositReserve(program, amount)));
    },
    balances: async (member) => {
      const account = members.account(member);
      const [chainSays] = await programChain.view.points('balanceOf', account);
      return {
        chain: chainSays as bigint,
        read: await store.totals.balanceOf(program.id, account),
      };
    },
    readProgram: async () => {
      const found = await store.programs.find(program.id);
      if (found === null) throw new Error('the program is gone');
      return found;
    },
  };
}
