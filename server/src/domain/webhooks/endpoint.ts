/** Endpoints of webhooks: where an organisation wants to be told. Pure. */
import type { Refusal } from '../errors.ts';
import { show } from '../show.ts';
import type { ToldKind, WebhookKind } from './eventKinds.ts';

/** `DISABLED` by a person or by an answer 410, `DEAD` after a day of failures; neither is sent anything. */
export const ENDPOINT_STATES = ['ENABLED', 'DISABLED', 'DEAD'] as const;
export type EndpointState = (typeof ENDPOINT_STATES)[number];

/** Endpoints that an organisation may have in an environment. */
export const MAX_ENDPOINTS = 16;
export const MAX_URL_CHARACTERS = 2_048;
export const MAX_DESCRIPTION_CHARACTERS = 256;
/** A week, as for API keys. */
export const MAX_OLD_SECRET_HOURS = 168;
/** Secrets that sign at the same time while one is changed. */
export const MAX_SECRETS = 2;

/** A secret that signs. What it is follows from the keystore and this. */
export interface EndpointSecret {
  readonly id: string;
  readonly createdAtMs: number;
  /** When it ends; null for the newest one. Unix milliseconds. */
  readonly endsAtMs: number | null;
}

/** Selects the secrets that sign at a time, the newest first. */
export const goodSecrets = (secrets: readonly EndpointSecret[], nowMs: number): EndpointSecret[] =>
  secrets.filter(({ endsAtMs }) => endsAtMs === null || endsAtMs > nowMs).slice(0, MAX_SECRETS);

/** Puts a new secret before the others; the newest of these is good until a moment, all older ones end at once. */
export function withNewSecret(
  secrets: readonly EndpointSecret[],
  added: Pick<EndpointSecret, 'id' | 'createdAtMs'>,
  oldEndsAtMs: number,
): EndpointSecret[] {
  const [newest] = secrets;
  const kept = newest === undefined ? [] : [{ ...newest, endsAtMs: oldEndsAtMs }];
  return [{ ...added, endsAtMs: null }, ...kept];
}

/** Tells whether an endpoint wants a kind of event. @param kinds Null for all. */
export const wants = (kinds: readonly ToldKind[] | null, kind: WebhookKind): boolean =>
  kinds === null || (kinds as readonly WebhookKind[]).includes(kind);

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const refuse = (code: Refusal['code'], message: string): Refusal => ({
  ...{ code, field: 'url', message },
});

/**
 * Refuses a URL that no event may be sent to, as far as the text of it tells; what its name stands for is checked at every attempt.
 *
 * @param isLocal Whether the service is on a developer's machine, which may send to itself.
 */
export function checkEndpointUrl(text: string, isLocal: boolean): Refusal | null {
  if (text.length > MAX_URL_CHARACTERS) {
    return refuse('TOO_LONG', `url is longer than ${MAX_URL_CHARACTERS} characters.`);
  }
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return refuse(
      'MALFORMED',
      `url is ${show(text)}; it must be a URL such as https://shop.example/hooks.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('URL_NOT_ALLOWED', 'url has a name or password in it; leave them out.');
  }
  if (url.hash !== '') {
    return refuse('URL_NOT_ALLOWED', 'url has a part after #, which no server gets; leave it out.');
  }
  if (isLocal && LOOPBACK.test(url.hostname)) return null;
  if (url.protocol !== 'https:' || url.port !== '') {
    return refuse('URL_NOT_ALLOWED', 'url must start with https:// and name no port but 443.');
  }
  return null;
}
