import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import request from 'supertest';
import { openMailbox, type Mailbox } from '../../testing/people/mailbox.ts';
import { openBrowser, PASSWORD, type Browser } from '../../testing/people/people.ts';
import { startService, type TestService } from '../../testing/service.ts';

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

const browser = (): Browser => openBrowser(service.url);
const second = (): string => service.servers[1]?.url ?? '';
const VERIFY = /\/auth\/verify-email/;
const NEW_PASSWORD = /\/console\/new-password/;
const pathOf = (link: string): string => link.slice(new URL(link).origin.length);
const tokenOf = (link: string): string => new URL(link).searchParams.get('token') ?? '';

async function signedUp(email: string): Promise<Browser> {
  const person = browser();
  await person.post('/auth/sign-up/email', { name: 'Mei', email, password: PASSWORD });
  await person.get(pathOf(await mailbox.link(email, VERIFY)));
  return person;
}

async function signedIn(email: string): Promise<Browser> {
  const person = await signedUp(email);
  const { status } = await person.post('/auth/sign-in/email', { email, password: PASSWORD });
  expect(status).toBe(200);
  return person;
}

const isSignedIn = async (person: Browser): Promise<boolean> =>
  (await person.get('/auth/get-session')).body !== null;

describe('signing up', () => {
  it('lets a person in once the address is confirmed, and not before', async () => {
    const email = 'mei@shop.example';
    const person = browser();
    const { status } = await person.post('/auth/sign-up/email', {
      name: 'Mei',
      email: 'Mei@Shop.example',
      password: PASSWORD,
    });
    expect([status, person.cookie()]).toEqual([200, '']);
    const early = await person.post('/auth/sign-in/email', { email, password: PASSWORD });
    expect([early.status, early.body]).toMatchObject([403, { code: 'EMAIL_NOT_VERIFIED' }]);
    await person.get(pathOf(await mailbox.link(email, VERIFY)));
    await person.post('/auth/sign-in/email', { email, password: PASSWORD });
    expect(await isSignedIn(person)).toBe(true);
    expect(await isSignedIn(person.on(second()))).toBe(true);
  });

  it('makes one person of 20 sign-ups under one address at the same time, and answers all alike', async () => {
    const email = 'twenty@shop.example';
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? browser() : openBrowser(second())).post('/auth/sign-up/email', {
          name: 'Mei',
          email,
          password: PASSWORD,
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const shapes = answers.map(({ body }) => {
      const { token, user } = body as { token: unknown; user: Record<string, unknown> };
      return [token, Object.keys(user), user['email'], String(user['id']).length];
    });
    expect(shapes).toEqual(shapes.map(() => shapes[0]));
    const people = service.foundation.store.peopleDatabase.collection('people');
    expect(await people.countDocuments({ email })).toBe(1);
    const accounts = service.foundation.store.peopleDatabase.collection('passwords');
    const person = await people.findOne({ email });
    expect(await accounts.countDocuments({ userId: person?._id as never })).toBe(1);
  });

  it('answers an address that is known as one that is new, and tells its owner alone', async () => {
    const email = 'known@shop.example';
    await signedUp(email);
    const bodies = [email, 'new@shop.example'].map(async (address) => {
      const answer = await browser().post('/auth/sign-up/email', {
        name: 'Eve',
        email: address,
        password: PASSWORD,
      });
      const { user } = answer.body as { user: Record<string, unknown> };
      return [answer.status, Object.keys(user), Object.keys(answer.headers).sort()];
    });
    const [known, fresh] = await Promise.all(bodies);
    expect(known).toEqual(fresh);
    await mailbox.link('new@shop.example', VERIFY);
    await mailbox.letter(email, /which has one/);
  });

  it.each([
    [{ name: '' }, 'REQUIRED'],
    [{ name: ' Mei' }, 'MALFORMED'],
    [{ name: 'x'.repeat(129) }, 'TOO_LONG'],
    [{ email: `${'x'.repeat(250)}@a.example` }, 'TOO_LONG'],
    [{ image: 'https://tracker.example/pixel' }, 'MALFORMED'],
    [{ password: 'x'.repeat(11) }, 'PASSWORD_TOO_SHORT'],
    [{ password: 'x'.repeat(129) }, 'PASSWORD_TOO_LONG'],
  ])('refuses %j with %s, known address or not', async (wrong, code) => {
    const input = { name: 'Mei', email: 'mei@shop.example', password: PASSWORD, ...wrong };
    const { status, body } = await browser().post('/auth/sign-up/email', input);
    expect([status, body]).toMatchObject([400, { code }]);
  });
});

describe('a sign-in', () => {
  it('says of an unknown address what it says of a wrong password', async () => {
    await signedUp('right@shop.example');
    const answers = ['right@shop.example', 'nobody@shop.example'].map(async (email) => {
      const { status, body } = await browser().post('/auth/sign-in/email', {
        email,
        password: 'wrong horse battery',
      });
      return [status, body];
    });
    const [wrong, unknown] = await Promise.all(answers);
    expect(wrong).toEqual(unknown);
    expect(wrong).toMatchObject([401, { code: 'INVALID_EMAIL_OR_PASSWORD' }]);
  });

  it('is counted on all servers together, and refused from the eleventh within a minute on', async () => {
    await signedUp('guessed@shop.example');
    const guesser = browser();
    const other = guesser.on(second());
    const guess = { email: 'guessed@shop.example', password: 'wrong horse battery' };
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await guesser.post('/auth/sign-in/email', guess)).status).toBe(401);
      expect((await other.post('/auth/sign-in/email', guess)).status).toBe(401);
    }
    for (const at of [guesser, other]) {
      const right = { ...guess, password: PASSWORD };
      const { status, headers } = await at.post('/auth/sign-in/email', right);
      expect(status).toBe(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    }
    // Another address is another caller.
    expect((await browser().post('/auth/sign-in/email', guess)).status).toBe(401);
  });

  it('from a page of another site is refused, and so is one without an origin that has cookies', async () => {
    const person = await signedIn('origin@shop.example');
    for (const origin of ['https://evil.example', 'null']) {
      const call = request(service.url).post('/auth/sign-out').set('origin', origin);
      expect((await call.set('cookie', person.cookie()).send({})).status).toBe(403);
    }
    expect(await isSignedIn(person)).toBe(true);
  });
});

describe('a new password', () => {
  it('comes by a letter, ends all sessions, and its link works once', async () => {
    const email = 'forgot@shop.example';
    const person = await signedIn(email);
    // Before the letter that is waited for, so that one to nobody would be there with it.
    const nobody = 'nobody@shop.example';
    const unknown = await browser().post('/auth/request-password-reset', { email: nobody });
    const asked = await browser().post('/auth/request-password-reset', { email });
    expect(unknown.body).toEqual(asked.body);
    const link = await mailbox.link(email, NEW_PASSWORD);
    const change = { token: tokenOf(link), newPassword: 'another horse battery' };
    expect((await browser().post('/auth/reset-password', change)).status).toBe(200);
    expect((await browser().post('/auth/reset-password', change)).status).toBe(400);
    expect(await isSignedIn(person)).toBe(false);
    const again = browser();
    expect((await again.post('/auth/sign-in/email', { email, password: PASSWORD })).status).toBe(
      401,
    );
    const right = { email, password: change.newPassword };
    expect((await again.post('/auth/sign-in/email', right)).status).toBe(200);
    expect(mailbox.to(nobody)).toEqual([]);
  });
});

describe('the routes', () => {
  it.each([
    ['/auth/organization/create', 'POST'],
    ['/auth/organization/list-members', 'GET'],
    ['/auth/list-sessions', 'GET'],
    ['/auth/update-user', 'POST'],
    ['/auth/sign-in/social', 'POST'],
    ['/auth/ok', 'GET'],
    ['/auth/constructor', 'GET'],
    ['/auth/__proto__', 'GET'],
  ])('have no %s', async (path, method) => {
    const person = browser();
    const { status, body } = await (method === 'GET' ? person.get(path) : person.post(path));
    expect([status, body]).toMatchObject([
      404,
      { errors: [{ extensions: { code: 'NOT_FOUND' } }] },
    ]);
  });

  it('refuse a body of more than 16 kB, and another method', async () => {
    const long = await browser().post('/auth/sign-in/email', { email: 'x'.repeat(20_000) });
    expect(long.status).toBe(413);
    const get = await browser().get('/auth/sign-in/email');
    expect([get.status, get.headers['allow']]).toEqual([405, 'POST']);
  });

  it('are kept by nobody, and shown in no frame', async () => {
    const { headers } = await browser().get('/auth/get-session');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('believe no address that the caller writes into the header of the service', async () => {
    const guess = { email: 'nobody@shop.example', password: 'wrong horse battery' };
    const statuses: number[] = [];
    for (let tries = 0; tries < 11; tries += 1) {
      const call = request(service.url)
        .post('/auth/sign-in/email')
        .set({ 'x-forwarded-for': '192.0.2.7', 'dewpoint-caller-address': `192.0.2.${tries}` });
      statuses.push((await call.send(guess)).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });
});
