import { expect, it } from 'vitest';
import { ServiceError } from '../../domain/errors.ts';
import { ROLES } from '../../domain/organisations/roles.ts';
import { refusePeopleInLive, requireTwoFactor } from './organisations.ts';

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

it('people are members, and act for them, in test only; apps everywhere', () => {
  for (const environment of ['test', 'live'] as const) {
    const asked = (kind: string) => (): void => refusePeopleInLive({ kind, environment });
    expect(asked('KEY')).not.toThrow();
    expect(asked('MEMBER')).not.toThrow();
    if (environment === 'test') expect(asked('PERSON')).not.toThrow();
    else expect(asked('PERSON')).toThrow('only the app');
  }
});
