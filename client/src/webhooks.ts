import type { WebhookCommon, WebhookData } from './webhookEvents.ts';

/** What is wrong with a delivery: answer it with 400, and do nothing. */
export type WebhookProblem =
  'NO_HEADERS' | 'BAD_SECRET' | 'WRONG_TIME' | 'WRONG_SIGNATURE' | 'NO_EVENT';

/** Says why a delivery is not to be believed. */
export class WebhookError extends Error {
  readonly code: WebhookProblem;

  constructor(code: WebhookProblem, message: string) {
    super(message);
    this.name = 'WebhookError';
    this.code = code;
  }
}

/** A delivery as it came. */
export interface WebhookDelivery {
  /** The very bytes or text of the body, before any JSON parser has seen it. */
  readonly body: string | Uint8Array;
  /** Of the request: of `fetch`, or the object that Node has. */
  readonly headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The endpoint's secret, `whsec_...`; while it is changed, both. */
  readonly secret: string | readonly string[];
}

/** What an event of one type says. */
interface EventOf<Type extends keyof WebhookData> {
  readonly id: string;
  readonly type: Type;
  /** ISO 8601: when it happened. */
  readonly timestamp: string;
  readonly data: WebhookCommon & WebhookData[Type];
}

/**
 * What an event says, by its `type`; pass over types that are not here, as there will be more. The same event can come twice and
 * under the same `id`, and events of a member in another order than its `sequence`: keep both.
 */
export type WebhookEvent = {
  readonly [Type in keyof WebhookData]: EventOf<Type>;
}[keyof WebhookData];

/** Older or newer ones may be a recording that somebody plays again. */
const TOLERANCE_S = 300;
const PREFIX = 'whsec_';

const headerOf = (headers: WebhookDelivery['headers'], name: string): string => {
  const value = headers instanceof Headers ? headers.get(name) : headers[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new WebhookError('NO_HEADERS', `The request has no header ${name}.`);
};

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

const encoder = new TextEncoder();

const joined = (start: string, body: string | Uint8Array): Uint8Array<ArrayBuffer> => {
  const parts = [encoder.encode(start), typeof body === 'string' ? encoder.encode(body) : body];
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const keyOf = async (secret: string): Promise<CryptoKey> => {
  try {
    const bytes = bytesOf(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret);
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    return await crypto.subtle.importKey('raw', bytes, hmac, false, ['verify']);
  } catch {
    throw new WebhookError('BAD_SECRET', `A secret is ${PREFIX} and base64.`);
  }
};

/** Of the header: `v1,BASE64 v1,BASE64`; other versions are for others. */
const signaturesIn = (header: string): Uint8Array<ArrayBuffer>[] =>
  header.split(' ').flatMap((one) => {
    const [version, base64 = ''] = one.split(',');
    try {
      return version === 'v1' ? [bytesOf(base64)] : [];
    } catch {
      return [];
    }
  });

const isSigned = async (
  content: Uint8Array<ArrayBuffer>,
  signatures: readonly Uint8Array<ArrayBuffer>[],
  secrets: readonly string[],
): Promise<boolean> => {
  for (const secret of secrets) {
    const key = await keyOf(secret);
    for (const signature of signatures) {
      // Takes the same time wherever they differ.
      if (await crypto.subtle.verify('HMAC', key, signature, content)) return true;
    }
  }
  return false;
};

const parse = (body: string | Uint8Array): WebhookEvent => {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  try {
    const event = JSON.parse(text) as WebhookEvent | null;
    if (typeof event?.type === 'string') return event;
  } catch {
    // Below.
  }
  throw new WebhookError('NO_EVENT', 'The body is no event.');
};

/**
 * Reads an event of a delivery, if Dewpoint signed it within the last five minutes (Standard Webhooks).
 *
 * @param nowMs unix time in milliseconds; of this machine if left out
 * @throws WebhookError when it is not to be believed
 */
export async function verifyWebhook(
  { body, headers, secret }: WebhookDelivery,
  nowMs = Date.now(),
): Promise<WebhookEvent> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = signaturesIn(headerOf(headers, 'webhook-signature'));
  // A timestamp that is no number is at no distance.
  if (!(Math.abs(nowMs / 1000 - Number(timestamp)) <= TOLERANCE_S)) {
    throw new WebhookError('WRONG_TIME', `It was not signed within ${TOLERANCE_S} s of now.`);
  }
  const secrets = typeof secret === 'string' ? [secret] : secret;
  if (!(await isSigned(joined(`${id}.${timestamp}.`, body), signatures, secrets))) {
    throw new WebhookError('WRONG_SIGNATURE', 'No signature is of this body and a secret.');
  }
  return parse(body);
}
