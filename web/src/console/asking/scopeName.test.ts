import { expect, it } from 'vitest';
import { memoryStorage } from '../../shared/storage/tabStorage.ts';
import { createIntents } from '../../shared/transactions/intents.ts';
import type { AskedScope } from './consoleClient.ts';
import { scopeName } from './scopeName.ts';

const organisation = 'org_0000000000000001';
const program = 'prg_31337_95bd';
const SCOPES: readonly AskedScope[] = [
  { organisation: null, program: null },
  { organisation, program: null },
  { organisation, program: null, environment: 'live' },
  { organisation, program },
];

it('finds what is under way in its own scope alone', () => {
  const storage = memoryStorage();
  const intentsOf = (scope: AskedScope) => createIntents(storage, `person ${scopeName(scope)}`);
  for (const [index, scope] of SCOPES.entries()) {
    const input = { idempotencyKey: `${index}` };
    const kept = { name: 'programCreate', kind: 'programCreate', document: '', input };
    intentsOf(scope).keep({ ...kept, transactionId: null });
  }
  for (const [index, scope] of SCOPES.entries()) {
    const found = intentsOf(scope).all();
    expect(found.map(({ input }) => input.idempotencyKey)).toEqual([`${index}`]);
  }
});
