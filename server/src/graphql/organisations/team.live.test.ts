import { afterAll, beforeAll, expect, it } from 'vitest';
import { composePeople } from '../../composition/composePeople.ts';
import { composeServices } from '../../composition/composeServices.ts';
import { leaveTeam } from '../../services/organisations/leaveTeam.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { silentLogger } from '../../testing/foundation.ts';
import { openMailbox, type Mailbox } from '../../testing/people/mailbox.ts';
import { openBrowser, PASSWORD, signedInAs, type Browser } from '../../testing/people/people.ts';
import { startService, type Answer, type TestService } from '../../testing/service.ts';

let mailbox: Mailbox;
let service: TestService;
beforeAll(async () => {
  mailbox = await openMailbox();
  service = await startService({
    roles: ['both', 'api'],
    env: {
      SMTP_URL: mailbox.url,
      DEWPOINT_MAIL_FROM: 'Dewpoint <points@shop.example>',
      DEWPOINT_TRUSTED_PROXIES: '1',
    },
  });
});
afterAll(async () => {
  await service.close();
  await mailbox.close();
});

const person = (email: string): Promise<Browser> => signedInAs(service.url, mailbox, email);

const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];

/** Calls a mutation; gives what it selects, or the codes of what was refused. */
async function call(
  browser: Browser,
  organisation: string | null,
  name: string,
  input: object,
  selection: string,
): Promise<unknown> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { code } } }`;
  const headers = organisation === null ? {} : { 'dewpoint-organisation': organisation };
  const keyed = { idempotencyKey: service.key(), ...input };
  const answer = await browser.ask(query, { input: keyed }, headers);
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  const { userErrors, ...result } = answer.data[name] as { userErrors: { code: string }[] };
  return userErrors.length > 0 ? userErrors.map(({ code }) => code) : Object.values(result)[0];
}

const create = (by: Browser, slug: string, more: object = {}): Promise<unknown> =>
  call(by, null, 'organisationCreate', { name: 'Shop', slug, ...more }, 'organisation { id }');
const idOf = (result: unknown): string => (result as { id: string }).id;

async function joined(owner: Browser, slug: string, email: string, role: string): Promise<Browser> {
  const browser = await person(email);
  const input = { email, role };
  const made = await call(owner, slug, 'invitationCreate', input, 'invitation { id url }');
  await call(browser, null, 'invitationAccept', { id: idOf(made) }, 'organisation { id }');
  return browser;
}

const TEAM = '{ organisation { slug team { personId email role } invitations { email role } } }';
interface Shown {
  readonly team: readonly { personId: string; email: string; role: string }[];
  readonly invitations: readonly { email: string }[];
}
const shown = async (browser: Browser, slug: string): Promise<Shown> => {
  const { data } = await browser.ask(TEAM, {}, { 'dewpoint-organisation': slug });
  return data?.['organisation'] as Shown;
};
const personId = async (browser: Browser): Promise<string> =>
  ((await browser.ask('{ person { id } }')).data?.['person'] as { id: string }).id;

it('an organisation is made once under one key, and its slug is one', async () => {
  const owner = await person('one@shop.example');
  const idempotencyKey = service.key();
  const made = await Promise.all(
    Array.from({ length: 50 }, (_, index) =>
      create(index % 2 === 0 ? owner : owner.on(service.servers[1]?.url ?? ''), 'one-shop', {
        idempotencyKey,
      }),
    ),
  );
  expect(new Set(made.map(idOf)).size).toBe(1);
  expect(idOf(made[0])).toMatch(/^org_[0-9a-f]{16}$/);
  expect(await create(owner, 'one-shop')).toEqual(['SLUG_TAKEN']);
  expect(await create(owner, 'Not A Slug')).toEqual(['MALFORMED']);
  const { data } = await owner.ask(
    '{ person { memberships { role organisation { slug environments { environment } } } } }',
  );
  // A service without a live chain has one of the two.
  const organisation = { slug: 'one-shop', environments: [{ environment: 'TEST' }] };
  const memberships = [{ role: 'OWNER', organisation }];
  expect(data).toEqual({ person: { memberships } });
});

it('only the person who was invited joins, once, in the role of the invitation', async () => {
  const owner = await person('owner@shop.example');
  await create(owner, 'invited-shop');
  const [guest, other] = [await person('guest@shop.example'), await person('eve@shop.example')];
  const input = { email: 'Guest@Shop.example', role: 'FULFILLER' };
  const made = await call(owner, 'invited-shop', 'invitationCreate', input, 'invitation { id }');
  const id = idOf(made);
  expect(await mailbox.link('guest@shop.example', /console\/invite/)).toContain(id);
  const accept = (by: Browser): Promise<unknown> =>
    call(by, null, 'invitationAccept', { id }, 'organisation { slug }');
  const offer = `{ invitation(id: "${id}") { organisationName role expiresAt } }`;
  const offered = async (by: Browser): Promise<unknown> =>
    (await by.ask(offer)).data?.['invitation'];
  expect(await offered(other)).toBeNull();
  expect(await offered(owner)).toBeNull();
  expect(await offered(guest)).toMatchObject({ organisationName: 'Shop', role: 'FULFILLER' });
  expect(await accept(other)).toEqual(['NOT_FOUND']);
  expect(await accept(guest)).toEqual({ slug: 'invited-shop' });
  expect(await accept(guest)).toEqual(['NOT_FOUND']);
  expect(await offered(guest)).toBeNull();
  const { team, invitations } = await shown(owner, 'invited-shop');
  expect(team.map(({ email, role }) => [email, role])).toEqual([
    ['owner@shop.example', 'OWNER'],
    ['guest@shop.example', 'FULFILLER'],
  ]);
  expect(invitations).toEqual([]);
  expect(await call(owner, 'invited-shop', 'invitationCreate', input, 'invitation { id }')).toEqual(
    ['ALREADY_IN_TEAM'],
  );
  const late = { email: 'eve@shop.example', role: 'OWNER' };
  const taken = idOf(
    await call(owner, 'invited-shop', 'invitationCreate', late, 'invitation { id }'),
  );
  expect(await call(owner, 'invited-shop', 'invitationCancel', { id: taken }, 'id')).toBe(taken);
  expect(
    await call(other, null, 'invitationAccept', { id: taken }, 'organisation { slug }'),
  ).toEqual(['NOT_FOUND']);
});

it.each(['lowered', 'removed', 'gone'] as const)(
  'an invitation ends when the owner who made it is %s',
  async (how) => {
    const slug = `${how}-shop`;
    const owner = await person(`${how}-owner@shop.example`);
    const organisationId = idOf(await create(owner, slug));
    const other = await joined(owner, slug, `${how}-other@shop.example`, 'OWNER');
    const [id, back] = [await personId(other), await person(`${how}-back@shop.example`)];
    const again = { email: `${how}-back@shop.example`, role: 'OWNER' };
    const made = idOf(await call(other, slug, 'invitationCreate', again, 'invitation { id }'));
    const kept = { email: `${how}-kept@shop.example`, role: 'VIEWER' };
    await call(owner, slug, 'invitationCreate', kept, 'invitation { id }');
    if (how === 'gone') {
      await call(other, null, 'teamLeave', { organisationId }, 'organisationId');
    } else if (how === 'removed') {
      await call(owner, slug, 'teamMemberRemove', { personId: id }, 'personId');
    } else {
      const role = { personId: id, role: 'MANAGER' };
      await call(owner, slug, 'teamRoleSet', role, 'member { role }');
    }
    const accepted = call(back, null, 'invitationAccept', { id: made }, 'organisation { slug }');
    expect(await accepted).toEqual(['NOT_FOUND']);
    expect((await shown(owner, slug)).invitations).toMatchObject([{ email: kept.email }]);
  },
);

it('an owner who is lowered does not raise itself again by what waited meanwhile', async () => {
  const first = await person('first@raise.example');
  await create(first, 'raise');
  const second = await joined(first, 'raise', 'second@raise.example', 'OWNER');
  const team = '{ organisation { team { personId email role } } }';
  const all = async (): Promise<{ personId: string; email: string; role: string }[]> => {
    const { data } = await first.ask(team, {}, { 'dewpoint-organisation': 'raise' });
    return (data?.['organisation'] as { team: never[] }).team;
  };
  const ofSecond = async () => (await all()).find(({ email }) => email.startsWith('second'));
  const personId = (await ofSecond())?.personId ?? '';
  const set = (by: Browser, role: string): Promise<unknown> =>
    call(by, 'raise', 'teamRoleSet', { personId, role }, 'member { role }').catch(String);
  for (let round = 0; round < 4; round += 1) {
    await set(first, 'OWNER');
    const raises = Array.from({ length: 12 }, () => set(second, 'OWNER'));
    const lowered = set(first, 'VIEWER');
    await Promise.all([lowered, ...raises]);
    expect(await lowered).toEqual({ role: 'VIEWER' });
    expect((await ofSecond())?.role).toBe('VIEWER');
  }
});

it('an organisation keeps an owner, whichever two leave at the same time', async () => {
  const first = await person('first@shop.example');
  await create(first, 'owned-shop');
  const alone = { personId: await personId(first) };
  expect(await call(first, 'owned-shop', 'teamMemberRemove', alone, 'personId')).toEqual([
    'LAST_OWNER',
  ]);
  const demoted = { ...alone, role: 'VIEWER' };
  expect(await call(first, 'owned-shop', 'teamRoleSet', demoted, 'member { role }')).toEqual([
    'LAST_OWNER',
  ]);
  const second = await joined(first, 'owned-shop', 'second@shop.example', 'OWNER');
  const results = await Promise.all(
    [first, second].map(async (by) => {
      const input = { personId: await personId(by), role: 'VIEWER' };
      return call(by, 'owned-shop', 'teamRoleSet', input, 'member { role }');
    }),
  );
  expect(results).toContainEqual(['LAST_OWNER']);
  expect(results).toContainEqual({ role: 'VIEWER' });
});

it('a person who leaves is out on every server, once under one key, and the last owner stays', async () => {
  const owner = await person('stays@shop.example');
  const organisationId = idOf(await create(owner, 'left-shop'));
  const leave = (by: Browser, idempotencyKey = service.key()): Promise<unknown> =>
    call(by, null, 'teamLeave', { organisationId, idempotencyKey }, 'organisationId');
  expect(await leave(owner)).toEqual(['LAST_OWNER']);
  const helper = await joined(owner, 'left-shop', 'leaves@shop.example', 'FULFILLER');
  const key = service.key();
  const other = helper.on(service.servers[1]?.url ?? '');
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => leave(index % 2 === 0 ? helper : other, key)),
  );
  expect(new Set(answers)).toEqual(new Set([organisationId]));
  for (const browser of [helper, other]) {
    const headers = { 'dewpoint-organisation': 'left-shop' };
    expect(codeOf(await browser.ask('{ program { name } }', {}, headers))).toBe('FORBIDDEN');
  }
  expect(await leave(helper)).toEqual(['NOT_FOUND']);
  const joins = `{ auditLog(mutation: "invitationAccept") { edges { node { actor { name } answer { after } } } } }`;
  const joinLog = await owner.ask(joins, {}, { 'dewpoint-organisation': 'left-shop' });
  expect(joinLog.data).toMatchObject({
    auditLog: { edges: [{ node: { actor: { name: 'leaves@shop.example' } } }] },
  });
  expect(JSON.stringify(joinLog.data)).toContain('fulfiller');
  const log = `{ auditLog(mutation: "teamLeave") { edges { node {
    actor { name } before answer { userErrors { code } error after } } } } }`;
  const { data } = await owner.ask(log, {}, { 'dewpoint-organisation': 'left-shop' });
  const { edges } = data?.['auditLog'] as { edges: { node: { before: string } }[] };
  expect(edges).toMatchObject([
    { node: { actor: { name: 'leaves@shop.example' }, answer: { userErrors: [], error: null } } },
    { node: { answer: { userErrors: [{ code: 'LAST_OWNER' }] } } },
  ]);
  expect(JSON.parse(edges[0]?.node.before ?? '')).toMatchObject({ role: 'fulfiller' });
});

it('of two owners who leave at the same time, one stays', async () => {
  const first = await person('quick@shop.example');
  const organisationId = idOf(await create(first, 'two-shop'));
  const second = await joined(first, 'two-shop', 'quicker@shop.example', 'OWNER');
  const results = await Promise.all(
    [first, second.on(service.servers[1]?.url ?? '')].map((by) =>
      call(by, null, 'teamLeave', { organisationId }, 'organisationId'),
    ),
  );
  expect(results).toContainEqual(['LAST_OWNER']);
  expect(results).toContainEqual(organisationId);
});

it('a person who leaves while a process dies is out, and told so', async () => {
  const owner = await person('safe@shop.example');
  const organisationId = idOf(await create(owner, 'dying-shop'));
  const { foundation } = service;
  const settings = { mail: null, publicUrl: service.url };
  const { organisations, team } = composePeople(
    foundation,
    settings,
    silentLogger,
    () => service.url,
  ).graphql;
  const helper = await joined(owner, 'dying-shop', 'dies@shop.example', 'VIEWER');
  const leaver = (await team.list(organisationId)).find(({ role }) => role === 'viewer')?.person;
  if (leaver === undefined) throw new Error('the helper is not there');
  const input = { organisationId, idempotencyKey: service.key() };
  for (let calls = 0; ; calls += 1) {
    const { store, died } = dyingStore(foundation.store, calls, { onceKeys: 'all' });
    const { once } = composeServices({ ...foundation, store }, { wake: () => undefined });
    const left = await leaveTeam({ once, organisations, team }, leaver, input, (_, leave) =>
      leave(),
    ).catch((error: unknown) => String(error));
    expect(left).toBe(died() ? 'Error: The process died.' : organisationId);
    if (!died()) break;
  }
  expect((await team.list(organisationId)).map(({ role }) => role)).toEqual(['owner']);
  const memberships = '{ person { memberships { role } } }';
  expect((await helper.ask(memberships)).data).toEqual({ person: { memberships: [] } });
});

it('a role holds from the next request on, and says what may be done', async () => {
  const owner = await person('boss@shop.example');
  await create(owner, 'roles-shop');
  const helper = await joined(owner, 'roles-shop', 'helper@shop.example', 'FULFILLER');
  const headers = { 'dewpoint-organisation': 'roles-shop' };
  expect(codeOf(await helper.ask(TEAM, {}, headers))).toBe('FORBIDDEN');
  const id = await personId(helper);
  const role = { personId: id, role: 'VIEWER' };
  await call(owner, 'roles-shop', 'teamRoleSet', role, 'member { role }');
  expect((await shown(helper, 'roles-shop')).team).toHaveLength(2);
  const refused = { email: 'more@shop.example', role: 'OWNER' };
  await expect(
    call(helper, 'roles-shop', 'invitationCreate', refused, 'invitation { id }'),
  ).rejects.toThrow('FORBIDDEN');
  await call(owner, 'roles-shop', 'teamMemberRemove', { personId: id }, 'personId');
  const outside = await helper.ask(TEAM, {}, headers);
  const nowhere = await helper.ask(TEAM, {}, { 'dewpoint-organisation': 'no-shop' });
  expect([codeOf(outside), codeOf(nowhere)]).toEqual(['FORBIDDEN', 'FORBIDDEN']);
});

it('a session that is ended is over at once on every server, and nobody ends that of another', async () => {
  const email = 'sessions@shop.example';
  const [mine, other] = [await person(email), await person('thief@shop.example')];
  const elsewhere = openBrowser(service.servers[1]?.url ?? '');
  await elsewhere.post('/auth/sign-in/email', { email, password: PASSWORD });
  const { data } = await mine.ask('{ person { sessions { id isCurrent } } }');
  const { sessions } = data?.['person'] as { sessions: { id: string; isCurrent: boolean }[] };
  expect(sessions.map(({ isCurrent }) => isCurrent).sort()).toEqual([false, true]);
  const id = sessions.find(({ isCurrent }) => !isCurrent)?.id;
  expect(await call(other, null, 'sessionRevoke', { id }, 'id')).toEqual(['NOT_FOUND']);
  expect((await elsewhere.ask('{ person { email } }')).data).toEqual({ person: { email } });
  expect(await call(mine, null, 'sessionRevoke', { id }, 'id')).toBe(id);
  expect(codeOf(await elsewhere.ask('{ person { email } }'))).toBe('UNAUTHENTICATED');
});

it('a page of another site can do nothing with the session of a person', async () => {
  const mine = await person('csrf@shop.example');
  const headers = { origin: 'https://evil.example' };
  expect(codeOf(await mine.ask('{ person { email } }', {}, headers))).toBe('FORBIDDEN');
});

it('is told in so many words where the service has no live chain', async () => {
  const browser = await person('early@shop.example');
  const answer = await browser.ask('{ person { email } }', {}, { 'dewpoint-environment': 'live' });
  expect(answer.errors?.[0]).toMatchObject({
    message: expect.stringContaining('no live chain') as string,
    extensions: { code: 'CHAIN_UNAVAILABLE', retryAfterMs: 60_000 },
  });
});
