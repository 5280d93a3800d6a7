/** A program that is good, and every way to get one of its settings wrong. Terms are in badTerms.ts. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { ProgramChoices } from '../domain/programs/programSettings.ts';
import { DAY_MS, STARTS_AT_MS } from './builders/time.ts';
import { BUYBACK, bytes, chainRule, chainRules, ruleSet, type Refused } from './badTerms.ts';

const HOUR = 3_600;
export const DAY = 24 * HOUR;
/** An account without code. */
export const NOBODY = '0x000000000000000000000000000000000000dEaD';

/** As the API gets it. */
export interface BadSetting extends Refused {
  readonly what: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** What the factory is sent anyway, and what it says. */
  readonly onChain?: {
    readonly choices: Partial<ProgramChoices>;
    readonly token?: Address;
    readonly said: string;
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** As the API gets it. */
export const goodProgram = (settlementToken: Address): Record<string, unknown> => ({
  name: 'Tea points',
  symbol: 'TEA',
  startsAt: iso(STARTS_AT_MS),
  epochSeconds: DAY,
  settlementWindow: 40,
  transferable: true,
  noticeSeconds: 14 * DAY,
  objectionThresholdBps: 500,
  objectionCap: '100000.00',
  settlementToken,
  firstRoundAt: iso(STARTS_AT_MS + 7 * DAY_MS),
  roundPeriodSeconds: 28 * DAY,
  roundWindowSeconds: 7 * DAY,
  orderDeadlineSeconds: 7 * DAY,
  buyback: BUYBACK,
  opening: [ruleSet()],
  idempotencyKey: 'create-1',
});

/** The same as the factory gets it. */
export const goodChoices: ProgramChoices = {
  name: 'Tea points',
  symbol: 'TEA',
  startsAtMs: STARTS_AT_MS,
  epochSeconds: DAY,
  settlementWindow: 40,
  transferable: true,
  backed: false,
  noticeSeconds: 14 * DAY,
  objectionThresholdBps: 500,
  objectionCap: 10_000_000n,
  firstRoundAtMs: STARTS_AT_MS + 7 * DAY_MS,
  roundPeriodSeconds: 28 * DAY,
  roundWindowSeconds: 7 * DAY,
  orderDeadlineSeconds: 7 * DAY,
  buyback: { pricePerPoint: 100_000n, budgetPerRound: 100_000_000n, minTender: 100n },
  opening: [chainRules(chainRule(11, 'walk'))],
};

/** What the contracts call these settings. */
const ON_CHAIN: Readonly<Record<string, string>> = {
  epochSeconds: 'epochLength',
  noticeSeconds: 'noticePeriod',
  roundPeriodSeconds: 'roundPeriod',
  roundWindowSeconds: 'roundWindow',
  orderDeadlineSeconds: 'orderDeadline',
};

type PlainField = {
  [Field in keyof ProgramChoices]: ProgramChoices[Field] extends string | number ? Field : never;
}[keyof ProgramChoices];

/** A field that the API and the factory take alike. */
const plain = (
  what: string,
  at: PlainField,
  value: string | number,
  bound: string,
  code = 'OUT_OF_RANGE',
): BadSetting => ({
  what,
  input: { [at]: value },
  ...{ at, code, bound },
  onChain: { choices: { [at]: value }, said: `SettingOutOfBounds ${ON_CHAIN[at] ?? at}` },
});

/** A moment, which the API takes as text. */
const moment = (
  what: string,
  at: 'startsAt' | 'firstRoundAt',
  ms: number,
  bound: string,
): BadSetting => ({
  what,
  input: { [at]: iso(ms) },
  ...{ at, code: 'OUT_OF_RANGE', bound },
  onChain: { choices: { [`${at}Ms`]: ms }, said: `SettingOutOfBounds ${at}` },
});

export const BAD_SETTINGS: readonly BadSetting[] = [
  plain('an empty name', 'name', '', '1 to 64 bytes', 'REQUIRED'),
  plain('a name of 65 bytes', 'name', bytes(65), '1 to 64 bytes', 'TOO_LONG'),
  plain('22 characters in 66 bytes', 'name', '点'.repeat(22), '1 to 64 bytes', 'TOO_LONG'),
  plain('an empty symbol', 'symbol', '', '1 to 16 bytes', 'REQUIRED'),
  plain('a symbol of 17 bytes', 'symbol', bytes(17), '1 to 16 bytes', 'TOO_LONG'),
  moment('a start to come', 'startsAt', STARTS_AT_MS + DAY_MS, 'in its epoch 0'),
  moment('an epoch 0 that is over', 'startsAt', STARTS_AT_MS - DAY_MS, 'in its epoch 0'),
  plain('an epoch below an hour', 'epochSeconds', HOUR - 1, '3600 to 604800'),
  plain('an epoch above a week', 'epochSeconds', 7 * DAY + 1, '3600 to 604800'),
  plain('a window of 4 epochs', 'settlementWindow', 4, '8 to 252'),
  plain('a window of 256 epochs', 'settlementWindow', 256, '8 to 252'),
  {
    what: 'a window of less than a week',
    input: { epochSeconds: HOUR, settlementWindow: 164 },
    ...{ at: 'settlementWindow', code: 'OUT_OF_RANGE', bound: '168 to 252' },
    onChain: {
      choices: { epochSeconds: HOUR, settlementWindow: 164 },
      said: 'SettingOutOfBounds settlementWindow',
    },
  },
  {
    what: 'objections that no one holder may ever reach',
    input: { objectionCap: '99.99' },
    ...{ at: 'objectionCap', code: 'OUT_OF_RANGE', bound: '100.00 to' },
    onChain: { choices: { objectionCap: 9_999n }, said: 'SettingOutOfBounds objectionCap' },
  },
  {
    what: 'a backed program that buys nothing back',
    input: { backed: true, buyback: { ...BUYBACK, budgetPerRound: '0' } },
    ...{ at: 'buyback.budgetPerRound', code: 'OUT_OF_RANGE', bound: 'always buys' },
    onChain: {
      choices: {
        backed: true,
        buyback: { pricePerPoint: 100_000n, budgetPerRound: 0n, minTender: 100n },
      },
      said: 'TermsOutOfBounds budgetPerRound',
    },
  },
  {
    what: 'a window of 10 epochs',
    input: { settlementWindow: 10 },
    ...{ at: 'settlementWindow', code: 'OUT_OF_RANGE', bound: 'a multiple of 4' },
    onChain: { choices: { settlementWindow: 10 }, said: 'SettlementWindowNotInSteps' },
  },
  plain('a notice of a second', 'noticeSeconds', 1, '604800 to 5184000'),
  plain('a notice of 61 days', 'noticeSeconds', 61 * DAY, '604800 to 5184000'),
  plain('a threshold of 0 %', 'objectionThresholdBps', 0, '100 to 2000'),
  plain('a threshold of 0.99 %', 'objectionThresholdBps', 99, '100 to 2000'),
  plain('a threshold of 20.01 %', 'objectionThresholdBps', 2_001, '100 to 2000'),
  plain('a threshold of 101 %', 'objectionThresholdBps', 10_100, '100 to 2000'),
  moment('a first round in the past', 'firstRoundAt', STARTS_AT_MS - 1_000, '92 days ahead'),
  moment('a first round in 94 days', 'firstRoundAt', STARTS_AT_MS + 94 * DAY_MS, '92 days ahead'),
  plain('rounds of less than two days', 'roundWindowSeconds', 2 * DAY - 1, '172800 to 7948800'),
  plain('a window over the period', 'roundPeriodSeconds', 7 * DAY - 1, '604800 to 7948800'),
  plain('a period of 93 days', 'roundPeriodSeconds', 93 * DAY, '604800 to 7948800'),
  plain('an order deadline of nothing', 'orderDeadlineSeconds', 0, '86400 to 5184000'),
  plain('an order deadline of 61 days', 'orderDeadlineSeconds', 61 * DAY, '86400 to 5184000'),
  {
    what: 'a settlement token that is no contract',
    input: { settlementToken: NOBODY },
    ...{ at: 'settlementToken', code: 'NOT_A_TOKEN', bound: 'ERC-20' },
    onChain: { choices: {}, token: NOBODY, said: `NotAToken ${NOBODY}` },
  },
  {
    what: 'a first rule set that begins later',
    input: { opening: [ruleSet({ notBefore: 1 })] },
    ...{ at: 'opening[0].notBefore', code: 'OUT_OF_RANGE', bound: '0 to 0' },
    onChain: {
      choices: { opening: [{ ...chainRules(chainRule(11, 'walk')), notBefore: 1 }] },
      said: 'InvalidTerms notBefore',
    },
  },
  {
    what: 'no rule set',
    input: { opening: [] },
    ...{ at: 'opening', code: 'OUT_OF_RANGE', bound: 'one, or two' },
  },
  {
    what: 'three rule sets',
    input: { opening: [ruleSet(), ruleSet(), ruleSet()] },
    ...{ at: 'opening', code: 'OUT_OF_RANGE', bound: 'one, or two' },
  },
  {
    what: 'a control character in the name',
    input: { name: 'Tea\npoints' },
    ...{ at: 'name', code: 'MALFORMED', bound: 'control characters' },
  },
  {
    what: 'a start within a second',
    input: { startsAt: '2025-12-31T23:59:59.500Z' },
    ...{ at: 'startsAt', code: 'MALFORMED', bound: 'whole seconds' },
  },
  {
    what: 'a settlement token with a wrong checksum',
    input: { settlementToken: NOBODY.replace('dEaD', 'deaD') },
    ...{ at: 'settlementToken', code: 'MALFORMED', bound: 'capital letters' },
  },
  {
    what: 'no idempotency key',
    input: { idempotencyKey: '' },
    ...{ at: 'idempotencyKey', code: 'REQUIRED', bound: '1 to 128 characters' },
  },
  {
    what: 'an idempotency key that is too long',
    input: { idempotencyKey: bytes(129) },
    ...{ at: 'idempotencyKey', code: 'TOO_LONG', bound: '1 to 128 characters' },
  },
];
