import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMailbox, type Mailbox } from '../../testing/people/mailbox.ts';
import {
  nextTotpCode,
  openBrowser,
  PASSWORD,
  signedInAs,
  totpCode,
  type Browser,
} from '../../testing/people/people.ts';
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
const isSignedIn = async (person: Browser): Promise<boolean> =>
  (await person.get('/auth/get-session')).body !== null;

interface NewApp {
  readonly totpURI: string;
  readonly backupCodes: readonly string[];
}

async function enable(person: Browser): Promise<NewApp> {
  const { body } = await person.post('/auth/two-factor/enable', { password: PASSWORD });
  return body as NewApp;
}

/** A person with an authenticator app. */
async function withApp(email: string): Promise<NewApp & { readonly person: Browser }> {
  const person = await signedInAs(service.url, mailbox, email);
  const app = await enable(person);
  const code = totpCode(app.totpURI);
  expect((await person.post('/auth/two-factor/verify-totp', { code })).status).toBe(200);
  return { ...app, person };
}

/** Signs in with the password alone, from an address of its own. */
async function halfIn(email: string): Promise<Browser> {
  const half = browser();
  const { status } = await half.post('/auth/sign-in/email', { email, password: PASSWORD });
  expect(status).toBe(200);
  return half;
}

async function triesBackup(
  email: string,
  code: string | undefined,
): Promise<readonly [number, string | null]> {
  const half = await halfIn(email);
  const { status, body } = await half.post('/auth/two-factor/verify-backup-code', { code });
  return [status, (body as { readonly code?: string }).code ?? null];
}

describe('an authenticator app', () => {
  it('is asked for from the first good code on, and a backup code replaces it once', async () => {
    const email = 'totp@shop.example';
    const person = await signedInAs(service.url, mailbox, email);
    const enabled = await person.post('/auth/two-factor/enable', { password: PASSWORD });
    const { totpURI, backupCodes } = enabled.body as { totpURI: string; backupCodes: string[] };
    const wrong = totpCode(totpURI, 0);
    expect((await person.post('/auth/two-factor/verify-totp', { code: wrong })).status).toBe(401);
    const code = totpCode(totpURI);
    expect((await person.post('/auth/two-factor/verify-totp', { code })).status).toBe(200);

    const returning = browser();
    const half = await returning.post('/auth/sign-in/email', { email, password: PASSWORD });
    expect(half.body).toMatchObject({ twoFactorRedirect: true });
    expect(await isSignedIn(returning)).toBe(false);
    // The second step on another server than the first.
    const elsewhere = returning.on(second());
    expect((await elsewhere.post('/auth/two-factor/verify-totp', { code: wrong })).status).toBe(
      401,
    );
    const good = await elsewhere.post('/auth/two-factor/verify-totp', {
      code: nextTotpCode(totpURI),
    });
    expect(good.status).toBe(200);
    expect(await isSignedIn(returning)).toBe(true);

    const [backup] = backupCodes;
    for (const status of [200, 401]) {
      const lost = browser();
      await lost.post('/auth/sign-in/email', { email, password: PASSWORD });
      const answer = await lost.post('/auth/two-factor/verify-backup-code', { code: backup });
      expect(answer.status).toBe(status);
    }
  });

  it('has ten backup codes, each lets one in once, and new ones end those before', async () => {
    const email = 'backup@shop.example';
    const { person, backupCodes } = await withApp(email);
    expect(new Set(backupCodes).size).toBe(10);
    const [first, second_, third] = backupCodes;
    // One code on both servers at the same moment.
    const both = await Promise.all([halfIn(email), halfIn(email)]);
    const statuses = await Promise.all(
      both.map(async (half, at) => {
        const on = at === 0 ? half : half.on(second());
        return (await on.post('/auth/two-factor/verify-backup-code', { code: first })).status;
      }),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect((await Promise.all(both.map(isSignedIn))).filter(Boolean)).toHaveLength(1);
    expect(await triesBackup(email, second_)).toEqual([200, null]);
    expect(await triesBackup(email, second_)).toEqual([401, 'INVALID_BACKUP_CODE']);

    const renew = '/auth/two-factor/generate-backup-codes';
    const wrong = await person.post(renew, { password: 'wrong horse battery' });
    expect([wrong.status, wrong.body]).toMatchObject([400, { code: 'INVALID_PASSWORD' }]);
    expect((await browser().post(renew, { password: PASSWORD })).status).toBe(401);
    const { body } = await person.post(renew, { password: PASSWORD });
    const [renewed] = (body as { backupCodes: string[] }).backupCodes;
    expect(await triesBackup(email, third)).toEqual([401, 'INVALID_BACKUP_CODE']);
    expect(await triesBackup(email, renewed)).toEqual([200, null]);
    // Turned off, the password is enough, and no code is of use.
    await person.post('/auth/two-factor/disable', { password: PASSWORD });
    const plain = await halfIn(email);
    expect(await isSignedIn(plain)).toBe(true);
    expect(await triesBackup(email, backupCodes[4])).toEqual([400, 'BACKUP_CODES_NOT_ENABLED']);
  });

  it('ends a sign-in after five wrong backup codes, and lets nobody try after ten', async () => {
    const email = 'guessed-backup@shop.example';
    const { backupCodes, totpURI } = await withApp(email);
    const guess = { code: 'AAAAA-AAAAA' };
    for (const begun of ['first', 'second']) {
      const half = await halfIn(email);
      for (let tries = 0; tries < 5; tries += 1) {
        const { status } = await half.post('/auth/two-factor/verify-backup-code', guess);
        expect([begun, tries, status]).toEqual([begun, tries, 401]);
      }
      const good = await half.post('/auth/two-factor/verify-backup-code', { code: backupCodes[0] });
      expect([begun, good.status]).not.toEqual([begun, 200]);
      expect(await isSignedIn(half)).toBe(false);
    }
    expect(await triesBackup(email, backupCodes[0])).toEqual([429, 'ACCOUNT_TEMPORARILY_LOCKED']);
    const half = await halfIn(email);
    const code = { code: totpCode(totpURI) };
    const { status, body } = await half.post('/auth/two-factor/verify-totp', code);
    expect([status, body]).toMatchObject([429, { code: 'ACCOUNT_TEMPORARILY_LOCKED' }]);
  });

  it('is not on before its first code, and begins again with another secret', async () => {
    const person = await signedInAs(service.url, mailbox, 'halfway@shop.example');
    const [first, other] = await Promise.all([enable(person), enable(person)]);
    expect(first.totpURI).not.toBe(other.totpURI);
    expect(await isSignedIn(await halfIn('halfway@shop.example'))).toBe(true);
    const { totpURI } = await enable(person);
    const verify = '/auth/two-factor/verify-totp';
    expect((await person.post(verify, { code: totpCode(first.totpURI) })).status).toBe(401);
    expect((await person.post(verify, { code: totpCode(totpURI) })).status).toBe(200);
    expect(await isSignedIn(await halfIn('halfway@shop.example'))).toBe(false);
  });

  it('takes each code once, on whichever server it comes', async () => {
    const email = 'once@shop.example';
    const person = await signedInAs(service.url, mailbox, email);
    const { totpURI } = await enable(person);
    const verify = '/auth/two-factor/verify-totp';
    const first = { code: totpCode(totpURI) };
    expect((await person.post(verify, first)).status).toBe(200);
    // The one that turned it on, by who looked over a shoulder.
    const late = await halfIn(email);
    const refused = await late.post(verify, first);
    expect([refused.status, refused.body]).toMatchObject([401, { code: 'CODE_USED' }]);
    expect(await isSignedIn(late)).toBe(false);

    const next = { code: nextTotpCode(totpURI) };
    const both = await Promise.all([halfIn(email), halfIn(email)]);
    const answers = await Promise.all(
      both.map((half, at) => (at === 0 ? half : half.on(second())).post(verify, next)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await Promise.all(both.map(isSignedIn))).filter(Boolean)).toHaveLength(1);
  });

  it('is asked for at every sign-in: no browser is let off it', async () => {
    const email = 'every@shop.example';
    const { totpURI, backupCodes } = await withApp(email);
    for (const [step, code] of [
      ['verify-totp', nextTotpCode(totpURI)],
      ['verify-backup-code', backupCodes[0]],
    ] as const) {
      const half = await halfIn(email);
      const given = { code, trustDevice: true };
      const { status, body } = await half.post(`/auth/two-factor/${step}`, given);
      expect([step, status, body]).toMatchObject([step, 400, { code: 'MALFORMED' }]);
      expect((await half.post(`/auth/two-factor/${step}`, { code })).status).toBe(200);
      const again = await half.post('/auth/sign-in/email', { email, password: PASSWORD });
      expect([step, again.body]).toMatchObject([step, { twoFactorRedirect: true }]);
    }
  });

  it('ends every session that was opened without it', async () => {
    const email = 'before@shop.example';
    const person = await signedInAs(service.url, mailbox, email);
    const thief = await halfIn(email);
    expect(await isSignedIn(thief)).toBe(true);
    const { totpURI } = await enable(person);
    const { status } = await person.post('/auth/two-factor/verify-totp', {
      code: totpCode(totpURI),
    });
    expect(status).toBe(200);
    expect([await isSignedIn(person), await isSignedIn(thief)]).toEqual([true, false]);
    // Who signs in with it later ends nothing.
    const later = await halfIn(email);
    const code = nextTotpCode(totpURI);
    await later.post('/auth/two-factor/verify-totp', { code });
    expect([await isSignedIn(person), await isSignedIn(later)]).toEqual([true, true]);
  });
});

it('a new password ends every other session', async () => {
  const email = 'changed@shop.example';
  const person = await signedInAs(service.url, mailbox, email);
  const thief = await halfIn(email);
  for (const revokeOtherSessions of [undefined, false]) {
    const change = { currentPassword: PASSWORD, newPassword: PASSWORD, revokeOtherSessions };
    expect((await person.post('/auth/change-password', change)).status).toBe(200);
    expect([await isSignedIn(person), await isSignedIn(thief)]).toEqual([true, false]);
  }
});
