import {
  nextTotpCode,
  openBrowser,
  PASSWORD,
  totpCode,
} from '@dewpoint/server/testing/people/people.ts';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLocalClock } from '../replay/play/localClock.ts';
import { askServer, done, write, type Payload, type Write } from './patientClient.ts';
import {
  bearer,
  DAY_SECONDS,
  openTwoServers,
  signTyped,
  WAIT,
  type TwoServers,
} from './twoServerStage.ts';

let two: TwoServers;
beforeAll(async () => {
  two = await openTwoServers();
});
afterAll(() => two.close());

const nobody: Write['headers'] = () => ({});

const signInText = (address: string, nonce: string): string =>
  [
    'localhost:4000 wants you to sign in with your Ethereum account:',
    ...[address, '', 'Sign in to your points.', ''],
    `URI: http://localhost:4000/w/${two.world.program.id}`,
    ...['Version: 1', 'Chain ID: 31337', `Nonce: ${nonce}`],
    `Issued At: ${new Date().toISOString()}`,
  ].join('\n');

describe('what one server process gives out', () => {
  it('an API key is good on the other at once, and void at the next call once it is revoked there', async () => {
    const { headers } = await two.owner('keys-shop');
    const input = { name: 'till', scopes: ['PROGRAM_READ'], idempotencyKey: two.key() };
    const selection = 'key apiKey { id }';
    const made = await done(two.world, { name: 'apiKeyCreate', input, selection, headers }, 0);
    const text = String(made['key']);
    expect([await two.keyState(1, text), await two.keyState(0, text)]).toEqual([
      'PROGRAM_NOT_NAMED',
      'PROGRAM_NOT_NAMED',
    ]);
    const { id } = made['apiKey'] as { id: string };
    const revoke = { id, idempotencyKey: two.key() };
    await done(two.world, { name: 'apiKeyRevoke', input: revoke, selection: '', headers }, 1);
    expect([await two.keyState(0, text), await two.keyState(1, text)]).toEqual([
      'UNAUTHENTICATED',
      'UNAUTHENTICATED',
    ]);
  });

  it('a session of a person, with the second step of signing in on the other', async () => {
    const browser = await two.person('totp');
    const elsewhere = browser.on(two.origin(1));
    const email = 'totp@shop.example';
    const shown = { data: { person: { email } } };
    expect(await elsewhere.ask('{ person { email } }')).toEqual(shown);
    const enabled = await browser.post('/auth/two-factor/enable', { password: PASSWORD });
    const { totpURI } = enabled.body as { totpURI: string };
    const on = await elsewhere.post('/auth/two-factor/verify-totp', { code: totpCode(totpURI) });
    expect(on.status).toBe(200);
    const returning = openBrowser(two.origin(1));
    await returning.post('/auth/sign-in/email', { email, password: PASSWORD });
    const there = returning.on(two.origin(0));
    const code = nextTotpCode(totpURI);
    expect((await there.post('/auth/two-factor/verify-totp', { code })).status).toBe(200);
    for (const server of [0, 1]) {
      expect(await returning.on(two.origin(server)).ask('{ person { email } }')).toEqual(shown);
    }
    await there.post('/auth/sign-out');
    expect((await returning.on(two.origin(1)).get('/auth/get-session')).body).toBeNull();
  });

  it('a session and a link ticket of a member', async () => {
    const headers = bearer(two.world.program.apiKey);
    const input = { memberId: 'linking', idempotencyKey: two.key() };
    const selection = 'token session { id }';
    const open = { name: 'memberSessionCreate', input, selection, headers };
    const { token, session } = await done(two.world, open, 0);
    expect(await two.sessionState(1, String(token))).toBe('GOOD');
    const { id: sessionId } = session as { id: string };
    const revoke = { sessionId, idempotencyKey: two.key() };
    await done(
      two.world,
      { name: 'memberSessionRevoke', input: revoke, selection: '', headers },
      1,
    );
    expect(await two.sessionState(0, String(token))).toBe('UNAUTHENTICATED');

    const asking = { memberId: 'linking', idempotencyKey: two.key() };
    const create = { name: 'walletLinkTicketCreate', input: asking, selection: 'ticket', headers };
    const { ticket } = await done(two.world, create, 0);
    const redeem = (server: number): Promise<Payload> => {
      const redeemed = { ticket, idempotencyKey: two.key() };
      const name = 'walletLinkTicketRedeem';
      return write(
        two.world,
        { name, input: redeemed, selection: 'token', headers: nobody },
        server,
      );
    };
    expect(await two.sessionState(0, String((await redeem(1))['token']))).toBe('GOOD');
    expect(await redeem(0)).toMatchObject({
      token: null,
      userErrors: [{ code: 'USED_OR_EXPIRED' }],
    });
  });

  it('a nonce to sign in with by a wallet, which is good once on whichever server', async () => {
    const headers = bearer(two.world.program.apiKey);
    const wallet = Wallet.createRandom();
    await two.earn(['walleted'], 5);
    const { timestamp } = await createLocalClock(two.world.rpcUrl).now();
    const deadline = new Date((timestamp + DAY_SECONDS) * 1_000).toISOString();
    const typed = `{ accountMoveTypedData(memberId: "walleted", to: "${wallet.address}", deadline: "${deadline}") { json } }`;
    const asked = await askServer(two.world, 0, headers, typed);
    const { json } = asked?.data?.['accountMoveTypedData'] as { json: string };
    const signature = await signTyped(wallet, json);
    const to = wallet.address;
    const input = { memberId: 'walleted', to, deadline, signature, idempotencyKey: two.key() };
    const selection = 'transaction { id status }';
    await done(two.world, { name: 'accountMove', input, selection, headers });
    const owned = '{ member(memberId: "walleted") { ownAccount } }';
    await vi.waitFor(async () => {
      const body = await askServer(two.world, 1, headers, owned);
      expect(body?.data?.['member']).toEqual({ ownAccount: to });
    }, WAIT);
    const programId = two.world.program.id;
    const create = { name: 'walletNonceCreate', input: { programId }, selection: 'nonce' };
    const { nonce } = await done(two.world, { ...create, headers: nobody }, 0);
    const said = signInText(to, String(nonce));
    const signed = { programId, message: said, signature: await wallet.signMessage(said) };
    const signIn = (server: number): Promise<Payload> => {
      const keyed = { ...signed, idempotencyKey: two.key() };
      const name = 'walletVerify';
      return write(two.world, { name, input: keyed, selection: 'token', headers: nobody }, server);
    };
    expect(await two.sessionState(0, String((await signIn(1))['token']))).toBe('GOOD');
    expect(await signIn(0)).toMatchObject({
      token: null,
      userErrors: [{ code: 'USED_OR_EXPIRED' }],
    });
  });
});
