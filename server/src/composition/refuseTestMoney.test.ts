import { expect, it } from 'vitest';
import { ConfigError } from '../config/config.ts';
import type { TopUpConfig } from '../config/topUps.ts';
import { refuseTestMoney } from './composeTopUps.ts';

const topUps: TopUpConfig = {
  token: '0x5FC8d32690cc91D4c39d9d3abcBD16989F875707',
  currency: 'eur',
  programDailyLimit: 1n,
  dailyLimit: 1n,
};

it('money of tests tops nothing up on a chain that is not of this machine', () => {
  const [far, near] = [{ chain: { local: false } }, { chain: { local: true } }];
  const test = { secretKey: 'sk_test_0123456789', topUps };
  expect(() => refuseTestMoney(test, far)).toThrow(ConfigError);
  expect(() => refuseTestMoney({ ...test, secretKey: 'rk_test_0123456789' }, far)).toThrow(
    ConfigError,
  );
  refuseTestMoney(test, near);
  refuseTestMoney(test, null);
  refuseTestMoney({ ...test, topUps: null }, far);
  refuseTestMoney({ ...test, secretKey: 'sk_live_0123456789' }, far);
});
