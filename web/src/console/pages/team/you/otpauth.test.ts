import { expect, it } from 'vitest';
import { inGroups, appSecretIn } from './otpauth.ts';

it('reads the secret, and divides it for the eye', () => {
  const uri = 'otpauth://totp/Dewpoint:mei%40tea.example?secret=JBSWY3DPEHPK3PX&issuer=Dewpoint';
  expect(appSecretIn(uri)).toBe('JBSWY3DPEHPK3PX');
  expect(inGroups(appSecretIn(uri))).toBe('JBSW Y3DP EHPK 3PX');
  expect(inGroups('')).toBe('');
});
