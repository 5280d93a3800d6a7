import request from 'supertest';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createLogger } from './lib/logger.ts';
import { tokenOn } from './testing/builders/program.ts';
import { SECRETS } from './testing/foundation.ts';
import { openMailbox, type Mailbox } from './testing/people/mailbox.ts';
import {
  signatureOf,
  STAND_IN_SECRETS,
  STAND_IN_TREASURY_KEY,
  startStripeStandIn,
  standInTopUpVariables,
  standInVariables,
  type StripeStandIn,
} from './testing/payments/stripeStandIn.ts';
import { PASSWORD, openBrowser, signedInAs } from './testing/people/people.ts';
import { rootRequests } from './testing/sampleInput.ts';
import { startService, type TestService } from './testing/service.ts';

const EMAIL = 'owner-of-secrets@shop.example';
const MEMBER = 'member-whose-name-is-no-business-of-logs';

const lines: string[] = [];
let mailbox: Mailbox;
let service: TestService;
let standIn: StripeStandIn;
/** What must be in no line, each by its name. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  mailbox = await openMailbox();
  standIn = await startStripeStandIn();
  service = await startService({
    log: createLogger({
      level: 'trace',
      pretty: false,
      destination: { write: (line) => void lines.push(line) },
    }),
    hasLive: true,
    env: async ({ live }) => ({
      SMTP_URL: mailbox.url,
      DEWPOINT_MAIL_FROM: 'Dewpoint <points@shop.example>',
      DEWPOINT_TRUSTED_PROXIES: '1',
      ...standInVariables(standIn.url),
      ...(live !== null && standInTopUpVariables(await tokenOn(live))),
    }),
  });
});
afterAll(async () => {
  await service.close();
  await standIn.close();
  await mailbox.close();
});

/** Everything that the API can be asked, by a key, a member and a person, with and without mistakes. */
async function askEverything(): Promise<void> {
  const { mine } = service;
  await service.earn(MEMBER, 2);
  const opened = await service.ask(
    mine.key,
    `mutation { memberSessionCreate(input: { memberId: "${MEMBER}", idempotencyKey: "s" }) { token } }`,
  );
  const { memberSessionCreate } = opened.data as { memberSessionCreate: { token: string } };
  secrets.set("a member's token", memberSessionCreate.token);
  const person = await signedInAs(service.url, mailbox, EMAIL);
  const [, cookie = ''] = /session_token=([^;]+)/.exec(person.cookie()) ?? [];
  secrets.set("a person's session", cookie);
  for (const { query, variables } of rootRequests({ memberId: MEMBER, eventId: 'e', id: 'x' })) {
    for (const key of [mine.key, memberSessionCreate.token, null]) {
      await service.send(key, query, variables);
    }
    await person.ask(query, variables);
  }
  // In places where they do not belong.
  const { url } = service;
  const { key } = mine;
  await request(url).get(`/graphql?key=${key}`);
  await request(url).get(`/${key}`);
  await request(url).post('/graphql').set('authorization', `Basic ${key}`).send('{');
  await request(url)
    .post('/graphql')
    .set('x-request-id', key)
    .send({ query: `{ ${key} }` });
  // Messages about payments that are true, forged, and no messages; and a provider that refuses everything.
  await standIn.deliver(url, standIn.event('invoice.paid', { customer: 'cus_1' }));
  await standIn.deliver(url, standIn.event('invoice.paid', {}), STAND_IN_SECRETS.secretKey);
  await request(url).post(`/webhooks/stripe/${STAND_IN_SECRETS.webhookSecret}`).send('x');
  await request(url).post('/webhooks/stripe').set('stripe-signature', signatureOf('x')).send('x');
  standIn.fail(() => 'LIE');
  await standIn.deliver(url, standIn.event('invoice.paid', { customer: 'cus_2' }));
  await openBrowser(url).post('/auth/sign-in/email', { email: EMAIL, password: `${PASSWORD}!` });
}

it('no line of the log has a secret, whatever is asked and however it fails', async () => {
  secrets.set("an app's key", service.mine.key);
  secrets.set("another app's key", service.theirs.key);
  secrets.set('a password', PASSWORD);
  for (const [name, secret] of Object.entries<string>({ ...SECRETS, ...STAND_IN_SECRETS }))
    secrets.set(name, secret);
  // With and without the prefix: keys are handed on as bytes, too.
  secrets.set('the key of the treasury', STAND_IN_TREASURY_KEY.slice(2));
  await askEverything();
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(200), { timeout: 60_000 });
  const log = lines.join('');
  // It is the log of these requests.
  expect(log).toContain('"path":"/graphql"');
  expect(log).toContain('Top-ups of reserves by card are on');
  const found = [...secrets].filter(([, secret]) => secret === '' || log.includes(secret));
  expect(found.map(([name]) => name)).toEqual([]);
  expect(log).not.toContain(MEMBER);
  expect(log).not.toContain(EMAIL);
});
