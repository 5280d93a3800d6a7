import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SCOPES_OF_ROLES, type Role } from '../../domain/organisations/roles.ts';
import { startService, type TestService } from '../../testing/service.ts';
import { createContext, type GraphqlServices } from '../core/context.ts';
import { schema } from '../schema.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

/** Asks as a person of this role, who is signed in. */
async function askAs(role: Role): ReturnType<typeof graphql> {
  const { program } = service.mine;
  const services = service.services as unknown as GraphqlServices;
  const directory = { of: () => services, in: () => services };
  const contextValue = createContext(directory, {
    ...{ kind: 'PERSON', sessionId: '1', role, program, environment: 'test' },
    person: { id: '1', name: 'Lin', email: '', isEmailVerified: true, hasTwoFactor: false },
    organisationId: program.organisationId,
    scopes: new Set(SCOPES_OF_ROLES[role]),
  });
  return graphql({ schema, contextValue, source: '{ gasTank { account balance lowBelow low } }' });
}
const page = async (): Promise<string> => (await fetch(`${service.url}/metrics`)).text();

it('shows operators what pays for gas, and whether it is low', async () => {
  const { rpc } = service.foundation.chain;
  const account = service.foundation.keystore.signer.addressOf({ role: 'RELAYER', lane: 0 });
  const shown = (low: boolean, balance: unknown) => ({
    data: { gasTank: [{ account, balance, lowBelow: expect.any(String) as string, low }] },
  });
  for (const role of ['owner', 'manager', 'viewer'] as const) {
    expect(await askAs(role)).toEqual(shown(false, expect.any(String)));
  }
  expect((await askAs('fulfiller')).errors?.[0]?.message).toContain('has none of the scopes');
  const metric = `dewpoint_gas_tank_low{environment="test",account="relayer 0 ${account}"}`;
  expect(await page()).toContain(`${metric} 0`);
  await rpc.call('anvil_setBalance', [account, '0x1']);
  expect(await askAs('owner')).toEqual(shown(true, '0.000000000000000001'));
  await expect.poll(page).toContain(`${metric} 1`);
});
