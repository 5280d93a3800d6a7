import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { expect, it } from 'vitest';
import { UserError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { Permits } from '../../ports/chain/permits.ts';
import type { SubmittedTransaction } from '../../ports/chain/submitter.ts';
import type { ContractWriter } from '../transactions/contractWriter.ts';
import { createAllowances } from '../transactions/allowances.ts';
import { depositReserve } from './depositReserve.ts';
import type { ReserveView } from './rounds.ts';

const program = {
  id: 'p',
  settlementToken: { address: '0x01', symbol: 'LD', decimals: 6 },
} as unknown as Program;
const MINED = { status: 'MINED' } as SubmittedTransaction;
const NO_PERMITS: Permits = { of: () => Promise.resolve(null) };
const domain = { name: 'LD', version: '1', chainId: 5, verifyingContract: '0x01' } as const;
const WITH_PERMITS: Permits = { of: () => Promise.resolve({ domain, nonce: 3n }) };

const OPERATOR = '0x02';

/** A token that refuses to change an allowance other than 0, as USDT does, and what is called of it and of the reserve, by whom. */
async function depositWith(
  allowance: bigint,
  permits: Permits,
  operator: Address = OPERATOR,
): Promise<string[]> {
  const called: string[] = [];
  let allowed = allowance;
  const isRefused = (data: string): boolean =>
    data.startsWith('approve') && allowed !== 0n && data !== 'approve 0';
  const writer: ContractWriter = {
    writeSigned: () => Promise.reject(new Error('nothing is signed')),
    find: () => Promise.resolve(null),
    simulate: (_request, _from, { data }) =>
      isRefused(data)
        ? Promise.reject(new UserError({ code: 'REFUSED_BY_CONTRACT', field: null, message: '' }))
        : Promise.resolve(),
    write: (_request, by, { data }) => {
      if (isRefused(data)) throw new Error('refused');
      called.push(`${by.role}: ${data}`);
      if (!data.startsWith('deposit')) allowed = BigInt(data.split(' ')[1] ?? 0);
      return Promise.resolve({ transaction: MINED, call: null });
    },
  };
  const callOf = (name: string, amount: bigint) => ({
    to: program.settlementToken.address,
    data: `${name} ${amount}` as Hex,
  });
  const allowances = createAllowances({
    writer,
    calls: {
      approveReserve: (_program, amount) => callOf('approve', amount),
      permitReserve: (_program, _owner, { value }) => callOf('permit', value),
    },
    views: { allowance: () => Promise.resolve(allowed) },
    permits,
    signer: { addressOf: () => OPERATOR, signPermit: () => Promise.resolve('0x') },
    clock: { now: () => Promise.resolve({ nowMs: 0 }) } as never,
  });
  await depositReserve(
    {
      writer,
      calls: { depositReserve: (_program, amount) => callOf('deposit', amount) },
      allowances,
      depositTurns: { take: (_program, _key, steps) => steps() },
      rounds: { reserve: () => Promise.resolve({} as ReserveView) },
      views: { operator: () => Promise.resolve(operator) },
      signer: { addressOf: () => OPERATOR },
    },
    { kind: 'reserveDeposit', program, idempotencyKey: 'k' },
    { amount: '1' },
  );
  return called;
}

it.each([
  [0n, ['ITSELF: approve 1000000', 'OPERATOR: deposit 1000000']],
  [7n, ['ITSELF: approve 0', 'ITSELF: approve 1000000', 'OPERATOR: deposit 1000000']],
  [1_000_000n, ['OPERATOR: deposit 1000000']],
  [2n ** 256n - 1n, ['OPERATOR: deposit 1000000']],
])('a deposit under an allowance of %d approves only what is needed', async (allowance, calls) => {
  expect(await depositWith(allowance, NO_PERMITS)).toEqual(calls);
});

it.each([
  [7n, ['RELAYER: permit 1000000', 'OPERATOR: deposit 1000000']],
  [1_000_000n, ['OPERATOR: deposit 1000000']],
])('with approvals by signature, under %d, its account sends nothing', async (allowance, calls) => {
  expect(await depositWith(allowance, WITH_PERMITS)).toEqual(calls);
});

it('nothing is allowed or deposited for a program whose operator is another account', async () => {
  await expect(depositWith(0n, WITH_PERMITS, '0x03')).rejects.toMatchObject({
    refusals: [{ code: 'NOT_OPERATOR', field: null }],
  });
});
