/** What settling costs on a real chain: gas of whole transactions, calldata and base fee included, a statement. */
import { getAddress, keccak256, toUtf8Bytes } from 'ethers';
import { pointsInterface } from '../contractInterfaces.ts';
import type { Line } from '../formula.ts';
import { packBatch, packLines, type Address, type Hex } from '../statement.ts';
import { MOVE_ACCOUNT_TYPES, STATEMENT_TYPES, pointsDomain } from '../typedData.ts';
import { mintTokenInterface, type MeasuredProgram } from './program.ts';

/** Statements in a measured batch; the worker sends about as many. */
export const BATCH_SIZE = 100;
const NEVER = 2n ** 64n - 1n;

/** Gas by what is measured. */
export type GasTable = Record<string, number>;

export interface GasMeasurements {
  /** A statement, in a batch of {@link BATCH_SIZE}: the whole transaction, signature included, divided by their number, rounded up. */
  readonly perStatement: GasTable;
  /** Whole transactions of one call each. */
  readonly perTransaction: GasTable;
  /** What the same costs without Dewpoint: one mint transaction for each action, with no rules, caps or protection against repetition. */
  readonly openZeppelinMint: GasTable;
}

/** Measures on a program that nobody has used yet, in its epoch 0. The order of the calls is part of the result. */
export async function measureGas(program: MeasuredProgram): Promise<GasMeasurements> {
  const perStatement = await measureBatches(program);
  const perTransaction = await measureMembers(program);
  const openZeppelinMint = await measureMints(program);
  return { perStatement, perTransaction, openZeppelinMint };
}

async function measureBatches({ settle, goToEpoch }: MeasuredProgram): Promise<GasTable> {
  const gas: GasTable = {};
  const measure = async (group: string, epoch: number, lines = 3): Promise<number> =>
    Math.ceil(Number(await settle(batchOf(group, epoch, lines))) / BATCH_SIZE);
  // The first mint of an epoch also notes the supply before it, in 300 gas a statement.
  const open = async (epoch: number): Promise<number> => {
    await goToEpoch(epoch);
    return measure('first', epoch);
  };

  // The first settlement of a program also writes its supply for the first time.
  await measure('first', 0);
  gas['new holder, 3 lines'] = await measure('members', 0);
  gas['new holder, 1 line'] = await measure('others', 0, 1);
  gas['existing holder, 3 lines, first batch of the epoch'] = await open(1);
  gas['existing holder, 3 lines'] = await measure('members', 1);
  gas['existing holder, 1 line'] = await measure('others', 1, 1);
  gas['replayed, 3 lines'] = await measure('members', 1);
  gas['replayed, 1 line'] = await measure('others', 1, 1);
  await open(2);
  await measure('members', 2, 1);
  await open(3);
  gas['existing holder with 3 epochs in the word, 3 lines'] = await measure('members', 3);
  await open(4);
  gas['first spill into the ring, 3 lines'] = await measure('members', 4);
  gas['raised epoch in the ring, 3 lines'] = await measure('members', 2);
  await open(6);
  await measure('others', 6, 1);
  gas['late epoch between others in the word, 1 line'] = await measure('others', 4, 1);
  await open(100);
  gas['existing holder after a long absence, 3 lines'] = await measure('members', 100);
  return gas;
}

async function measureMembers(program: MeasuredProgram): Promise<GasTable> {
  const { points, holder, recorder, call } = program;
  const gas: GasTable = {};
  const domain = pointsDomain(program.chainId, points);
  const member = holder.address as Address;
  const lines = packLines(linesOf(0, 3));
  for (const [label, epoch] of [
    ['settleSigned, new holder, 3 lines', 99],
    ['settleSigned, existing holder, 3 lines', 98],
  ] as const) {
    const statement = { member, epoch, lines };
    const signature = await recorder.signTypedData(domain, STATEMENT_TYPES, statement);
    const args = [member, epoch, lines, recorder.address, signature];
    const data = pointsInterface.encodeFunctionData('settleSigned', args);
    gas[label] = Number(await call(holder, points, data));
  }
  const transfer = pointsInterface.encodeFunctionData('transfer', [memberOf('members', 0), 1n]);
  gas['transfer to a holder'] = Number(await call(holder, points, transfer));
  const burn = pointsInterface.encodeFunctionData('burn', [1n]);
  gas['burn'] = Number(await call(holder, points, burn));

  const move = { from: member, to: recorder.address, deadline: NEVER };
  const signature = await recorder.signTypedData(domain, MOVE_ACCOUNT_TYPES, move);
  const data = pointsInterface.encodeFunctionData('moveAccount', [move.to, NEVER, signature]);
  gas['moveAccount'] = Number(await call(holder, points, data));
  return gas;
}

async function measureMints({
  call,
  mintToken,
  holder,
  recorder,
}: MeasuredProgram): Promise<GasTable> {
  const gas: GasTable = {};
  const mintTo = (to: string): string =>
    mintTokenInterface.encodeFunctionData('mint', [to, 123_456n]);
  // The first mint of the token also writes its supply for the first time.
  await call(holder, mintToken, mintTo(recorder.address));
  gas['new holder'] = Number(await call(holder, mintToken, mintTo(holder.address)));
  gas['existing holder'] = Number(await call(holder, mintToken, mintTo(holder.address)));
  return gas;
}

function batchOf(group: string, epoch: number, lineCount: number): Hex {
  return packBatch(
    Array.from({ length: BATCH_SIZE }, (_, index) => ({
      member: memberOf(group, index),
      epoch,
      lines: packLines(linesOf(index + epoch, lineCount)),
    })),
  );
}

function memberOf(group: string, index: number): Address {
  const hash = keccak256(toUtf8Bytes(`${group} ${index}`));
  return getAddress(`0x${hash.slice(-40)}`) as Address;
}

/** A few actions a rule, amounts of some hundred units of money in cents. */
function linesOf(seed: number, count: number): Line[] {
  return Array.from({ length: count }, (_, index) => ({
    ruleId: index + 1,
    count: BigInt(1 + ((seed + index) % 9)),
    amount: BigInt(1_000 + ((seed * 7_919 + index * 104_729) % 90_000)),
  }));
}
