import { Wallet } from 'ethers';
import { DAY_MS } from '../../builders/time.ts';
import { until } from '../../service.ts';
import type { ParallelCalls, Payload } from '../parallelCall.ts';
import type { ParallelStage } from '../parallelStage.ts';

const KEY = 'apiKey { id name scopes createdAt expiresAt revokedAt }';
const SESSION = 'token session { id memberId createdAt expiresAt revokedAt }';

/** An owner with two keys of this name. */
async function withKeys(
  stage: ParallelStage,
  name: string,
): Promise<Awaited<ReturnType<ParallelStage['owner']>> & { readonly ids: readonly string[] }> {
  const owner = await stage.owner(name);
  const ids: string[] = [];
  for (let made = 0; made < 2; made += 1) {
    const input = { name, scopes: ['PROGRAM_READ'] };
    const { apiKey } = await stage.act(owner.ask, 'apiKeyCreate', input, 'apiKey { id }');
    ids.push((apiKey as { id: string }).id);
  }
  return { ...owner, ids };
}

const keysOf = (
  { count }: ParallelStage,
  organisationId: string,
  more: Payload = {},
): Promise<number> => count('apiKeys', { organisationId, ...more });

/** A message of a member's own wallet to sign in with (EIP-4361), and what a stranger signs. */
async function signInMessage(stage: ParallelStage): Promise<{
  readonly input: Payload;
  readonly forged: string;
}> {
  const { service, withKey, act, earn } = stage;
  const { mine } = service;
  const wallet = await service.openWallet();
  const member = await earn(mine, 'signing', 5);
  const { nowMs } = await service.foundation.chain.clock.now();
  const deadline = new Date(nowMs + DAY_MS).toISOString();
  const typed = `{ accountMoveTypedData(memberId: "signing", to: "${wallet.address}", deadline: "${deadline}") { json } }`;
  const { data } = await service.ask(mine.key, typed);
  const { json } = data?.['accountMoveTypedData'] as { json: string };
  const moving = { to: wallet.address, deadline, signature: await wallet.sign(json) };
  const app = withKey(mine.key);
  await act(app, 'accountMove', { memberId: member.externalId, ...moving });
  await until('the wallet is followed', async () => {
    const found = await service.services.members.find(mine.program, 'signing');
    return found?.links.some(({ account }) => account === wallet.address) === true;
  });
  const { id: programId, chainId } = mine.program;
  const ask = `mutation { walletNonceCreate(input: { programId: "${programId}" }) { nonce } }`;
  const made = (await service.ask(null, ask)).data?.['walletNonceCreate'] as { nonce: string };
  const message = [
    'localhost:4000 wants you to sign in with your Ethereum account:',
    ...[wallet.address, '', 'Sign in to your points.', ''],
    `URI: http://localhost:4000/w/${programId}`,
    ...['Version: 1', `Chain ID: ${chainId}`, `Nonce: ${made.nonce}`],
    `Issued At: ${new Date().toISOString()}`,
  ].join('\n');
  const signature = await wallet.signMessage(message);
  const forged = await Wallet.createRandom().signMessage(message);
  return { input: { programId, message, signature }, forged };
}

export const ACCESS_CALLS: ParallelCalls = {
  apiKeyCreate: async (stage) => {
    const { ask, organisationId } = await stage.owner('key-create');
    return {
      ...{ by: ask, input: { name: 'till', scopes: ['PROGRAM_READ'] }, selection: `key ${KEY}` },
      other: { name: 'another till' },
      effect: () => keysOf(stage, organisationId),
      after: 1,
    };
  },
  apiKeyRotate: async (stage) => {
    const { ask, organisationId, ids } = await withKeys(stage, 'key-rotate');
    return {
      ...{ by: ask, input: { id: ids[0], oldGoodForHours: 1 } },
      selection: `key ${KEY} oldApiKey { id expiresAt }`,
      other: { oldGoodForHours: 2 },
      effect: async () => [
        await keysOf(stage, organisationId),
        await keysOf(stage, organisationId, { expiresAtMs: null }),
      ],
      after: [3, 2],
    };
  },
  apiKeyRevoke: async (stage) => {
    const { ask, organisationId, ids } = await withKeys(stage, 'key-revoke');
    return {
      ...{ by: ask, input: { id: ids[0] }, selection: KEY, other: { id: ids[1] } },
      effect: () => keysOf(stage, organisationId, { revokedAtMs: { $ne: null } }),
      after: 1,
    };
  },
  memberSessionCreate: ({ service, withKey, count }) =>
    Promise.resolve({
      by: withKey(service.mine.key),
      ...{ input: { memberId: 'opening' }, selection: SESSION, other: { memberId: 'another' } },
      effect: () => count('memberSessions', { externalId: { $in: ['opening', 'another'] } }),
      after: 1,
    }),
  memberSessionRevoke: async ({ service, withKey, act, count }) => {
    const by = withKey(service.mine.key);
    const open = async (): Promise<string> => {
      const input = { memberId: 'leaving' };
      const { session } = await act(by, 'memberSessionCreate', input, 'session { id }');
      return (session as { id: string }).id;
    };
    return {
      ...{ by, input: { sessionId: await open() }, other: { sessionId: await open() } },
      selection: 'session { id memberId createdAt expiresAt revokedAt }',
      effect: () => count('memberSessions', { externalId: 'leaving', revokedAtMs: { $ne: null } }),
      after: 1,
    };
  },
  walletLinkTicketCreate: ({ service, withKey, count }) =>
    Promise.resolve({
      by: withKey(service.mine.key),
      ...{ input: { memberId: 'linking' }, selection: 'ticket expiresAt' },
      other: { memberId: 'another' },
      effect: () => count('oneUseTokens', { externalId: { $in: ['linking', 'another'] } }),
      after: 1,
    }),
  walletLinkTicketRedeem: async ({ service, withKey, act, count }) => {
    const input = { memberId: 'linked' };
    const app = withKey(service.mine.key);
    const { ticket } = await act(app, 'walletLinkTicketCreate', input, 'ticket');
    return {
      ...{ by: withKey(null), input: { ticket }, selection: SESSION },
      other:
        'The ticket is all of the input, and keys are each ticket’s own: a stranger takes none away.',
      effect: async () => [
        await count('memberSessions', { externalId: 'linked' }),
        await count('oneUseTokens', { externalId: 'linked', usedBy: { $ne: null } }),
      ],
      after: [1, 1],
    };
  },
  walletNonceCreate: async ({ service, withKey, count }) => ({
    by: withKey(null),
    input: { programId: service.mine.program.id },
    selection: 'nonce expiresAt',
    otherMeans: {
      because: 'A nonce says for itself who made it and when: each caller gets one of its own.',
      alike: ({ nonce }) => String(nonce).length,
      changesNothing: true,
    },
    other: 'Without a key, every input is a request of its own.',
    effect: () => count('oneUseTokens', { programId: service.mine.program.id, externalId: null }),
    after: await count('oneUseTokens', {
      programId: service.mine.program.id,
      externalId: null,
    }),
  }),
  walletVerify: async (stage) => {
    const { input, forged } = await signInMessage(stage);
    const filter = { externalId: 'signing' };
    return {
      ...{ by: stage.withKey(null), input, selection: SESSION, other: { signature: forged } },
      effect: () => stage.count('memberSessions', filter),
      after: 1,
    };
  },
};
