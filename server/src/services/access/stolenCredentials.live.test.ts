import { readDocument } from '@dewpoint/infra/testing/documents.ts';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROLES } from '../../domain/organisations/roles.ts';
import { KEY_SCOPES } from '../../domain/organisations/scopes.ts';
import { encodeGlobalId } from '../../graphql/core/globalId.ts';
import { sendAs, type Heard } from '../../testing/isolation/asking.ts';
import { placesOf } from '../../testing/isolation/places.ts';
import { startPeopled, type PeopledService } from '../../testing/isolation/team.ts';
import type { Thief } from '../../testing/isolation/thieves.ts';
import { createVictim, type Victim } from '../../testing/isolation/victim.ts';
import { walk } from '../../testing/isolation/walk.ts';
import { nextTotpCode, openBrowser, PASSWORD, totpCode } from '../../testing/people/people.ts';
import { inputTypeOf, sampleInput } from '../../testing/sampleInput.ts';
import { newWalletKeys } from '../../testing/walletKeys.ts';
import { keyOwner } from './apiKeys.ts';

/**
 * What each credential of the service can do in the hands of a thief, to the other organisation: nothing. The rows are those of
 * the table in docs/operations.md.
 */
const SETUP_TIMEOUT_MS = 600_000;
const DOCUMENT = 'docs/operations.md';

let peopled: PeopledService;
let theirs: Victim;
let before: unknown;
beforeAll(async () => {
  peopled = await startPeopled();
  const { service, theirOwner } = peopled;
  theirs = await createVictim(service, service.theirs, {
    tag: 'theirs',
    items: 1,
    owner: theirOwner,
  });
  before = await theirs.state();
}, SETUP_TIMEOUT_MS);
afterAll(() => peopled.close());

/** A credential that was stolen: what it makes of a thief, and what ends it. */
interface Theft {
  /** Null for what opens nothing by itself. */
  readonly thief: Thief | null;
  /** Ends it; afterwards nobody is let in by it. */
  readonly end: () => Promise<void>;
}

const bearer = (token: string): Thief['headers'] => ({ authorization: `Bearer ${token}` });
const theft = (name: string, headers: Thief['headers'], end: Theft['end']): Theft => ({
  thief: { name, headers },
  end,
});

async function call(name: string, input: object, headers: Thief['headers']): Promise<Heard> {
  const { service } = peopled;
  const key = 'idempotencyKey' in sampleInput(name) ? { idempotencyKey: service.key() } : {};
  const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) { ${SELECTED[name] ?? ''} userErrors { code } } }`;
  return sendAs(service.url, headers, query, { input: { ...key, ...input } });
}
const SELECTED: Readonly<Record<string, string>> = {
  memberSessionCreate: 'token session { id }',
  walletLinkTicketCreate: 'ticket',
  walletLinkTicketRedeem: 'token session { id }',
  walletNonceCreate: 'nonce',
  invitationCreate: 'invitation { id }',
  memberKeyExport: 'account',
};
const BY_MEI = {
  memberId: 'mei',
  eventId: 'mei-1',
  rule: 'visit',
  occurredAt: '2026-01-01T00:00:00Z',
};
const resultOf = ({ answer }: Heard, name: string): Record<string, unknown> => {
  const result = answer.data?.[name] as Record<string, unknown> | undefined;
  if (result === undefined) throw new Error(JSON.stringify(answer.errors));
  return result;
};
const refusalsOf = (heard: Heard, name: string): unknown => resultOf(heard, name)['userErrors'];

const ofMine = (): Thief['headers'] => ({
  'dewpoint-organisation': peopled.service.mine.program.organisationId,
  'dewpoint-program': encodeGlobalId('Program', peopled.service.mine.program.id),
});
const cookieOf = (browser: { cookie(): string }): Thief['headers'] => ({
  cookie: browser.cookie(),
  origin: peopled.service.url,
});
const asOwner = (): Thief['headers'] => ({ ...cookieOf(peopled.team.owner.browser), ...ofMine() });

async function keyTheft(
  name: string,
  programId: string | null,
  scopes: typeof KEY_SCOPES | readonly (typeof KEY_SCOPES)[number][],
): Promise<Theft> {
  const { services, mine } = peopled.service;
  const home = { ...keyOwner(mine.program), programId };
  const { key, record } = await services.apiKeys.create(home, name, scopes);
  return theft(name, { ...bearer(key), 'dewpoint-program': mine.program.id }, async () => {
    expect(await services.apiKeys.revoke(home, record.id)).toBe(true);
  });
}

function sessionTheft(name: string, made: Record<string, unknown>): Theft {
  const { id } = made['session'] as { id: string };
  const headers = bearer(String(made['token']));
  return theft(name, headers, async () => {
    const revoke = await call(
      'memberSessionRevoke',
      { sessionId: id },
      bearer(peopled.service.mine.key),
    );
    expect(refusalsOf(revoke, 'memberSessionRevoke')).toEqual([]);
  });
}

const ofMember = async (name: string, input: object): Promise<Record<string, unknown>> =>
  resultOf(await call(name, input, bearer(peopled.service.mine.key)), name);

async function personTheft(role: (typeof ROLES)[number]): Promise<Theft> {
  const { email, browser } = peopled.team[role];
  const stolen = openBrowser(peopled.service.url);
  await stolen.post('/auth/sign-in/email', { email, password: PASSWORD });
  const headers = cookieOf(stolen);
  return theft(`session of a person, ${role}`, { ...headers, ...ofMine() }, async () => {
    const query = '{ person { sessions { id isCurrent } } }';
    const { answer } = await sendAs(peopled.service.url, headers, query);
    const { sessions } = answer.data?.['person'] as {
      sessions: { id: string; isCurrent: boolean }[];
    };
    const { id = '' } = sessions.find(({ isCurrent }) => isCurrent) ?? {};
    const revoked = await call('sessionRevoke', { id }, cookieOf(browser));
    expect(refusalsOf(revoked, 'sessionRevoke')).toEqual([]);
  });
}

/** By the row of the table. */
const THEFTS: Readonly<Record<string, () => Promise<Theft>>> = {
  ...Object.fromEntries(
    KEY_SCOPES.map((scope) => [
      `API key with \`${scope}\``,
      () => keyTheft(scope, peopled.service.mine.program.id, [scope]),
    ]),
  ),
  'API key of a whole environment': () => keyTheft('whole', null, KEY_SCOPES),
  'session of a member': async () =>
    sessionTheft('session of a member', await ofMember('memberSessionCreate', { memberId: 'mei' })),
  'ticket for the page of wallets': async () => {
    const { ticket } = await ofMember('walletLinkTicketCreate', { memberId: 'mei' });
    const redeem = (): Promise<Heard> => call('walletLinkTicketRedeem', { ticket }, {});
    const opened = resultOf(await redeem(), 'walletLinkTicketRedeem');
    // Once: who comes second is told that it was used.
    expect(refusalsOf(await redeem(), 'walletLinkTicketRedeem')).toEqual([
      { code: 'USED_OR_EXPIRED' },
    ]);
    return sessionTheft('session by a ticket', opened);
  },
  'nonce for a wallet': async () => {
    const { program } = peopled.service.mine;
    const heard = await call('walletNonceCreate', { programId: program.id }, {});
    const { nonce } = resultOf(heard, 'walletNonceCreate');
    const wallet = Wallet.createRandom();
    const lines = ['URI: http://localhost:4000', 'Version: 1', `Chain ID: ${program.chainId}`];
    const message = [
      ...[
        'localhost:4000 wants you to sign in with your Ethereum account:',
        wallet.address,
        '',
        'In.',
        '',
      ],
      ...[...lines, `Nonce: ${String(nonce)}`, `Issued At: ${new Date().toISOString()}`],
    ].join('\n');
    const signature = await wallet.signMessage(message);
    const verify = await call('walletVerify', { programId: program.id, message, signature }, {});
    expect(refusalsOf(verify, 'walletVerify')).not.toEqual([]);
    return { thief: null, end: () => Promise.resolve() };
  },
  ...Object.fromEntries(
    ROLES.map((role) => [
      `session of a person, \`${role.toUpperCase()}\``,
      () => personTheft(role),
    ]),
  ),
  'link of an invitation': async () => {
    const guest = { email: 'guest@walk.example', role: 'OWNER' };
    const made = resultOf(await call('invitationCreate', guest, asOwner()), 'invitationCreate');
    const { id } = made['invitation'] as { id: string };
    const stranger = cookieOf(peopled.stranger.browser);
    const accept = (): Promise<Heard> => call('invitationAccept', { id }, stranger);
    // It works for the person with the address alone.
    expect(refusalsOf(await accept(), 'invitationAccept')).toEqual([{ code: 'NOT_FOUND' }]);
    return {
      thief: null,
      end: async () => {
        const cancelled = await call('invitationCancel', { id }, asOwner());
        expect(refusalsOf(cancelled, 'invitationCancel')).toEqual([]);
        expect(refusalsOf(await accept(), 'invitationAccept')).toEqual([{ code: 'NOT_FOUND' }]);
      },
    };
  },
  'link for a new password': async () => {
    const { service, team, link } = peopled;
    const { email } = team.fulfiller;
    await openBrowser(service.url).post('/auth/request-password-reset', { email });
    const token = new URL(await link(email, /new-password/)).searchParams.get('token');
    const stolen = openBrowser(service.url);
    const set = (newPassword: string): Promise<{ status: number }> =>
      stolen.post('/auth/reset-password', { token, newPassword });
    expect((await set('a thief chose this')).status).toBe(200);
    // Once.
    expect((await set('a thief chose that')).status).toBe(400);
    await stolen.post('/auth/sign-in/email', { email, password: 'a thief chose this' });
    return theft('a new password', { ...cookieOf(stolen), ...ofMine() }, async () => {
      const again = openBrowser(service.url);
      await again.post('/auth/request-password-reset', { email });
      // The newest letter is that of the owner of the address.
      await expect
        .poll(async () => new URL(await link(email, /new-password/)).searchParams.get('token'))
        .not.toBe(token);
      const own = new URL(await link(email, /new-password/)).searchParams.get('token');
      const change = { token: own, newPassword: PASSWORD };
      expect((await again.post('/auth/reset-password', change)).status).toBe(200);
    });
  },
  'password of a person': async () => {
    const { service, team } = peopled;
    const { email, browser } = team.manager;
    const stolen = openBrowser(service.url);
    await stolen.post('/auth/sign-in/email', { email, password: PASSWORD });
    return theft('a password', { ...cookieOf(stolen), ...ofMine() }, async () => {
      const change = {
        currentPassword: PASSWORD,
        newPassword: 'another horse battery',
        revokeOtherSessions: true,
      };
      expect((await browser.post('/auth/change-password', change)).status).toBe(200);
      const again = openBrowser(service.url);
      const late = await again.post('/auth/sign-in/email', { email, password: PASSWORD });
      expect(late.status).toBe(401);
    });
  },
  'secret of an authenticator app': async () => {
    const { service, team } = peopled;
    const { browser } = team.viewer;
    const enabled = await browser.post('/auth/two-factor/enable', { password: PASSWORD });
    const { totpURI, backupCodes } = enabled.body as { totpURI: string; backupCodes: string[] };
    const code = { code: totpCode(totpURI) };
    expect((await browser.post('/auth/two-factor/verify-totp', code)).status).toBe(200);
    // Without the password there is no sign-in that a code could end.
    const stolen = openBrowser(service.url);
    for (const [route, given] of [
      ['verify-totp', { code: nextTotpCode(totpURI) }],
      ['verify-backup-code', { code: backupCodes[0] }],
    ] as const) {
      expect((await stolen.post(`/auth/two-factor/${route}`, given)).status).toBe(401);
    }
    return {
      thief: null,
      end: async () => {
        const { status } = await browser.post('/auth/two-factor/disable', { password: PASSWORD });
        expect(status).toBe(200);
      },
    };
  },
};

/** Keys of the chain by the row of the table, with the test of `stolenKeys.live.test.ts` that tries each. */
const CHAIN_KEYS: Readonly<Record<string, string>> = {
  'relayer key': 'of the relayer costs its gas',
  'recorder key': 'of a recorder costs the budget',
  'operator key': 'of an operator gets what is promised to nobody',
  "a member's key, exported or not": 'of a member gets what that member has',
  'keystore with its password': 'is every key that signs',
};

/** First cells of the first table below a text, without those of its head. */
function rowsBelow(text: string): string[] {
  const document = readDocument(DOCUMENT);
  const lines = document.slice(document.indexOf(text)).split('\n');
  const from = lines.findIndex((line) => line.startsWith('|'));
  const rest = lines.slice(from);
  const table = rest.slice(
    0,
    rest.findIndex((line) => !line.startsWith('|')),
  );
  return table.slice(2).map((line) => (line.split('|')[1] ?? '').trim());
}

const places = placesOf().filter(({ on, kind }) => on === 'Mutation' && kind !== 'idempotencyKey');
const isLetIn = async ({ headers }: Thief): Promise<boolean> => {
  const query = '{ viewer { memberId } person { id } program { name } }';
  const { answer } = await sendAs(peopled.service.url, headers, query);
  return !(answer.errors ?? []).every(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED');
};

describe('a stolen credential', () => {
  it('of every kind is a row of the table in the documents', () => {
    const tried = [...Object.keys(CHAIN_KEYS), ...Object.keys(THEFTS)];
    expect(rowsBelow('**What a stolen key can do.**').sort()).toEqual(tried.sort());
    const tests = readDocument('server/src/chain/keys/stolenKeys.live.test.ts');
    expect(Object.values(CHAIN_KEYS).filter((name) => !tests.includes(name))).toEqual([]);
  });

  it.each(Object.keys(THEFTS))(
    '%s: changes nothing of another organisation, and is ended',
    async (row) => {
      const { thief, end } = (await THEFTS[row]?.()) ?? {
        thief: null,
        end: () => Promise.resolve(),
      };
      if (thief !== null) {
        expect(await isLetIn(thief)).toBe(true);
        const { url } = peopled.service;
        expect(await walk({ url, thief, victim: theirs, places, types: new Set() })).toEqual([]);
      }
      await end();
      if (thief !== null) expect(await isLetIn(thief)).toBe(false);
    },
  );

  it('opens sessions of members, and with these has their keys once a day, if it is a key for `members:write` and no other', async () => {
    const { publicKey } = await newWalletKeys();
    await call('actionsRecord', { actions: [BY_MEI] }, bearer(peopled.service.mine.key));
    for (const scope of KEY_SCOPES) {
      const { thief } = await keyTheft(scope, peopled.service.mine.program.id, [scope]);
      const { answer } = await call(
        'memberSessionCreate',
        { memberId: 'mei' },
        thief?.headers ?? {},
      );
      const codes = answer.errors?.map(({ extensions }) => extensions['code']);
      if (scope !== 'members:write') {
        expect([scope, codes]).toEqual([scope, ['FORBIDDEN']]);
        continue;
      }
      const { token } = answer.data?.['memberSessionCreate'] as { token: string };
      const take = (): Promise<Heard> => call('memberKeyExport', { publicKey }, bearer(token));
      expect(resultOf(await take(), 'memberKeyExport')).toMatchObject({
        ...{ account: expect.any(String) as string, userErrors: [] },
      });
      const again = await take();
      expect(again.answer.errors?.[0]?.extensions['code']).toBe('QUOTA_USED_UP');
    }
  });

  it('of whatever kind leaves everything of another organisation as it was', async () => {
    expect(await theirs.state()).toEqual(before);
  });
});
