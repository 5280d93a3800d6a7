import type { KeySecrets } from '../../ports/keySecrets.ts';
import type { WebhookEndpointRecord } from '../../ports/webhooks.ts';

/** Makes the secrets of endpoints from the keystore: none is stored, and a copy of the database signs nothing. */
export type HookSecrets = (
  endpoint: Pick<WebhookEndpointRecord, 'id' | 'organisationId' | 'environment'>,
  secretId: string,
) => string;

/** As many as Standard Webhooks takes at least, and HMAC-SHA256 has use for. */
const SECRET_BYTES = 32;

export const createHookSecrets =
  (keySecrets: KeySecrets): HookSecrets =>
  ({ id, organisationId, environment }, secretId) => {
    const madeFor = ['webhook', organisationId, environment, id, secretId];
    const bytes = keySecrets.bytesFor(madeFor).subarray(0, SECRET_BYTES);
    return `whsec_${Buffer.from(bytes).toString('base64')}`;
  };
