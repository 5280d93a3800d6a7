import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const PAID = {
  MONGODB_URI: 'mongodb://127.0.0.1/dewpoint',
  RPC_URL: 'http://127.0.0.1:8545',
  LIVE_RPC_URL: 'http://127.0.0.1:8546',
  STRIPE_SECRET_KEY: 'sk_live_0123456789abcdef',
  STRIPE_WEBHOOK_SECRET: 'whsec_0123456789',
  STRIPE_PRICE_PLAN: 'price_1',
  STRIPE_PRICE_ACTIONS: 'price_2',
  STRIPE_METER: 'mtr_1',
};
const REST = {
  STRIPE_TOP_UP_TOKEN: '0x5FC8d32690cc91D4c39d9d3abcBD16989F875707',
  STRIPE_TOP_UP_CURRENCY: 'eur',
  STRIPE_TOP_UP_PROGRAM_LIMIT: '300',
  STRIPE_TOP_UP_DAILY_LIMIT: '500',
};
const GOOD = { ...PAID, STRIPE_TOP_UPS: 'on', ...REST };
const KEY = `0x${'A7'.repeat(32)}`;

const problemsOf = (env: Readonly<Record<string, string>>): string[] => {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((one) => one.split(':')[0] ?? '');
    throw error;
  }
  return [];
};

describe('top-ups by card', () => {
  it('are off unless they are turned on', () => {
    expect(readConfig(PAID).payments?.topUps).toBeNull();
    expect(readConfig({ ...PAID, STRIPE_TOP_UPS: 'off' }).payments?.topUps).toBeNull();
  });

  it('have a token, a currency, limits, and a treasury whose key may be given', () => {
    const topUps = {
      ...{ token: REST.STRIPE_TOP_UP_TOKEN, currency: 'eur' },
      ...{ programDailyLimit: 300n, dailyLimit: 500n },
    };
    expect(readConfig(GOOD).payments?.topUps).toEqual(topUps);
    expect(readConfig(GOOD).treasury).toEqual({ key: null, knownNonce: 0 });
  });

  it('keep their treasury while they, or all payments, are turned off', () => {
    const treasury = { STRIPE_TOP_UP_TREASURY_KEY: KEY, STRIPE_TOP_UP_TREASURY_NONCE: '7' };
    const { MONGODB_URI, RPC_URL, LIVE_RPC_URL } = PAID;
    for (const env of [GOOD, PAID, { MONGODB_URI, RPC_URL, LIVE_RPC_URL }]) {
      const read = readConfig({ ...env, ...treasury }).treasury;
      expect(read).toEqual({ key: KEY.toLowerCase(), knownNonce: 7 });
    }
  });

  it('name all that is missing, and all that is set while they are off', () => {
    expect(problemsOf({ ...PAID, STRIPE_TOP_UPS: 'on' })).toEqual(Object.keys(REST));
    expect(problemsOf({ ...PAID, ...REST })).toEqual(Object.keys(REST));
    const { STRIPE_SECRET_KEY: _, ...unpaid } = GOOD;
    expect(problemsOf(unpaid)).toContain('STRIPE_TOP_UPS');
    const { LIVE_RPC_URL: __, ...test } = GOOD;
    expect(problemsOf(test)).toEqual(['LIVE_RPC_URL']);
  });

  it.each([
    ['STRIPE_TOP_UPS', 'true'],
    ['STRIPE_TOP_UP_TOKEN', '0x12'],
    ['STRIPE_TOP_UP_CURRENCY', 'EUR'],
    ['STRIPE_TOP_UP_CURRENCY', 'jpy'],
    ['STRIPE_TOP_UP_PROGRAM_LIMIT', '0'],
    ['STRIPE_TOP_UP_PROGRAM_LIMIT', '501'],
    ['STRIPE_TOP_UP_DAILY_LIMIT', '1.5'],
    ['STRIPE_TOP_UP_TREASURY_KEY', 'a7'.repeat(32)],
    ['STRIPE_TOP_UP_TREASURY_KEY', `0x${'00'.repeat(32)}`],
    ['STRIPE_TOP_UP_TREASURY_KEY', `0x${'ff'.repeat(32)}`],
    ['STRIPE_TOP_UP_TREASURY_NONCE', '-1'],
    ['STRIPE_TOP_UP_LIMIT', '5'],
  ])('refuse %s=%s', (name, value) => {
    expect(problemsOf({ ...GOOD, [name]: value })).toEqual([name]);
  });

  it('never repeat a key in what they say', () => {
    const secret = `0x${'f'.repeat(64)}`;
    expect(() => readConfig({ ...GOOD, STRIPE_TOP_UP_TREASURY_KEY: secret })).toThrow(
      /^(?!.*f{64})/s,
    );
  });
});
