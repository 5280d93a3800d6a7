import { describe, expect, it } from 'vitest';
import type { Caller } from '../../services/access/callers.ts';
import { MUTATIONS } from '../../testing/sampleInput.ts';
import type { GraphqlContext } from '../core/context.ts';
import { audited } from './audited.ts';

const CALLERS: Readonly<Record<Caller['kind'], object>> = {
  KEY: { key: { id: 'key_1', name: 'till' } },
  PERSON: { person: { id: 'usr_1', name: 'Mei' }, sessionId: 'ses_1' },
  MEMBER: { externalId: 'mei', sessionId: 'mse_1' },
};

/** Tells whether a call by such a caller is written down; it is done either way. */
async function isWritten(name: string, kind: Caller['kind']): Promise<boolean> {
  const mutation = MUTATIONS.find((one) => one.name === name);
  if (mutation === undefined) throw new Error(`there is no ${name}`);
  let written = 0;
  const context = {
    auditLog: {
      record: (_call: unknown, work: () => Promise<unknown>) => {
        written += 1;
        return work();
      },
    },
    members: { find: () => Promise.resolve(null) },
    caller: {
      ...{ kind, organisationId: 'org_1', environment: 'test', program: { id: 'prg_1' } },
      ...CALLERS[kind],
    },
  } as unknown as GraphqlContext;
  const done = { userErrors: [] };
  const call = { input: {}, state: () => Promise.resolve(null) };
  expect(await audited(mutation, call, context, () => Promise.resolve(done))).toBe(done);
  return written === 1;
}

describe('a mutation of the operator that members may do as well', () => {
  it('is written down for keys and people', async () => {
    expect(await isWritten('orderRefund', 'KEY')).toBe(true);
    expect(await isWritten('orderRefund', 'PERSON')).toBe(true);
  });

  it('is not for members, who could fill the log of the organisation', async () => {
    expect(await isWritten('orderRefund', 'MEMBER')).toBe(false);
  });
});

it('what is declared so is written down for members', async () => {
  expect(await isWritten('memberKeyExport', 'MEMBER')).toBe(true);
  expect(await isWritten('accountMove', 'MEMBER')).toBe(false);
});
