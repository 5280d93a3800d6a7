import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEventfulModules, type EventfulModules } from '../testing/eventfulModules.ts';
import { broken, tamperedVerdict } from '../testing/tamperedVerdict.ts';
import type { Tamper } from '../testing/tamperingProxy.ts';
import {
  all,
  answering,
  answeringField,
  changingLog,
  plusOne,
  withCode,
  without,
  withTime,
  withValues,
  type Log,
} from '../testing/tampers.ts';
import { STARTS_AT } from '../testing/chain/deployOnce.ts';
import { EPOCH_LENGTH, NOTICE_PERIOD, type TestContract } from '../testing/testProgram.ts';
import { reportText } from './report/report.ts';
import { verify } from './verify.ts';

let eventful: EventfulModules;
beforeAll(async () => {
  eventful = await startEventfulModules();
});
afterAll(() => eventful.program.stop());

const verdict = (tamper: Tamper) => tamperedVerdict(eventful.program, tamper);

it('finds every promise kept in a story in which everything has happened, and names its evidence', async () => {
  const { program } = eventful;
  const report = await verify({ provider: program.provider, program: program.address });
  expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
  const idle = report.checks.filter(({ checked }) => checked === 0).map(({ name }) => name);
  expect(idle).toEqual(['backed']);
  expect(report.totals).toMatchObject({
    changes: 8,
    enacted: 5,
    struckDown: 1,
    rounds: 3,
    bought: 15_500n,
    payouts: 1_565_000n,
    orders: 4,
  });
  const { block, transactionHash } = report.checks.find(({ name }) => name === 'notice')
    ?.evidence ?? { block: 0, transactionHash: '0x' };
  expect(block).toBe(eventful.changes.afterDeath.receipt.blockNumber);
  expect(reportText(report)).toMatch(
    new RegExp(`^ok {3}notice .*block ${block}, transaction ${transactionHash}\\)$`, 'm'),
  );
});

const implementation = (name: 'charter' | 'buyback' | 'catalogue') =>
  eventful.program.deployed.implementations[name];
const other = (code: string): string => `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`;
const to =
  (contract: TestContract) =>
  (_args: unknown[], address: string): boolean =>
    address === eventful.program.addressOf(contract).toLowerCase();
const anotherAddress = (): unknown[] => [`0x${'5'.repeat(40)}`];
const less = (value: unknown): bigint => BigInt(value as bigint) - 1n;
const more = (value: unknown): bigint => BigInt(value as bigint) + 1n;
const strange = (log: Log): Log[] => [{ ...log, topics: [`0x${'5'.repeat(64)}`] }];
const noticeOfWorse = STARTS_AT + 2 * EPOCH_LENGTH + NOTICE_PERIOD;

/** What the node lies about, the promises that must turn out broken, and the lie. */
type Lie = [about: string, broken: string[], tamper: () => Tamper];

const lies: Lie[] = [
  ['the code of the charter', ['code'], () => withCode(implementation('charter'), other)],
  ['the code of the buyback', ['code'], () => withCode(implementation('buyback'), other)],
  ['the code of the catalogue', ['code'], () => withCode(implementation('catalogue'), other)],
  [
    'the buyback that was created with it',
    ['code'],
    () => withValues('ProgramCreated', 0, { buyback: anotherAddress()[0] }),
  ],

  [
    'a threshold that nobody can reach',
    ['settings', 'objections'],
    () => answering('objectionThresholdBps', () => [9_999n]),
  ],
  [
    'the forwarder of one module',
    ['settings'],
    () => answering('trustedForwarder', anotherAddress, to('charter')),
  ],
  [
    'the notice of prices',
    ['settings'],
    () => answering('noticePeriod', () => [60n], to('catalogue')),
  ],

  [
    'an event of no module',
    ['logs', 'reserve', 'escrows'],
    () => changingLog('MoneyClaimed', 0, strange),
  ],
  [
    'a block that is before the one before it',
    ['logs'],
    () => withTime(eventful.changes.dead.receipt.blockNumber + 1, STARTS_AT + 55 * EPOCH_LENGTH),
  ],

  ['from when terms hold', ['terms'], () => withValues('TermsPublished', 1, { fromRound: 3n })],
  ['how many terms there are', ['terms'], () => answering('termsCount', () => [2n])],

  [
    'terms that are not those announced',
    ['announced'],
    () =>
      all(
        withValues('TermsPublished', 2, { minTender: 112n }),
        answering(
          'terms',
          ([from, terms]) => [from, (terms as unknown[]).with(2, 112n)],
          ([version]) => version === 2n,
        ),
      ),
  ],
  [
    'an enacted change that is missing',
    ['announced', 'one at a time'],
    () => without('ChangeEnacted', 4),
  ],
  [
    'a change that nobody announced',
    ['announced', 'one at a time'],
    () => without('ChangeAnnounced', 7),
  ],

  ['whom a change hurts', ['impact'], () => withValues('ChangeAnnounced', 1, { impact: 0n })],
  [
    'what a change was compared with',
    ['impact'],
    () => withValues('ChangeAnnounced', 5, { comparedVersion: 0n }),
  ],

  [
    'a notice that ends too early',
    ['notice'],
    () => withValues('ChangeAnnounced', 1, { noticeEndsAt: less }),
  ],
  [
    'a change that may wait too long',
    ['notice'],
    () => withValues('ChangeAnnounced', 5, { diesAt: more }),
  ],
  [
    'a change that was enacted before its notice had ended',
    ['notice'],
    () => withTime(eventful.enactedIn.worse, noticeOfWorse - 60),
  ],

  [
    'a last round that opens during the notice',
    ['last rounds'],
    () => withValues('ChangeAnnounced', 5, { firstEligibleRound: 2n }),
  ],
  [
    'a last round that is not owed',
    ['last rounds'],
    () => withValues('ChangeAnnounced', 5, { lastRoundOwed: false, firstEligibleRound: 0n }),
  ],
  [
    'a last round whose money was not there',
    ['last rounds', 'rounds', 'reserve'],
    () => withValues('Deposited', 1, { amount: 100_000n }),
  ],

  [
    'objections that are not counted',
    ['objections'],
    () => withValues('Objected', 1, { objections: 2_000n }),
  ],
  [
    'a change that was struck down by too few',
    ['objections', 'escrows'],
    () => withValues('Objected', 3, { amount: 10_000n, held: 10_000n, objections: 11_000n }),
  ],
  [
    'what was needed to strike a change down',
    ['objections'],
    () => withValues('ChangeStruckDown', 0, { needed: more }),
  ],
  [
    'a change that was not struck down though enough objected',
    ['objections', 'one at a time'],
    () => without('ChangeStruckDown', 0),
  ],
  [
    'the supply that counts for a change',
    ['objections'],
    () => withValues('ChangeAnnounced', 6, { countedSupply: more }),
  ],

  [
    'whether a withdrawal counts as a strike',
    ['objections'],
    () => withValues('ChangeWithdrawn', 0, { counted: true }),
  ],

  [
    'a second change while one is pending',
    ['objections', 'one at a time'],
    () => without('ChangeWithdrawn', 0),
  ],
  ['strikes in a row', ['one at a time'], () => answering('strikesInARow', () => [1n])],
  ['how many changes there are', ['one at a time'], () => answering('changeCount', () => [7n])],
  ['how a change ended', ['one at a time'], () => answeringField('change', 2, 2n)],

  [
    'what a round bought',
    ['rounds', 'burned'],
    () => withValues('RoundSettled', 1, { filled: less }),
  ],
  ['what a round pays', ['rounds'], () => withValues('RoundSettled', 1, { payout: less })],
  ['the cover of a round', ['rounds'], () => withValues('RoundSettled', 1, { covered: false })],
  ['the budget of a round', ['rounds'], () => withValues('RoundSettled', 1, { budget: more })],
  ['how much was tendered', ['rounds'], () => withValues('Tendered', 3, { tendered: more })],
  ['what the contract says of a round', ['rounds'], () => answeringField('roundOf', 6, 0n)],
  [
    'a round that was settled while it was open',
    ['rounds'],
    () => withTime(eventful.enactedIn.worseBuyback, STARTS_AT + 54 * EPOCH_LENGTH),
  ],

  ['what a holder was paid', ['shares'], () => withValues('MoneyClaimed', 2, { amount: more })],
  [
    'what a holder got back',
    ['shares', 'escrows'],
    () => withValues('PointsClaimed', 0, { amount: more }),
  ],
  [
    'who was paid',
    ['shares', 'reserve', 'escrows'],
    () => withValues('MoneyClaimed', 2, { holder: eventful.ben.address }),
  ],

  ['the reserve', ['reserve'], () => answering('reserve', plusOne)],
  ['what is owed', ['reserve'], () => answering('owed', plusOne)],
  ['the money that is there', ['reserve'], () => answering('balanceOf', () => [1n], to('money'))],
  [
    'money that was sent to the buyback itself',
    ['reserve'],
    () => withValues('MoneySent', 0, { to: eventful.program.addressOf('buyback') }),
  ],
  ['what was taken out', ['reserve'], () => withValues('Withdrawn', 0, { amount: more })],

  [
    'a price that rises too early',
    ['prices'],
    () => withValues('PriceRiseScheduled', 0, { takesEffectAt: less }),
  ],
  ['a price that rose at once', ['prices'], () => withValues('PriceCut', 0, { price: 2_001n })],
  [
    'a withdrawal without notice',
    ['prices'],
    () => withValues('WithdrawalScheduled', 0, { takesEffectAt: less }),
  ],
  ['the stock of an item', ['prices'], () => withValues('StockAdded', 0, { stock: 2n })],
  ['the stock after a refund', ['prices'], () => withValues('OrderRefunded', 0, { stock: 2n })],
  ['what the contract says of an item', ['prices'], () => answeringField('itemOf', 1, 0n)],

  ['an overdue order', ['orders'], () => withValues('OrderRefunded', 1, { overdue: false })],
  ['a deadline', ['orders'], () => withValues('Redeemed', 0, { deadline: less })],
  ['how many were refused', ['orders'], () => answering('counts', (counts) => counts.with(2, 0n))],

  ['what is locked', ['escrows'], () => answering('objectionOf', plusOne)],
  ['what a holder has in a round', ['escrows'], () => answeringField('shareOf', 1, 1n)],
  ['an order in escrow', ['escrows'], () => answeringField('orderOf', 5, 4n)],
  [
    'who tendered',
    ['shares', 'reserve', 'escrows'],
    () => withValues('Tendered', 1, { holder: eventful.cem.address }),
  ],
  [
    'how much an order burned',
    ['orders', 'burned'],
    () => withValues('OrderFulfilled', 0, { points: less }),
  ],
];

it.each(lies)('sees through a lie about %s', async (_about, expected, tamper) => {
  const { exitCode, report } = await verdict(tamper());
  expect(broken(report).join()).toBe(expected.join());
  expect(exitCode).toBe(1);
  for (const { ok, differences } of report.checks) expect(differences.length > 0).toBe(!ok);
});

it('has a lie for every promise about terms, rounds and orders', async () => {
  const { report } = await verdict((_request, result) => result);
  const names = report.checks.map(({ name }) => name);
  const seen = new Set(lies.flatMap(([, expected]) => expected));
  const first = names.indexOf('terms');
  // The lies about improvements are in the test of a backed program, which has both kinds.
  expect(names.slice(first).filter((name) => !seen.has(name))).toEqual(['improvements']);
});
