import { expect, it } from 'vitest';
import { ServiceError } from '../../domain/errors.ts';
import { ROLES } from '../../domain/organisations/roles.ts';
import { requireTwoFactor } from './organisations.ts';

const codeFor = (role: (typeof ROLES)[number] | null, hasTwoFactor: boolean): string | null => {
  try {
    requireTwoFactor({ person: { hasTwoFactor }, role });
    return null;
  } catch (error) {
    return error instanceof ServiceError ? error.code : String(error);
  }
};

it('an owner needs an authenticator app for what is live, and nobody else does', () => {
  expect(codeFor('owner', false)).toBe('TWO_FACTOR_REQUIRED');
  expect(codeFor('owner', true)).toBeNull();
  const others = [...ROLES.filter((role) => role !== 'owner'), null];
  expect(others.map((role) => codeFor(role, false))).toEqual(others.map(() => null));
});
