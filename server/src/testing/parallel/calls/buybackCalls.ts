import type { KeyedProgram } from '../../service.ts';
import type { Asker, ParallelCalls } from '../parallelCall.ts';
import type { ParallelStage } from '../parallelStage.ts';

const TOKEN_UNITS = 1_000_000n;
const RESERVE = 'reserve { total owed withdrawable } transaction { id status }';
const SHARE =
  'round { number state } share { amount paid returned } transaction { id status } call { to }';

interface Bank extends KeyedProgram {
  readonly ask: Asker;
}

/** A program with money in its reserve, in whole tokens. */
async function openBank(stage: ParallelStage, deposited: number): Promise<Bank> {
  const keyed = await stage.newProgram();
  const ask = stage.withKey(keyed.key);
  await stage.service.mint(1_000n * TOKEN_UNITS);
  if (deposited > 0) await stage.act(ask, 'reserveDeposit', { amount: `${deposited}` });
  return { ...keyed, ask };
}

/** A program whose first round is open, with a member who has 20 points and tenders some of them. */
async function openRound(
  stage: ParallelStage,
  tendered: number,
): Promise<Bank & { readonly shareNow: () => Promise<bigint | null> }> {
  const bank = await openBank(stage, 60);
  const { program, ask } = bank;
  const { services } = stage.service;
  const { account } = await stage.earn(bank, 'mei', 10);
  await stage.service.moveClockTo(program.firstRoundAtMs);
  const input = { memberId: 'mei', round: 0, amount: `${tendered}` };
  if (tendered > 0) await stage.act(ask, 'roundTender', input);
  return {
    ...bank,
    shareNow: async () => (await services.rounds.share(program, 0, account))?.amount ?? null,
  };
}

/** A program whose first round is over. */
async function closedRound(stage: ParallelStage): Promise<Bank> {
  const bank = await openRound(stage, 10);
  const { firstRoundAtMs, roundWindowMs } = bank.program;
  await stage.service.moveClockTo(firstRoundAtMs + roundWindowMs + 1_000);
  return bank;
}

export const BUYBACK_CALLS: ParallelCalls = {
  reserveDeposit: async (stage) => {
    const { ask, program } = await openBank(stage, 0);
    return {
      ...{ by: ask, input: { amount: '5' }, selection: RESERVE, other: { amount: '6' } },
      effect: async () => (await stage.service.services.rounds.reserve(program)).reserve,
      after: 5n * TOKEN_UNITS,
      // Its approval, too.
      transactions: 2,
    };
  },
  reserveWithdraw: async (stage) => {
    const { ask, program } = await openBank(stage, 60);
    const { address: to } = await stage.service.openWallet();
    return {
      ...{ by: ask, input: { amount: '1', to }, selection: RESERVE, other: { amount: '2' } },
      effect: () => stage.service.services.views.moneyOf(program, to),
      after: TOKEN_UNITS,
    };
  },
  roundTender: async (stage) => {
    const { ask, shareNow } = await openRound(stage, 0);
    return {
      ...{ by: ask, input: { memberId: 'mei', round: 0, amount: '8' } },
      ...{ selection: SHARE, other: { amount: '7' }, effect: shareNow, after: 800n },
    };
  },
  roundUntender: async (stage) => {
    const { ask, shareNow } = await openRound(stage, 10);
    return {
      ...{ by: ask, input: { memberId: 'mei', round: 0, amount: '4' } },
      ...{ selection: SHARE, other: { amount: '3' }, effect: shareNow, after: 600n },
    };
  },
  roundSettle: async (stage) => {
    const { ask, program } = await closedRound(stage);
    return {
      ...{ by: ask, input: {}, selection: 'round { number state } transaction { id status }' },
      other: 'It has no input but the key.',
      effect: async () => (await stage.service.services.rounds.find(program, 0))?.state,
      after: 'SETTLED',
    };
  },
  roundClaim: async (stage) => {
    const { ask, program } = await closedRound(stage);
    await stage.act(ask, 'roundSettle', {});
    const { services } = stage.service;
    const member = await services.members.find(program, 'mei');
    const account = member?.account ?? '0x';
    return {
      ...{ by: ask, input: { memberId: 'mei', round: 0, asset: 'MONEY' } },
      ...{ selection: SHARE, other: { asset: 'POINTS' } },
      effect: () => services.views.moneyOf(program, account),
      after: 5n * TOKEN_UNITS,
    };
  },
};
