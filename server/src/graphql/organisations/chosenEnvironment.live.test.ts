import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodProgram } from '../../testing/badPrograms.ts';
import { openMailbox, type Mailbox } from '../../testing/people/mailbox.ts';
import { signedInAs, turnOnTwoFactor, type Browser } from '../../testing/people/people.ts';
import { MUTATIONS, rootRequests } from '../../testing/sampleInput.ts';
import {
  finalAnswer,
  once,
  startService,
  type Answer,
  type KeyedProgram,
  type TestService,
} from '../../testing/service.ts';
import { encodeGlobalId } from '../core/globalId.ts';

let mailbox: Mailbox;
let service: TestService;
let live: KeyedProgram;
beforeAll(async () => {
  mailbox = await openMailbox();
  service = await startService({
    hasLive: true,
    env: {
      SMTP_URL: mailbox.url,
      DEWPOINT_MAIL_FROM: 'Dewpoint <points@shop.example>',
      DEWPOINT_TRUSTED_PROXIES: '1',
    },
  });
  if (service.live === null) throw new Error('there is no live program');
  ({ live } = service);
});
afterAll(async () => {
  await service.close();
  await mailbox.close();
});

const CREATE = `mutation ($input: ProgramCreateInput!) { programCreate(input: $input) {
  program { id name chainId } transaction { id status } userErrors { field code } } }`;
const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];

/** An owner of a new organisation, and what its pages send with a request that is for live. */
interface Owner {
  readonly browser: Browser;
  readonly headers: Readonly<Record<string, string>>;
}

async function owner(slug: string): Promise<Owner> {
  const browser = await signedInAs(service.url, mailbox, `owner@${slug}.example`);
  const found = `mutation { organisationCreate(input: { name: "Shop", slug: "${slug}", idempotencyKey: "1" }) { userErrors { code } } }`;
  expect((await browser.ask(found)).data).toEqual({ organisationCreate: { userErrors: [] } });
  return {
    browser,
    headers: { 'dewpoint-organisation': slug, 'dewpoint-environment': 'live' },
  };
}

const create = ({ browser, headers }: Owner, name: string): Promise<Answer> => {
  const { address } = live.program.settlementToken;
  const input = { ...goodProgram(address), name, idempotencyKey: `create ${name}` };
  return finalAnswer(() => browser.ask(CREATE, { input }, headers));
};

const TEST = ['TEST', 31_337] as const;
const LIVE = (): readonly unknown[] => ['LIVE', live.program.chainId];
/** What a person reads of each environment: its name, its chain, and whether it can be used. */
async function environmentsOf({ browser, headers }: Owner): Promise<unknown> {
  const query = '{ organisation { environments { environment chainId isUsable } } }';
  const { data } = await browser.ask(query, {}, headers);
  const { environments } = data?.['organisation'] as { environments: object[] };
  return environments.map((one) => Object.values(one) as unknown[]);
}

it('says the time of each chain, by which a first program begins', async () => {
  const one = await owner('timely-shop');
  const { data } = await one.browser.ask(
    '{ organisation { environments { environment now } } }',
    {},
    one.headers,
  );
  const { environments } = data?.['organisation'] as { environments: { now: string }[] };
  for (const [at, chain] of [service.foundation, service.foundation.live].entries()) {
    const { nowMs } = (await chain?.chain.clock.now()) ?? { nowMs: NaN };
    const toldMs = Date.parse(environments[at]?.now ?? '');
    expect(toldMs).toBeLessThanOrEqual(nowMs);
    expect(toldMs).toBeGreaterThan(nowMs - 600_000);
  }
});

describe('a person who chooses live', () => {
  const ready = once(async () => {
    const one = await owner('live-shop');
    expect(await environmentsOf(one)).toEqual([
      [...TEST, true],
      [...LIVE(), false],
    ]);
    expect(codeOf(await create(one, 'Early'))).toBe('TWO_FACTOR_REQUIRED');
    await turnOnTwoFactor(one.browser);
    expect(await environmentsOf(one)).toEqual([
      [...TEST, true],
      [...LIVE(), true],
    ]);
    const answer = await create(one, 'First');
    expect(answer.data).toMatchObject({
      programCreate: {
        program: { name: 'First', chainId: live.program.chainId },
        userErrors: [],
      },
    });
    const { program } = answer.data?.['programCreate'] as { program: { id: string } };
    return { ...one, program };
  });

  it('creates the first live program with an authenticator app, and not without one', async () => {
    await ready();
    const stored = await service.services.programs.list();
    expect(stored.find(({ name }) => name === 'First')).toMatchObject({ environment: 'live' });
    expect(stored.some(({ name }) => name === 'Early')).toBe(false);
  });

  it('makes keys for live, and sees those of live alone', async () => {
    const { browser, headers } = await ready();
    const make = `mutation { apiKeyCreate(input: { name: "till", scopes: [PROGRAM_READ], idempotencyKey: "1" }) { key } }`;
    const { data } = await browser.ask(make, {}, headers);
    expect(data?.['apiKeyCreate']).toEqual({
      key: expect.stringMatching(/^dw_live_/) as string,
    });
    const keys = '{ apiKeys { edges { node { name } } } }';
    const { 'dewpoint-environment': _, ...inTest } = headers;
    expect((await browser.ask(keys, {}, headers)).data).toEqual({
      apiKeys: { edges: [{ node: { name: 'till' } }] },
    });
    expect((await browser.ask(keys, {}, inTest)).data).toEqual({ apiKeys: { edges: [] } });
  });

  it('is refused one that is not that of the program, and takes one that is', async () => {
    const { browser, headers, program } = await ready();
    const name = '{ program { name } }';
    const named = { ...headers, 'dewpoint-program': program.id };
    const wrong = { ...named, 'dewpoint-environment': 'test' };
    expect((await browser.ask(name, {}, named)).data).toEqual({ program: { name: 'First' } });
    expect(codeOf(await browser.ask(name, {}, wrong))).toBe('FORBIDDEN');
  });
});

it('a person acts for no member of a live program', async () => {
  const one = await owner('acting-shop');
  await turnOnTwoFactor(one.browser);
  const { data } = await create(one, 'Acting');
  const { program } = data?.['programCreate'] as { program: { id: string } };
  const headers = { ...one.headers, 'dewpoint-program': program.id };
  const forMembers = new Set(
    MUTATIONS.flatMap(({ name, kind }) => (kind === 'MEMBER' ? [`Mutation.${name}`] : [])),
  );
  const writes = rootRequests({ memberId: 'mei' }).filter(({ name }) => forMembers.has(name));
  expect(writes).toHaveLength(forMembers.size);
  for (const { name, query, variables } of writes) {
    const answer = await one.browser.ask(query, variables, headers);
    expect([name, codeOf(answer)]).toEqual([name, 'FORBIDDEN']);
    expect(answer.errors?.[0]?.message).toContain("only the app's own backend");
  }
});

it('an owner without an authenticator app changes no team that a program is live beside', async () => {
  const one = await owner('guarded-shop');
  const other = await signedInAs(service.url, mailbox, 'second@guarded-shop.example');
  const inTest = { 'dewpoint-organisation': 'guarded-shop' };
  let calls = 0;
  const ask = (
    by: Browser,
    name: string,
    input: object,
    selection: string,
    headers: Readonly<Record<string, string>> = inTest,
  ): Promise<Answer> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code } } }`;
    return by.ask(query, { input: { ...input, idempotencyKey: `guarded ${++calls}` } }, headers);
  };
  const invite = (by: Browser, name: string): Promise<Answer> => {
    const input = { email: `${name}@guarded-shop.example`, role: 'OWNER' };
    return ask(by, 'invitationCreate', input, 'invitation { id }');
  };
  // Before there is a live program, a password is enough.
  const { data } = await invite(one.browser, 'second');
  const { invitation } = data?.['invitationCreate'] as { invitation: { id: string } };
  const joins = await ask(
    ...([other, 'invitationAccept', { id: invitation.id }, 'organisation { slug }', {}] as const),
  );
  expect(joins.data).toMatchObject({ invitationAccept: { userErrors: [] } });
  await turnOnTwoFactor(one.browser);
  expect((await create(one, 'Guarded')).data).toMatchObject({ programCreate: { userErrors: [] } });

  const people = await other.ask('{ person { id } }');
  const { id: personId } = people.data?.['person'] as { id: string };
  const refused = [
    await invite(other, 'third'),
    await ask(other, 'teamRoleSet', { personId, role: 'MANAGER' }, 'member { role }'),
    await ask(other, 'teamMemberRemove', { personId }, 'personId'),
  ];
  expect(refused.map(codeOf)).toEqual(refused.map(() => 'TWO_FACTOR_REQUIRED'));
  await turnOnTwoFactor(other);
  const { data: invited } = await invite(other, 'third');
  expect(invited).toMatchObject({ invitationCreate: { userErrors: [] } });
});

it('a key, and a session of a member, are refused an environment that is not theirs', async () => {
  const open = `mutation { memberSessionCreate(input: { memberId: "mei", idempotencyKey: "1" }) { token } }`;
  const { data } = await service.ask(live.key, open);
  const { token } = data?.['memberSessionCreate'] as { token: string };
  const ask = async (environment: string, query: string, bearer: string): Promise<Answer> => {
    const call = supertest(service.url).post('/graphql').set('authorization', `Bearer ${bearer}`);
    return (await call.set('dewpoint-environment', environment).send({ query })).body as Answer;
  };
  const viewer = '{ viewer { program { name } } }';
  expect((await ask('live', viewer, token)).data).toEqual({
    viewer: { program: { name: 'Live' } },
  });
  expect(codeOf(await ask('test', viewer, token))).toBe('UNAUTHENTICATED');
  const id = encodeGlobalId('Program', live.program.id);
  const name = `{ program(id: "${id}") { name } }`;
  expect((await ask('live', name, live.key)).data).toEqual({ program: { name: 'Live' } });
  expect(codeOf(await ask('test', name, live.key))).toBe('UNAUTHENTICATED');
  const wrong = await ask('production', name, live.key);
  expect(wrong.errors?.[0]?.extensions).toMatchObject({
    ...{ code: 'MALFORMED', field: 'dewpoint-environment' },
  });
});
