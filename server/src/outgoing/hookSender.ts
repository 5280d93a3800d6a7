import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIPv6, type LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { MAX_KEPT_ANSWER, type SendOutcome } from '../domain/webhooks/delivery.ts';
import { checkEndpointUrl } from '../domain/webhooks/endpoint.ts';
import type { HookSender, OutgoingHook } from '../ports/webhooks.ts';
import { isLoopbackAddress, isPublicAddress } from './publicAddresses.ts';
import { createResolveHost, type ResolveHost } from './resolveHost.ts';

/** From the first question to a name server to the end of the answer. */
export const HOOK_TIMEOUT_MS = 10_000;
/** Of the headers of an answer. */
const MAX_HEADER_BYTES = 8_192;

type Failed = Pick<SendOutcome, 'status' | 'failure' | 'answer'>;
const failed = (failure: SendOutcome['failure']): Failed => ({ status: null, failure, answer: '' });

/** Signs by each secret: a receiver that knows one of them takes it. */
const signatureOf = ({ id, sentAtMs, body, secrets }: OutgoingHook): string =>
  secrets.map((secret) => new Webhook(secret).sign(id, new Date(sentAtMs), body)).join(' ');

/** Connects to addresses that were found before, and asks no name server again. */
const lookupOf =
  (addresses: readonly string[]): LookupFunction =>
  (_host, options, callback) => {
    const all = addresses.map((address) => ({ address, family: isIPv6(address) ? 6 : 4 }));
    const wanted = options.family === 4 || options.family === 6 ? options.family : null;
    const fitting = wanted === null ? all : all.filter(({ family }) => family === wanted);
    const [first] = fitting;
    if (first === undefined) callback(new Error('no address fits'), '', 4);
    else if (options.all === true) callback(null, fitting);
    else callback(null, first.address, first.family);
  };

/** Reads what an answer begins with, and leaves the rest. Its status counts, whatever becomes of the rest. */
function readStart(response: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const end = (): void => {
      const text = Buffer.concat(chunks).subarray(0, MAX_KEPT_ANSWER).toString('utf8');
      response.destroy();
      // No text of the database has it, and nobody sees it.
      resolve(text.replaceAll('\0', ''));
    };
    response.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= MAX_KEPT_ANSWER) end();
    });
    response.on('end', end).on('error', end).on('close', end);
  });
}

/** @param deps.isLocal Whether the service is on a developer's machine, which may send to itself. */
export function createHookSender(deps: {
  isLocal: boolean;
  resolveHost?: ResolveHost;
  timeoutMs?: number;
}): HookSender {
  const { isLocal, resolveHost = createResolveHost(), timeoutMs = HOOK_TIMEOUT_MS } = deps;
  const mayReach = (address: string): boolean =>
    isPublicAddress(address) || (isLocal && isLoopbackAddress(address));

  const post = (
    hook: OutgoingHook,
    addresses: readonly string[],
    signal: AbortSignal,
  ): Promise<Failed> =>
    new Promise((resolve) => {
      const body = Buffer.from(hook.body);
      const options: RequestOptions = {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'content-length': body.length,
          'user-agent': 'Dewpoint-Webhooks/1',
          'webhook-id': hook.id,
          'webhook-timestamp': String(Math.floor(hook.sentAtMs / 1_000)),
          'webhook-signature': signatureOf(hook),
        },
        // A connection of its own each time: one that is kept would be to an address of another time.
        agent: false,
        lookup: lookupOf(addresses),
        maxHeaderSize: MAX_HEADER_BYTES,
        signal,
      };
      const send = hook.url.startsWith('https:') ? requestHttps : requestHttp;
      const request = send(hook.url, options, (response) => {
        const { statusCode: status = null } = response;
        readStart(response).then(
          (answer) => resolve({ status, failure: null, answer }),
          () => resolve({ status, failure: null, answer: '' }),
        );
      });
      request.on('error', () => resolve(failed(signal.aborted ? 'TIMED_OUT' : 'UNREACHABLE')));
      request.end(body);
    });

  const reach = async (hook: OutgoingHook, signal: AbortSignal): Promise<Failed> => {
    // Rules may have become stricter since it was stored.
    if (checkEndpointUrl(hook.url, isLocal) !== null) return failed('FORBIDDEN_ADDRESS');
    const addresses = await resolveHost(new URL(hook.url).hostname);
    if (signal.aborted) return failed('TIMED_OUT');
    if (addresses.length === 0) return failed('UNREACHABLE');
    // One that is not public is enough: which of them is taken is not for the owner of the name to choose.
    if (!addresses.every(mayReach)) return failed('FORBIDDEN_ADDRESS');
    return post(hook, addresses, signal);
  };

  return {
    send: async (hook) => {
      const startedAt = performance.now();
      const ended = new AbortController();
      const timer = setTimeout(() => ended.abort(), timeoutMs);
      try {
        const outcome = await reach(hook, ended.signal).catch(() => failed('UNREACHABLE'));
        return { ...outcome, durationMs: Math.round(performance.now() - startedAt) };
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
