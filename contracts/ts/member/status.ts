import type { Address } from '../statement.ts';
import { amountText, pointsText } from './amounts.ts';
import type { ConnectedProgram, Money } from './connectedProgram.ts';
import { CHANGE_STATES, dateOf, ORDER_STATES } from './eventWords.ts';

/** What an account has in a program, a line each, read from nothing but the chain. */
export async function statusOf(program: ConnectedProgram, account: Address): Promise<string[]> {
  const [name, balance, money] = await Promise.all([
    program.read('points', 'name'),
    program.read('points', 'balanceOf', account),
    program.money(),
  ]);
  return [
    `${String(name)}: ${account} has ${pointsText(BigInt(String(balance)))} points.`,
    `It has been paid, or holds, ${amountText(await program.moneyOf(account), money.decimals)} ${money.symbol}.`,
    ...(await roundLines(program, account, money)),
    ...(await orderLines(program, account)),
    ...(await changeLines(program, account)),
  ];
}

async function roundLines(
  program: ConnectedProgram,
  account: Address,
  money: Money,
): Promise<string[]> {
  const [[round, open], next] = await Promise.all([
    program.read('buyback', 'currentRound') as Promise<[bigint, boolean]>,
    program.now().then((now) => program.read('buyback', 'firstRoundFrom', now)),
  ]);
  const read = (view: string, ...values: unknown[]): Promise<Record<string, bigint>> =>
    program.read('buyback', view, ...values) as Promise<Record<string, bigint>>;
  const current = await read('roundOf', round);
  const following = await read('roundOf', next);
  const tendered = await program.history('buyback', 'Tendered', null, account);
  const rounds = [...new Set(tendered.map(({ args }) => args.getValue('round') as bigint))];
  const shares = await Promise.all(
    rounds.map(async (one) => {
      const share = await read('shareOf', one, account);
      const claimed = (flag: unknown): string => (flag ? ' (handed out)' : '');
      const paid = `${amountText(share['paid'] ?? 0n, money.decimals)} ${money.symbol}${claimed(share['moneyClaimed'])}`;
      const back = `${pointsText(share['returned'] ?? 0n)} points${claimed(share['pointsClaimed'])}`;
      return `Round ${one}: ${pointsText(share['amount'] ?? 0n)} points tendered, ${paid} for it, ${back} back.`;
    }),
  );
  return [
    open
      ? `Round ${round} is open until ${dateOf(current['closesAt'])}.`
      : `No round is open; round ${String(next)} opens at ${dateOf(following['opensAt'])}.`,
    ...shares,
  ];
}

async function orderLines(program: ConnectedProgram, account: Address): Promise<string[]> {
  const redeemed = await program.history('catalogue', 'Redeemed', null, account);
  return Promise.all(
    redeemed.map(async ({ args }) => {
      const order = args.getValue('order') as bigint;
      const { state, points, deadline } = (await program.read('catalogue', 'orderOf', order)) as {
        readonly state: bigint;
        readonly points: bigint;
        readonly deadline: bigint;
      };
      const stands = ORDER_STATES[Number(state)] ?? '';
      return `Order ${order}: ${pointsText(points)} points, ${stands}; deadline ${dateOf(deadline)}.`;
    }),
  );
}

async function changeLines(program: ConnectedProgram, account: Address): Promise<string[]> {
  const announced = await program.history('charter', 'ChangeAnnounced');
  return Promise.all(
    announced.map(async ({ args }) => {
      const id = args.getValue('id') as bigint;
      const [change, mine] = await Promise.all([
        program.read('charter', 'change', id) as Promise<Record<string, bigint>>,
        program.read('charter', 'objectionOf', id, account),
      ]);
      const stands = CHANGE_STATES[Number(change['state'])] ?? '';
      const locked = BigInt(String(mine));
      const against = locked === 0n ? '' : `; ${pointsText(locked)} points of yours against it`;
      return `Change ${id}: ${stands}; notice until ${dateOf(change['noticeEndsAt'])}${against}.`;
    }),
  );
}
