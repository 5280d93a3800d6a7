import { keccak256 } from 'ethers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeBuybackTerms, type BuybackTerms } from '../terms.ts';
import {
  BETTER_PRICE,
  startBackedProgram,
  WITHDRAWN,
  type BackedProgram,
} from '../testing/backedProgram.ts';
import { STARTS_AT } from '../testing/chain/deployOnce.ts';
import { closeRound, deposit, enterRound } from '../testing/programCalls.ts';
import { broken, tamperedVerdict } from '../testing/tamperedVerdict.ts';
import type { Tamper } from '../testing/tamperingProxy.ts';
import { all, answering, withTime, withValues } from '../testing/tampers.ts';
import { BUYBACK_TERMS, EPOCH_LENGTH, rule, terms, TestProgram } from '../testing/testProgram.ts';
import { verify } from './verify.ts';

let backed: BackedProgram;
beforeAll(async () => {
  backed = await startBackedProgram();
});
afterAll(() => backed.program.stop());

it('finds every promise of a backed program kept', async () => {
  const { provider, address } = backed.program;
  const { checks, totals, facts } = await verify({ provider, program: address });
  expect(checks.filter(({ ok }) => !ok)).toEqual([]);
  expect(checks.find(({ name }) => name === 'backed')?.checked).toBe(4);
  expect(totals).toMatchObject({ statements: 4, skipped: 2, minted: 8_000n, bought: 7_000n });
  expect(facts.settings.backed).toBe(true);
  // The last round bought with all the money that there was, and not with the budget of its terms.
  expect(facts.rounds[0]?.result).toMatchObject({
    covered: true,
    budget: 10_500_000n - WITHDRAWN,
    payout: 840_000n,
  });
});

/** Buyback terms of a change, announced and published, wherever they are told. */
function withTerms(change: number, version: number, next: BuybackTerms): Tamper {
  const encoded = encodeBuybackTerms(next);
  const isVersion = ([asked]: unknown[]): boolean => asked === BigInt(version);
  const isChange = ([asked]: unknown[]): boolean => asked === BigInt(change);
  const { pricePerPoint, budgetPerRound, minTender } = next;
  return all(
    withValues('ChangeAnnounced', change - 1, { terms: encoded }),
    withValues('TermsPublished', version, { pricePerPoint, budgetPerRound, minTender }),
    answering(
      'terms',
      ([fromRound]) => [fromRound, [pricePerPoint, budgetPerRound, minTender]],
      isVersion,
    ),
    answering(
      'change',
      ([struct]) => [(struct as unknown[]).with(11, keccak256(encoded))],
      isChange,
    ),
  );
}

/** The better price, published in the round before. */
function aRoundEarlier(): Tamper {
  const block = backed.changes[3]?.receipt.blockNumber ?? 0;
  const time = STARTS_AT + 15 * EPOCH_LENGTH;
  return all(
    withTime(block, time),
    withValues('ChangeAnnounced', 3, { noticeEndsAt: time, diesAt: time }),
    answering(
      'change',
      ([struct]) => [
        (struct as unknown[]).map((value, i) => ([6, 7, 8].includes(i) ? BigInt(time) : value)),
      ],
      ([id]) => id === 4n,
    ),
    withValues('TermsPublished', 4, { fromRound: 1 }),
    answering(
      'terms',
      (answer) => answer.with(0, 1n),
      ([version]) => version === 4n,
    ),
  );
}

/** What the node lies about, the promises that must turn out broken, and the lie. */
const lies: [about: string, broken: string[], tamper: () => Tamper][] = [
  [
    'the money that was there for points',
    ['points', 'budgets', 'backed', 'improvements', 'rounds', 'reserve'],
    () => withValues('Deposited', 0, { amount: 400_000n }),
  ],
  ['why points had to wait', ['skips'], () => withValues('Skipped', 0, { reason: 5 })],
  [
    'whether it is backed',
    ['points', 'budgets', 'skips', 'rounds', 'shares', 'reserve', 'escrows'],
    () => answering('backed', () => [false]),
  ],
  [
    'a withdrawal of what backs the points',
    ['rounds', 'reserve'],
    () => withValues('Withdrawn', 0, { amount: WITHDRAWN + 1n }),
  ],
  [
    'what a last round buys with',
    ['rounds'],
    () => withValues('RoundSettled', 0, { budget: 300_000n }),
  ],
  [
    'an offer of more money than there is',
    ['improvements'],
    () => withTerms(4, 4, { ...BETTER_PRICE, budgetPerRound: 7_800_001n }),
  ],
  [
    'a price at which there is not money for all points',
    ['improvements', 'rounds', 'reserve'],
    () => withValues('Deposited', 1, { amount: 99_999n }),
  ],
  ['a second improvement for a round', ['improvements'], aRoundEarlier],
];

it.each(lies)('sees through a lie about %s', async (_about, expected, tamper) => {
  const { exitCode, report } = await tamperedVerdict(backed.program, tamper());
  expect(broken(report).join()).toBe(expected.join());
  expect(exitCode).toBe(1);
});

it('knows that money which comes while a round is open pays, and covers nothing', async () => {
  const program = await TestProgram.start([terms({ rules: [rule({ id: 1 })] })]);
  try {
    await enterRound(program, 0);
    await deposit(program, BUYBACK_TERMS.budgetPerRound);
    await closeRound(program, 0);
    const { checks, facts } = await verify({
      provider: program.provider,
      program: program.address,
    });
    expect(checks.filter(({ ok }) => !ok)).toEqual([]);
    const { budgetPerRound } = BUYBACK_TERMS;
    expect(facts.rounds[0]?.result).toMatchObject({ covered: false, budget: budgetPerRound });
    const covered = withValues('RoundSettled', 0, { covered: true });
    expect(broken((await tamperedVerdict(program, covered)).report)).toEqual(['rounds']);
  } finally {
    await program.stop();
  }
});
