import { signTypedJson } from '../../testing/builders/signTypedJson.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Wallet, hashMessage } from 'ethers';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeServices, type Services } from '../../composition/composeServices.ts';
import type { MortalParts } from '../../testing/deaths.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { WALLET_NONCE_MS } from '../../services/access/walletSignIn.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { once, startService, until, type Answer, type TestService } from '../../testing/service.ts';

const ORIGIN = 'http://localhost:4000';
const HASH: Hex = `0x${'0'.repeat(64)}`;

let service: TestService;
beforeAll(async () => {
  service = await startService({ roles: ['both', 'api'], settings: MUTATION_SETTINGS });
  await service.earn('mei', 10);
  await service.earn('li', 10);
});
afterAll(() => service.close());

const askOn = async (
  server: number,
  key: string | null,
  query: string,
  variables?: object,
): Promise<Answer> => {
  const call = request(service.servers[server]?.url ?? '').post('/graphql');
  if (key !== null) call.set('authorization', `Bearer ${key}`);
  const response = await call.send({ query, ...(variables !== undefined && { variables }) });
  return response.body as Answer;
};
/** Answers a mutation without credentials. */
const open = async (name: string, input: object, server = 0): Promise<Record<string, unknown>> => {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) {
    token session { id memberId } userErrors { field code } } }`;
  const { data, errors } = await askOn(server, null, query, { input });
  if (!data) throw new Error(JSON.stringify(errors));
  return data[name] as Record<string, unknown>;
};
const nonceOf = async (programId: string): Promise<string> => {
  const query = `mutation ($input: WalletNonceCreateInput!) { walletNonceCreate(input: $input) { nonce } }`;
  const { data } = await askOn(1, null, query, { input: { programId } });
  return (data?.['walletNonceCreate'] as { nonce: string }).nonce;
};

interface Said {
  readonly address: string;
  readonly domain: string;
  readonly uri: string;
  readonly chainId: number;
  readonly nonce: string;
  readonly more: readonly string[];
  readonly scheme: string;
}
/** Writes a message as EIP-4361 has it, without the library that reads it. */
const messageOf = ({ address, domain, uri, chainId, nonce, more, scheme }: Said): string =>
  [
    `${scheme}${domain} wants you to sign in with your Ethereum account:`,
    address,
    '',
    'Sign in to your points.',
    '',
    `URI: ${uri}`,
    'Version: 1',
    `Chain ID: ${chainId}`,
    `Nonce: ${nonce}`,
    `Issued At: ${new Date().toISOString()}`,
    ...more,
  ].join('\n');

const wallet = Wallet.createRandom();
const other = Wallet.createRandom();
const signedBy = async (
  signer: Pick<Wallet, 'address' | 'signMessage'>,
  changes: Partial<Said> = {},
): Promise<{ programId: string; message: string; signature: string; idempotencyKey: string }> => {
  const { program } = service.mine;
  const message = messageOf({
    address: signer.address,
    domain: 'localhost:4000',
    uri: `${ORIGIN}/w/${program.id}`,
    chainId: program.chainId,
    nonce: changes.nonce ?? (await nonceOf(program.id)),
    more: [],
    scheme: '',
    ...changes,
  });
  const signature = await signer.signMessage(message);
  return { programId: program.id, message, signature, idempotencyKey: service.key() };
};

const typedMove = async (token: string, of: string): Promise<string> => {
  const { data } = await askOn(0, token, `{ accountMoveTypedData(${of}) { json } }`);
  return (data?.['accountMoveTypedData'] as { json: string }).json;
};

/** Moves the account of mei to the wallet, by a session of hers. */
const linked = once(async () => {
  const create = `mutation ($input: MemberSessionCreateInput!) { memberSessionCreate(input: $input) { token } }`;
  const input = { memberId: 'mei', idempotencyKey: service.key() };
  const { data } = await askOn(0, service.mine.key, create, { input });
  const { token } = data?.['memberSessionCreate'] as { token: string };
  const deadline = new Date(STARTS_AT_MS + 2 * DAY_MS).toISOString();
  const json = await typedMove(token, `to: "${wallet.address}", deadline: "${deadline}"`);
  const signature = await signTypedJson(wallet, json);
  const move = `mutation ($input: AccountMoveInput!) { accountMove(input: $input) {
    to transaction { status } userErrors { code } } }`;
  const moved = { to: wallet.address, deadline, signature, idempotencyKey: service.key() };
  const answer = await askOn(0, token, move, { input: moved });
  expect(answer.data?.['accountMove']).toMatchObject({ to: wallet.address, userErrors: [] });
  await until('the wallet is followed', async () => {
    const shown = await askOn(0, token, '{ member { isCustodial ownAccount } }');
    const { isCustodial, ownAccount } = shown.data?.['member'] as Record<string, unknown>;
    return isCustodial === false && ownAccount === wallet.address;
  });
});

const refusedWith = async (input: object): Promise<unknown> =>
  ((await open('walletVerify', input))['userErrors'] as { field: string; code: string }[]).map(
    ({ field, code }) => `${field} ${code}`,
  );

describe('signing in by an own wallet', () => {
  it('is for a wallet that a member moved to', async () => {
    expect(await refusedWith(await signedBy(other))).toEqual(['message NOT_FOUND']);
    await linked();
    const { token, session } = await open('walletVerify', await signedBy(wallet));
    expect(session).toMatchObject({ memberId: 'mei' });
    const { data } = await askOn(1, String(token), '{ viewer { member { memberId ownAccount } } }');
    expect(data).toEqual({ viewer: { member: { memberId: 'mei', ownAccount: wallet.address } } });
    expect(await refusedWith(await signedBy(other))).toEqual(['message NOT_FOUND']);
  });

  it('opens a session that gets the calls of its wallet to send', async () => {
    await linked();
    const token = String((await open('walletVerify', await signedBy(wallet)))['token']);
    const { address: to, sign } = await service.openWallet();
    const by = { to, deadline: new Date(STARTS_AT_MS + DAY_MS).toISOString() };
    const of = `to: "${to}", deadline: "${by.deadline}", ownWallet: "${wallet.address}"`;
    const signature = await sign(await typedMove(token, of));
    const move = `mutation ($input: AccountMoveInput!) { accountMove(input: $input) { call { chainId } } }`;
    const input = { ...by, signature, ownWallet: wallet.address, idempotencyKey: service.key() };
    const { data } = await askOn(0, token, move, { input });
    const { chainId } = service.mine.program;
    expect(data).toEqual({ accountMove: { call: { chainId } } });
  });

  it('takes a nonce once, and answers 50 calls under one key alike', async () => {
    await linked();
    const input = await signedBy(wallet);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_none, n) => open('walletVerify', input, n % 2)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ session: { memberId: 'mei' }, userErrors: [] });
    const again = { ...input, idempotencyKey: service.key() };
    expect(await refusedWith(again)).toEqual(['message USED_OR_EXPIRED']);
    // A stranger who heard the message and the key alone has nothing.
    const forged = { ...input, signature: await other.signMessage(input.message) };
    expect(await refusedWith(forged)).toEqual(['idempotencyKey IDEMPOTENCY_KEY_REUSED']);
  });

  it('lets one of 20 through who use a nonce at the same time under keys of their own', async () => {
    await linked();
    const input = await signedBy(wallet);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_none, n) =>
        open('walletVerify', { ...input, idempotencyKey: service.key() }, n % 2),
      ),
    );
    expect(answers.filter(({ token }) => token !== null)).toHaveLength(1);
  });

  it.each<readonly [string, string, Partial<Said>]>([
    [
      'another page',
      'message INVALID_SIGN_IN',
      { domain: 'evil.example', uri: 'https://evil.example/' },
    ],
    ['a page that it does not come from', 'message INVALID_SIGN_IN', { domain: 'evil.example' }],
    ['an address of another page', 'message INVALID_SIGN_IN', { uri: 'https://evil.example/' }],
    [
      'a name that only begins like ours',
      'message INVALID_SIGN_IN',
      { domain: 'localhost.evil.example', uri: 'http://localhost.evil.example/' },
    ],
    ['another scheme', 'message INVALID_SIGN_IN', { scheme: 'https://' }],
    ['another chain', 'message INVALID_SIGN_IN', { chainId: 1 }],
    [
      'a time that is over',
      'message INVALID_SIGN_IN',
      { more: ['Expiration Time: 2020-01-01T00:00:00.000Z'] },
    ],
    [
      'a time that has not come',
      'message INVALID_SIGN_IN',
      { more: ['Not Before: 2999-01-01T00:00:00.000Z'] },
    ],
    ['a nonce that nobody made', 'message USED_OR_EXPIRED', { nonce: 'abcdefgh12345678' }],
    ['a nonce that was made up', 'message USED_OR_EXPIRED', { nonce: 'a'.repeat(60) }],
    ['an address of another wallet', 'signature INVALID_SIGNATURE', { address: other.address }],
    ['no address', 'message MALFORMED', { address: '0x1' }],
    ['two lines in its domain', 'message MALFORMED', { domain: 'localhost:4000\nURI: x' }],
  ])('is refused for %s', async (_what, refused, changes) => {
    await linked();
    expect(await refusedWith(await signedBy(wallet, changes))).toEqual([refused]);
  });

  it('is for pages that the look of the program names, on every server, for as long as it does', async () => {
    await linked();
    const setOrigins = async (origins: readonly string[]): Promise<void> => {
      const query = `mutation ($input: ProgramLookSetInput!) { programLookSet(input: $input) { userErrors { code } } }`;
      const input = { origins, idempotencyKey: service.key() };
      const { data } = await askOn(0, service.mine.key, query, { input });
      expect(data).toEqual({ programLookSet: { userErrors: [] } });
    };
    /** What a page is refused with; nothing for one that is let in. */
    const from = async (domain: string, server: number): Promise<unknown[]> => {
      const said = { domain, uri: `https://${domain}/points` };
      const answer = await open('walletVerify', await signedBy(wallet, said), server);
      return (answer['userErrors'] as { code: string }[]).map(({ code }) => code);
    };
    await setOrigins(['https://shop.example']);
    for (const server of [0, 1]) {
      // The other server remembers a look for a second.
      await until('the page is known', async () => {
        return (await from('shop.example', server)).length === 0;
      });
      for (const page of ['other.example', 'shop.example.evil.example', 'shop.example:444']) {
        expect(await from(page, server)).toEqual(['INVALID_SIGN_IN']);
      }
    }
    await setOrigins([]);
    for (const server of [0, 1]) {
      await until('the page is forgotten', async () => {
        return (await from('shop.example', server))[0] === 'INVALID_SIGN_IN';
      });
    }
  });

  it('is refused for a nonce of another program, an unknown program, a changed text', async () => {
    await linked();
    const nonce = await nonceOf(service.theirs.program.id);
    expect(await refusedWith(await signedBy(wallet, { nonce }))).toEqual([
      'message USED_OR_EXPIRED',
    ]);
    const input = await signedBy(wallet);
    expect(await refusedWith({ ...input, programId: 'prg_1' })).toEqual(['programId NOT_FOUND']);
    const changed = input.message.replace('your points', 'my points');
    expect(await refusedWith({ ...input, message: changed })).toEqual([
      'signature INVALID_SIGNATURE',
    ]);
    for (const message of ['', 'x', `${input.message}\n`, 'x'.repeat(5_000)]) {
      expect(await refusedWith({ ...input, message })).toEqual(['message MALFORMED']);
    }
    for (const signature of ['0x', `0x${'00'.repeat(65)}`, `${input.signature}00`]) {
      const asked = { ...input, signature, idempotencyKey: service.key() };
      expect(await refusedWith(asked)).toEqual(['signature INVALID_SIGNATURE']);
    }
    // None of it used the nonce up.
    expect(await refusedWith(input)).toEqual([]);
  });

  /** A server process of its own, whose clock on the wall is moved. */
  const processOf = (ms: number, store = service.foundation.store): Services => {
    const { foundation } = service;
    const wallNowMs = (): number => foundation.wallNowMs() + ms;
    return composeServices({ ...foundation, store, wallNowMs }, { wake: () => undefined });
  };
  const verifyBy = (
    { walletSignIn }: Services,
    { message, signature, idempotencyKey }: Awaited<ReturnType<typeof signedBy>>,
  ) => {
    const signed = { message, signature: signature as Hex, idempotencyKey };
    return walletSignIn.verify(service.mine.program, signed);
  };

  it('is refused when the nonce is older than 10 minutes, unless it was answered before', async () => {
    await linked();
    const late = await signedBy(wallet);
    await expect(verifyBy(processOf(WALLET_NONCE_MS + 1), late)).rejects.toMatchObject({
      refusals: [{ code: 'USED_OR_EXPIRED' }],
    });
    const inTime = await verifyBy(processOf(WALLET_NONCE_MS - 10_000), late);
    expect(await verifyBy(processOf(WALLET_NONCE_MS + 1), late)).toEqual(inTime);
  });

  it('is refused to a wallet that the member moved on from', async () => {
    await linked();
    const { members } = service.foundation.store;
    const li = await service.services.members.find(service.mine.program, 'li');
    const link = (account: string, blockNumber: number) => ({
      ...{ account: account as Address, fromEpoch: 1 },
      at: { blockNumber, logIndex: 0, transactionHash: HASH },
    });
    const next = await service.openWallet();
    const links = [link(other.address, 1), link(next.address, 2)];
    await members.saveLinks(service.mine.program.id, li?.id ?? '', links);
    expect(await refusedWith(await signedBy(other))).toEqual(['message NOT_FOUND']);
    expect(await refusedWith(await signedBy(next))).toEqual([]);
  });

  it('takes the word of a contract for the signature of its own (ERC-1271)', async () => {
    const li = await service.services.members.find(service.mine.program, 'li');
    const contract = Wallet.createRandom();
    const at = { blockNumber: 9, logIndex: 0, transactionHash: HASH };
    const links = [{ account: contract.address as Address, fromEpoch: 1, at }];
    await service.foundation.store.members.saveLinks(service.mine.program.id, li?.id ?? '', links);
    // Any signature does: this account has no key that counts.
    const silent = { address: contract.address, signMessage: () => Promise.resolve('0x1234') };
    const input = await signedBy(silent);
    const refused = { ...input, idempotencyKey: service.key() };
    expect(await refusedWith(refused)).toEqual(['signature INVALID_SIGNATURE']);
    /** Answers the magic value for one hash, and zeros for any other. */
    const codeFor = (hash: string): string =>
      `0x631626ba7e60e01b7f${hash.slice(2)}60043514026000526020` + '6000f3';
    const { rpc } = service.foundation.chain;
    await rpc.call('anvil_setCode', [contract.address, codeFor(hashMessage('another text'))]);
    expect(await refusedWith(refused)).toEqual(['signature INVALID_SIGNATURE']);
    await rpc.call('anvil_setCode', [contract.address, '0x60006000fd']);
    expect(await refusedWith(refused)).toEqual(['signature INVALID_SIGNATURE']);
    await rpc.call('anvil_setCode', [contract.address, codeFor(hashMessage(input.message))]);
    expect(await open('walletVerify', input)).toMatchObject({ session: { memberId: 'li' } });
  });

  it('goes on under its key, whichever call to the database a process dies at', async () => {
    await linked();
    const mortal: MortalParts = { onceKeys: 'all', oneUseTokens: 'all', memberSessions: 'all' };
    for (let calls = 0; ; calls += 1) {
      const input = await signedBy(wallet);
      const dying = dyingStore(service.foundation.store, calls, mortal);
      await verifyBy(processOf(0, dying.store), input).catch((error: unknown) =>
        expect(String(error)).toContain('died'),
      );
      const answer = await verifyBy(processOf(0), input);
      expect(answer.session.externalId).toBe('mei');
      expect(await service.services.memberSessions.authenticate(answer.token)).not.toBeNull();
      const used = await open('walletVerify', { ...input, idempotencyKey: service.key() });
      expect(used).toMatchObject({ token: null, userErrors: [{ code: 'USED_OR_EXPIRED' }] });
      if (!dying.died()) break;
    }
  });
});
