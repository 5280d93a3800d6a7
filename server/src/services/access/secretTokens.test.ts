import { expect, it } from 'vitest';
import { createKeystore } from '../../chain/keys/keystore.ts';
import { SECRETS } from '../../testing/foundation.ts';
import { createSecretTokens } from './secretTokens.ts';

it('the tokens of a kind are the same on every server, and those of another kind others', () => {
  const [one, other] = [createKeystore(SECRETS), createKeystore(SECRETS)];
  const tokens = createSecretTokens('dw_x_', one.secretOf('x'));
  const token = tokens.tokenOf('1');
  expect(token).toMatch(/^dw_x_[0-9A-Za-z]{32}$/);
  expect(createSecretTokens('dw_x_', other.secretOf('x')).tokenOf('1')).toBe(token);
  expect(tokens.tokenOf('2')).not.toBe(token);
  expect(createSecretTokens('dw_x_', one.secretOf('y')).tokenOf('1')).not.toBe(token);
  const memberMaster = '55'.repeat(32);
  const stranger = createKeystore({ ...SECRETS, memberMaster });
  expect(createSecretTokens('dw_x_', stranger.secretOf('x')).tokenOf('1')).not.toBe(token);
});

it('only a token of the kind has a hash, which does not show it', () => {
  const tokens = createSecretTokens('dw_x_', new Uint8Array(32));
  const token = tokens.tokenOf('1');
  expect(tokens.hashOf(token)).toMatch(/^[0-9a-f]{64}$/);
  for (const bad of ['', token.slice(1), `${token}a`, `${token}\n`, token.replace('x', 'y')]) {
    expect(tokens.hashOf(bad)).toBeNull();
  }
});
