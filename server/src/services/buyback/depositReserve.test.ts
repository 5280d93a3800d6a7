import { expect, it } from 'vitest';
import { UserError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import type { ContractWriter } from '../transactions/contractWriter.ts';
import { depositReserve } from './depositReserve.ts';
import type { ReserveView } from './rounds.ts';

const program = {
  id: 'p',
  settlementToken: { address: '0x01', symbol: 'LD', decimals: 6 },
} as unknown as Program;
const MINED = { status: 'MINED' } as SubmittedTransaction;

/** A token that refuses to change an allowance other than 0, as USDT does, and what is called of it and of the reserve. */
async function depositWith(allowance: bigint): Promise<string[]> {
  const called: string[] = [];
  let allowed = allowance;
  const isRefused = (data: string): boolean =>
    data.startsWith('approve') && allowed !== 0n && data !== 'approve 0';
  const writer: ContractWriter = {
    find: () => Promise.resolve(null),
    simulate: (_request, _from, { data }) =>
      isRefused(data)
        ? Promise.reject(new UserError({ code: 'REFUSED_BY_CONTRACT', field: null, message: '' }))
        : Promise.resolve(),
    write: (_request, _by, { data }) => {
      if (isRefused(data)) throw new Error('refused');
      called.push(data);
      if (data.startsWith('approve')) allowed = BigInt(data.split(' ')[1] ?? 0);
      return Promise.resolve({ transaction: MINED, call: null });
    },
  };
  const callOf = (name: string, amount: bigint) => ({
    to: program.settlementToken.address,
    data: `${name} ${amount}` as `0x${string}`,
  });
  await depositReserve(
    {
      writer,
      calls: {
        approveReserve: (_program, amount) => callOf('approve', amount),
        depositReserve: (_program, amount) => callOf('deposit', amount),
      },
      depositTurns: {
        take: (_program, _key, steps) => steps(),
        allowance: () => Promise.resolve(allowed),
      },
      rounds: { reserve: () => Promise.resolve({} as ReserveView) },
    },
    { kind: 'reserveDeposit', program, idempotencyKey: 'k' },
    { amount: '1' },
  );
  return called;
}

it.each([
  [0n, ['approve 1000000', 'deposit 1000000']],
  [7n, ['approve 0', 'approve 1000000', 'deposit 1000000']],
  [1_000_000n, ['deposit 1000000']],
  [2n ** 256n - 1n, ['deposit 1000000']],
])('a deposit under an allowance of %d approves only what is needed', async (allowance, calls) => {
  expect(await depositWith(allowance)).toEqual(calls);
});
