/** A stand-in for Stripe on this machine: it keeps what it is told, answers as Stripe does, signs messages, and fails on demand. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Stripe } from 'stripe';
import request, { type Response } from 'supertest';
import { readForm } from './formFields.ts';
import { contractFaults, type SeenRequest } from './requestContract.ts';
import { StandInRefusal, StandInState } from './standInState.ts';

/** DIE loses a request before or after it had its effect; HANG and LIE lose the answer of one that had it. */
export type Fault = 'DIE_BEFORE' | 'DIE_AFTER' | 'HANG' | 'LIE';

export interface StripeStandIn {
  readonly url: string;
  readonly state: StandInState;
  /** Every request, in the order in which they came. */
  readonly requests: readonly SeenRequest[];
  /** Says how each request fails; null for one that does not. */
  fail(decide: (request: SeenRequest) => Fault | null): void;
  /** Makes a message as Stripe sends it. @param id Left out, a new one. */
  event(type: string, object: object, id?: string): SentEvent;
  /** Makes a thin message that the meter could not count these identifiers. */
  meterRefusal(
    refused: readonly { readonly identifier: string; readonly code: string }[],
  ): SentEvent;
  /** Sends a message to a service. @param secret Left out, the right one. */
  deliver(serviceUrl: string, event: SentEvent, secret?: string): Promise<Response>;
  close(): Promise<void>;
}

/** A message, as its bytes are signed. */
export interface SentEvent {
  readonly id: string;
  readonly body: string;
}

export const STAND_IN_SECRETS = {
  secretKey: 'sk_test_ofTheStandIn0123456789',
  webhookSecret: 'whsec_of_the_stand_in_0123456789',
} as const;

/** What a service needs to use a stand-in. */
export const standInVariables = (url: string): Record<string, string> => ({
  STRIPE_SECRET_KEY: STAND_IN_SECRETS.secretKey,
  STRIPE_WEBHOOK_SECRET: STAND_IN_SECRETS.webhookSecret,
  STRIPE_PRICE_PLAN: 'price_plan',
  STRIPE_PRICE_ACTIONS: 'price_actions',
  STRIPE_METER: 'mtr_actions',
  STRIPE_API_BASE: url,
});

/** What a service needs besides to top reserves up by card, with tokens of this address. */
export const standInTopUpVariables = (token: string): Record<string, string> => ({
  STRIPE_TOP_UPS: 'on',
  STRIPE_TOP_UP_TOKEN: token,
  STRIPE_TOP_UP_CURRENCY: 'eur',
  STRIPE_TOP_UP_PROGRAM_LIMIT: '300',
  STRIPE_TOP_UP_DAILY_LIMIT: '500',
  STRIPE_TOP_UP_TREASURY_KEY: STAND_IN_TREASURY_KEY,
});
/** Of an account that nothing else of the tests has. */
export const STAND_IN_TREASURY_KEY = `0x${'a7'.repeat(32)}`;

const OK = 200;
const SERVER_ERROR = 500;
const NOT_FOUND = 404;
const MS_PER_SECOND = 1_000;

type Route = (state: StandInState, seen: SeenRequest, id: string) => object;

const ROUTES: readonly (readonly [string, RegExp, Route])[] = [
  ['post', /^\/v1\/customers$/, (state, { body }) => state.createCustomer(body)],
  ['get', /^\/v1\/customers\/([^/]+)$/, (state, _seen, id) => state.customer(id)],
  ['post', /^\/v1\/checkout\/sessions$/, (state, { body }) => state.createSession(body)],
  ['get', /^\/v1\/checkout\/sessions$/, (state, { query }) => state.listSessions(query)],
  [
    'get',
    /^\/v1\/checkout\/sessions\/([^/]+)$/,
    (state, { query }, id) => state.session(id, query),
  ],
  ['post', /^\/v1\/payment_intents\/([^/]+)$/, (state, { body }, id) => state.cards.note(id, body)],
  ['get', /^\/v1\/disputes$/, (state, { query }) => state.cards.listDisputes(query)],
  [
    'post',
    /^\/v1\/checkout\/sessions\/([^/]+)\/expire$/,
    (state, _seen, id) => state.expireSession(id),
  ],
  ['post', /^\/v1\/billing_portal\/sessions$/, (state, { body }) => state.openPortal(body)],
  ['get', /^\/v1\/subscriptions$/, (state, { query }) => state.listSubscriptions(query)],
  ['get', /^\/v1\/invoices$/, (state, { query }) => state.listInvoices(query)],
  ['post', /^\/v1\/billing\/meter_events$/, (state, { body }) => state.addMeterEvent(body)],
  ['get', /^\/v1\/billing\/meters\/([^/]+)$/, (state, _seen, id) => state.meter(id)],
  [
    'get',
    /^\/v1\/billing\/meters\/[^/]+\/event_summaries$/,
    (state, { query }) => state.summaries(query),
  ],
  [
    'get',
    /^\/v2\/core\/events\/([^/]+)$/,
    (state, _seen, id) => {
      const found = state.thinEvents.get(id);
      if (found === undefined) throw new StandInRefusal(NOT_FOUND, 'No such event', 'not_found');
      return found;
    },
  ],
];

async function read(incoming: IncomingMessage): Promise<SeenRequest> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(part as Buffer);
  const { pathname, search } = new URL(incoming.url ?? '/', 'http://stand-in');
  const key = incoming.headers['idempotency-key'];
  return {
    method: (incoming.method ?? 'GET').toLowerCase() as SeenRequest['method'],
    path: pathname,
    query: readForm(search.slice(1)),
    body: readForm(Buffer.concat(parts).toString('utf8')),
    idempotencyKey: typeof key === 'string' ? key : null,
  };
}

interface Outcome {
  readonly status: number;
  readonly body: object;
}

function answer(state: StandInState, seen: SeenRequest): Outcome {
  const faults = seen.path.startsWith('/v1/') ? contractFaults(seen) : [];
  const error = (status: number, message: string, code?: string): Outcome => ({
    status,
    body: { error: { type: 'invalid_request_error', message, code } },
  });
  if (faults.length > 0) return error(400, faults.join('; '));
  for (const [method, matcher, route] of ROUTES) {
    const match = seen.method === method ? matcher.exec(seen.path) : null;
    if (match === null) continue;
    try {
      return { status: OK, body: route(state, seen, match[1] ?? '') };
    } catch (caught) {
      if (!(caught instanceof StandInRefusal)) throw caught;
      return error(caught.status, caught.message, caught.code);
    }
  }
  return error(NOT_FOUND, `Unrecognized request URL (${seen.method} ${seen.path})`);
}

const stripe = new Stripe(STAND_IN_SECRETS.secretKey);

/** Signs a message as Stripe does. @param atMs Left out, now. */
export const signatureOf = (
  payload: string,
  secret: string = STAND_IN_SECRETS.webhookSecret,
  atMs = Date.now(),
): string => {
  const timestamp = Math.floor(atMs / MS_PER_SECOND);
  return stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
};

export async function startStripeStandIn(): Promise<StripeStandIn> {
  const state = new StandInState();
  const requests: SeenRequest[] = [];
  /** Answers by idempotency key: the same key with another request is refused. */
  const answered = new Map<string, { readonly of: string; readonly outcome: Outcome }>();
  let decide: (seen: SeenRequest) => Fault | null = () => null;

  function outcomeOf(seen: SeenRequest): Outcome {
    const { idempotencyKey: key } = seen;
    if (key === null) return answer(state, seen);
    const of = JSON.stringify([seen.path, seen.body]);
    const known = answered.get(key);
    if (known !== undefined && known.of !== of) {
      const body = { error: { type: 'idempotency_error', message: 'The key was used before.' } };
      return { status: 400, body };
    }
    const outcome = known?.outcome ?? answer(state, seen);
    answered.set(key, { of, outcome });
    return outcome;
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const seen = await read(incoming);
    requests.push(seen);
    const fault = decide(seen);
    if (fault === 'DIE_BEFORE') return void incoming.socket.destroy();
    const { status, body } = outcomeOf(seen);
    if (fault === 'DIE_AFTER') return void incoming.socket.destroy();
    if (fault === 'HANG') return;
    const isLie = fault === 'LIE';
    response.writeHead(isLie ? SERVER_ERROR : status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isLie ? { error: { type: 'api_error', message: 'no' } } : body));
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    ...{ url, state, requests },
    fail: (chosen) => {
      decide = chosen;
    },
    event: (type, object, id = state.nextId('evt')) => {
      const created = Math.floor(state.nowMs() / MS_PER_SECOND);
      const event = { id, object: 'event', type, created, livemode: false, data: { object } };
      return { id, body: JSON.stringify(event) };
    },
    meterRefusal: (refused) => {
      const id = state.nextId('evt');
      const thin = {
        ...{ id, object: 'v2.core.event', livemode: false },
        ...{ type: 'v1.billing.meter.error_report_triggered' },
        created: new Date(state.nowMs()).toISOString(),
        related_object: { id: 'mtr_actions', type: 'billing.meter', url: '/v1/billing/meters/x' },
      };
      const types = refused.map(({ identifier, code }) => ({
        ...{ code, error_count: 1 },
        sample_errors: [{ error_message: 'no', request: { identifier } }],
      }));
      const reason = { error_count: refused.length, error_types: types };
      state.thinEvents.set(id, { ...thin, data: { developer_message_summary: '', reason } });
      return { id, body: JSON.stringify(thin) };
    },
    deliver: async (serviceUrl, { body }, secret) =>
      request(serviceUrl)
        .post('/webhooks/stripe')
        .set('content-type', 'application/json')
        .set('stripe-signature', signatureOf(body, secret))
        .send(body),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
