import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const SERVICE = { MONGODB_URI: 'mongodb://127.0.0.1/dewpoint', RPC_URL: 'http://127.0.0.1:8545' };
const GOOD = {
  STRIPE_SECRET_KEY: 'sk_live_0123456789abcdef',
  STRIPE_WEBHOOK_SECRET: 'whsec_0123456789, whsec_abcdefghij',
  STRIPE_PRICE_PLAN: 'price_1',
  STRIPE_PRICE_ACTIONS: 'price_2',
  STRIPE_METER: 'mtr_1',
};

const problemsOf = (env: Readonly<Record<string, string>>): string[] => {
  try {
    readConfig({ ...SERVICE, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems.map((one) => one.split(':')[0] ?? '');
    throw error;
  }
  return [];
};

describe('payments', () => {
  it('are off without a key', () => {
    expect(readConfig(SERVICE).payments).toBeNull();
  });

  it('are on with a key and everything beside it', () => {
    expect(readConfig({ ...SERVICE, ...GOOD }).payments).toEqual({
      secretKey: GOOD.STRIPE_SECRET_KEY,
      webhookSecrets: ['whsec_0123456789', 'whsec_abcdefghij'],
      ...{ pricePlan: 'price_1', priceActions: 'price_2', meter: 'mtr_1', apiBase: null },
      topUps: null,
    });
  });

  it('name everything that is missing beside the key, and everything that has no key', () => {
    const { STRIPE_SECRET_KEY: _, ...rest } = GOOD;
    expect(problemsOf({ STRIPE_SECRET_KEY: GOOD.STRIPE_SECRET_KEY })).toEqual(Object.keys(rest));
    expect(problemsOf(rest)).toEqual(Object.keys(rest));
  });

  it.each([
    ['STRIPE_SECRET_KEY', 'pk_live_0123456789abcdef'],
    ['STRIPE_WEBHOOK_SECRET', 'secret'],
    ['STRIPE_WEBHOOK_SECRET', 'whsec_0123456789,'],
    ['STRIPE_PRICE_PLAN', 'prod_1'],
    ['STRIPE_METER', 'price_1'],
    ['STRIPE_API_BASE', 'https://api.stripe.com'],
    ['STRIPE_API_BASE', 'http://stripe.example'],
    ['STRIPE_API_BASE', 'http://127.0.0.1.example'],
    ['STRIPE_API_BASE', 'http://127.0.0.1:12111/v1'],
    ['STRIPE_PRICE', 'price_1'],
  ])('refuse %s=%s', (name, value) => {
    expect(problemsOf({ ...GOOD, [name]: value })).toEqual([name]);
  });

  it('never repeat a secret in what they say', () => {
    const env = { ...SERVICE, ...GOOD, STRIPE_SECRET_KEY: 'sk_live_!secret!', STRIPE_METER: '' };
    expect(() => readConfig(env)).toThrow(/^(?!.*!secret!)/s);
  });

  it('take a stand-in on this machine alone', () => {
    for (const url of ['http://127.0.0.1:12111', 'http://[::1]:1', 'http://localhost:12111/']) {
      const { payments } = readConfig({ ...SERVICE, ...GOOD, STRIPE_API_BASE: url });
      expect(payments?.apiBase).toBe(new URL(url).origin);
    }
  });

  it('leave variables of other tools alone while they are off', () => {
    expect(readConfig({ ...SERVICE, STRIPE_DEVICE_NAME: 'laptop' }).payments).toBeNull();
  });
});
