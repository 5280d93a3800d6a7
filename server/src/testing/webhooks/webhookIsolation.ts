/** That endpoints and deliveries are kept to the program of their key: one test for each root field. */
import { expect } from 'vitest';
import { inputTypeOf } from '../sampleInput.ts';
import type { Answer, TestService } from '../service.ts';

type Ask = (query: string, variables?: object) => Promise<Answer>;

const resultOf = ({ data, errors }: Answer): Record<string, unknown> => {
  if (!data) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as Record<string, unknown>;
};

/** Names of root fields, and that each of them shows and does nothing in the other program. */
export function webhookIsolation(args: {
  readonly service: () => TestService;
  readonly mine: Ask;
  readonly theirs: Ask;
}): Record<string, () => Promise<void>> {
  const { service, mine, theirs } = args;
  const call = async (
    ask: Ask,
    name: string,
    input: object,
    selection = '',
  ): Promise<Record<string, unknown>> => {
    const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) {
      ${selection} userErrors { field code } } }`;
    const keyed = { idempotencyKey: service().key(), ...input };
    return resultOf(await ask(query, { input: keyed }));
  };
  const endpoint = async (ask: Ask): Promise<string> => {
    const url = 'http://127.0.0.1:9/hooks';
    const made = await call(ask, 'webhookEndpointCreate', { url }, 'endpoint { id }');
    return (made['endpoint'] as { id: string }).id;
  };
  const refused =
    (name: string, field: string, more: object = {}) =>
    async (): Promise<void> => {
      const id = await endpoint(theirs);
      for (const named of [id, 'whe_none']) {
        const answer = await call(mine, name, { [field]: named, ...more });
        expect(answer['userErrors']).toEqual([{ field, code: 'NOT_FOUND' }]);
      }
      expect(JSON.stringify(await theirs('{ webhookEndpoints { id state } }'))).toContain(id);
      await call(theirs, 'webhookEndpointDelete', { id });
    };

  return {
    'Query.webhookEndpoints': async () => {
      const id = await endpoint(theirs);
      expect(JSON.stringify(await mine('{ webhookEndpoints { id } }'))).not.toContain(id);
      expect(JSON.stringify(await theirs('{ webhookEndpoints { id } }'))).toContain(id);
      await call(theirs, 'webhookEndpointDelete', { id });
    },
    'Query.webhookDeliveries': async () => {
      const id = await endpoint(theirs);
      await call(theirs, 'webhookTest', { id });
      const query = `{ webhookDeliveries(endpointId: "${id}") { edges { node { type } } } }`;
      // It may be told by now what happened to the program, too.
      const { edges } = resultOf(await theirs(query));
      expect(edges).toContainEqual({ node: { type: 'webhook.test' } });
      expect((await mine(query)).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
      await call(theirs, 'webhookEndpointDelete', { id });
    },
    'Mutation.webhookEndpointCreate': async () => {
      // One that is made is told of the program of its key alone.
      const id = await endpoint(mine);
      const { data } = await mine('{ webhookEndpoints { id program { name } } }');
      expect(data?.['webhookEndpoints']).toContainEqual({ id, program: { name: 'Mine' } });
      await call(mine, 'webhookEndpointDelete', { id });
    },
    'Mutation.webhookEndpointUpdate': refused('webhookEndpointUpdate', 'id', { isEnabled: false }),
    'Mutation.webhookEndpointDelete': refused('webhookEndpointDelete', 'id'),
    'Mutation.webhookSecretRotate': refused('webhookSecretRotate', 'id', { oldGoodForHours: 1 }),
    'Mutation.webhookTest': refused('webhookTest', 'id'),
    'Mutation.webhookResendSince': refused('webhookResendSince', 'endpointId', {
      since: new Date().toISOString(),
    }),
    'Mutation.webhookResend': async () => {
      const id = await endpoint(theirs);
      const tested = await call(theirs, 'webhookTest', { id }, 'delivery { id }');
      const { id: deliveryId } = tested['delivery'] as { id: string };
      for (const named of [deliveryId, 'whd_none']) {
        const answer = await call(mine, 'webhookResend', { deliveryId: named });
        expect(answer['userErrors']).toEqual([{ field: 'deliveryId', code: 'NOT_FOUND' }]);
      }
      await call(theirs, 'webhookEndpointDelete', { id });
    },
  };
}
