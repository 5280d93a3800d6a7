import { DAY_MS } from '../../builders/time.ts';
import type { OwnWallet } from '../../service.ts';
import { newWalletKeys } from '../../walletKeys.ts';
import type { ParallelCalls, Payload } from '../parallelCall.ts';
import type { ParallelStage } from '../parallelStage.ts';

const TOKEN_UNITS = 1_000_000n;
const ROUNDS = 2;

/** Has a wallet sign that it takes the account of mei over. */
async function moveTo(
  { service }: ParallelStage,
  key: string,
  wallet: OwnWallet,
): Promise<Payload> {
  const { nowMs } = await service.foundation.chain.clock.now();
  const deadline = new Date(nowMs + DAY_MS).toISOString();
  const query = `{ accountMoveTypedData(memberId: "mei", to: "${wallet.address}", deadline: "${deadline}") { json } }`;
  const { data } = await service.ask(key, query);
  const { json } = data?.['accountMoveTypedData'] as { json: string };
  return { to: wallet.address, deadline, signature: await wallet.sign(json) };
}

export const MEMBER_CALLS: ParallelCalls = {
  accountMove: async (stage) => {
    const keyed = await stage.newProgram();
    const { account } = await stage.earn(keyed, 'mei', 10);
    const [wallet, another] = [await stage.service.openWallet(), await stage.service.openWallet()];
    const { totals } = stage.service.foundation.store;
    const balances = (): Promise<bigint[]> =>
      Promise.all([account, wallet.address].map((of) => totals.balanceOf(keyed.program.id, of)));
    return {
      by: stage.withKey(keyed.key),
      input: { memberId: 'mei', ...(await moveTo(stage, keyed.key, wallet)) },
      selection: 'from to transaction { id status } call { to }',
      other: await moveTo(stage, keyed.key, another),
      ...{ effect: balances, after: [0n, 2_000n] },
    };
  },
  memberErase: async (stage) => {
    const keyed = await stage.newProgram();
    for (const memberId of ['mei', 'li']) await stage.earn(keyed, memberId, 1);
    const { services, foundation } = stage.service;
    return {
      by: stage.withKey(keyed.key),
      ...{ input: { memberId: 'mei' }, selection: 'account', other: { memberId: 'li' } },
      effect: async () => [
        (await services.members.find(keyed.program, 'mei')) === null,
        (await services.members.find(keyed.program, 'li')) === null,
        (await foundation.store.members.erasedSince(keyed.program.id, 0)).length,
      ],
      after: [true, false, 1],
    };
  },
  memberMerge: async (stage) => {
    const keyed = await stage.newProgram();
    for (const memberId of ['mei', 'li', 'wu']) await stage.earn(keyed, memberId, 1);
    const { id: programId } = keyed.program;
    const into = await stage.service.services.members.find(keyed.program, 'li');
    const merged = { programId, 'mergedInto.fromEpoch': { $gte: 0 } };
    return {
      by: stage.withKey(keyed.key),
      input: { fromMemberId: 'mei', intoMemberId: 'li' },
      selection: 'fromEpoch startsAt fromAccount intoAccount ownWallet',
      other: { intoMemberId: 'wu' },
      effect: async () => [
        await stage.count('members', merged),
        await stage.count('members', { ...merged, 'mergedInto.memberId': into?.id }),
      ],
      after: [1, 1],
    };
  },
  memberKeyExport: async (stage) => {
    const keyed = await stage.newProgram();
    const { id } = await stage.earn(keyed, 'mei', 1);
    const app = stage.withKey(keyed.key);
    const { token } = await stage.act(app, 'memberSessionCreate', { memberId: 'mei' }, 'token');
    const [wallet, another] = [await newWalletKeys(), await newWalletKeys()];
    return {
      by: stage.withKey(String(token)),
      ...{ input: { publicKey: wallet.publicKey }, other: { publicKey: another.publicKey } },
      selection: 'account jwe exportedAt',
      effect: () => stage.count('keyExports', { _id: id }),
      after: 1,
    };
  },
  moneySend: async (stage) => {
    const { service, act } = stage;
    const keyed = await stage.newProgram();
    const { program, key } = keyed;
    const by = stage.withKey(key);
    await service.mint(1_000n * TOKEN_UNITS);
    await act(by, 'reserveDeposit', { amount: '60' });
    for (let round = 0; round < ROUNDS; round += 1) {
      const opensAtMs = program.firstRoundAtMs + round * program.roundPeriodMs;
      await service.moveClockTo(opensAtMs);
      await stage.earn(keyed, 'mei', 5);
      await act(by, 'roundTender', { memberId: 'mei', round, amount: '10' });
      await service.moveClockTo(opensAtMs + program.roundWindowMs + 1_000);
      await act(by, 'roundSettle', {});
    }
    const { address: to } = await service.openWallet();
    const another = await service.openWallet();
    return {
      ...{ by, input: { memberId: 'mei', to }, other: { to: another.address } },
      selection: 'money { owed account } transactions { id status } transaction { id status }',
      effect: () => service.services.views.moneyOf(program, to),
      after: 10n * TOKEN_UNITS,
      transactions: ROUNDS,
    };
  },
};
