import { id as keccakOfText, type Wallet } from 'ethers';
import type { Address } from '../statement.ts';
import { MOVE_ACCOUNT_TYPES, pointsDomain } from '../typedData.ts';
import type { Receipt } from '../receipt.ts';
import type { CallSender, ConnectedProgram, SeenEvent } from './connectedProgram.ts';
import { Refused, UsageError } from './usageError.ts';

/** A call in a block: its transaction, and the events that it emitted. */
export interface MinedCall {
  readonly hash: string;
  readonly events: readonly SeenEvent[];
}

/** Who calls: a node, a key, and gas money of its own account or another one. No call below can be made by a server alone. */
export interface Caller extends CallSender {
  readonly program: ConnectedProgram;
}

/** For what anybody may do: who pays for it does it. */
const anybody = ({ wallet, payer }: CallSender): CallSender => ({
  wallet: payer ?? wallet,
  payer: null,
});

/** How long a signed move of an account is good for. */
const MOVE_WITHIN_SECONDS = 3_600;

/** Hands in a receipt: mints to the account that it names what is not minted yet. Anybody may. */
export function settleReceipt(caller: Caller, receipt: Receipt): Promise<MinedCall> {
  if (
    receipt.points !== caller.program.addresses.points ||
    receipt.chainId !== caller.program.chainId
  ) {
    throw new UsageError(
      `This receipt is for ${receipt.points} on chain ${receipt.chainId}, not for this program.`,
    );
  }
  const { account, epoch, lines, signer, signature } = receipt;
  const statement = [account, epoch, lines, signer, signature];
  return caller.program.send(anybody(caller), 'points', 'settleSigned', ...statement);
}

/** Locks points against a change until the end of its notice. */
export function objectToChange(caller: Caller, change: bigint, points: bigint): Promise<MinedCall> {
  return caller.program.send(caller, 'charter', 'object', change, points);
}

/** Gives a holder back what was locked against a change whose notice is over, or that was withdrawn. Anybody may. */
export function releaseObjection(
  caller: Caller,
  change: bigint,
  holder: Address,
): Promise<MinedCall> {
  return caller.program.send(anybody(caller), 'charter', 'release', change, holder);
}

/** Applies a change whose time has come, with the terms that its announcement left in the log. Anybody may. */
export async function enactChange(caller: Caller, change: bigint): Promise<MinedCall> {
  const [announced] = await caller.program.history('charter', 'ChangeAnnounced', change);
  if (announced === undefined) throw new Refused(`There is no change ${change}.`);
  return caller.program.send(
    anybody(caller),
    'charter',
    'enact',
    change,
    announced.args.getValue('terms'),
  );
}

/** Offers points in the round that is open. */
export async function tenderPoints(caller: Caller, points: bigint): Promise<MinedCall> {
  return caller.program.send(caller, 'buyback', 'tender', await openRound(caller.program), points);
}

/** Takes points out of the round that is open. */
export async function untenderPoints(caller: Caller, points: bigint): Promise<MinedCall> {
  return caller.program.send(
    caller,
    'buyback',
    'untender',
    await openRound(caller.program),
    points,
  );
}

/** Computes the results of the rounds that have closed. Anybody may. */
export function settleRounds(caller: Caller): Promise<MinedCall> {
  return caller.program.send(anybody(caller), 'buyback', 'settle');
}

/**
 * Brings a holder's points of a closed round back, then the money for those that were bought. Anybody may.
 *
 * @param to Where the money goes; only the holder can say another account than its own.
 */
export async function claimShare(
  caller: Caller,
  round: bigint,
  holder: Address,
  to: Address = holder,
): Promise<readonly MinedCall[]> {
  const view = async (name: string, ...values: unknown[]): Promise<Record<string, unknown>> =>
    (await caller.program.read('buyback', name, round, ...values)) as Record<string, unknown>;
  const done: MinedCall[] = [];
  if ((await view('shareOf', holder))['amount'] === 0n) {
    throw new Refused(`${holder} has nothing in round ${round}.`);
  }
  const { settled, closesAt } = await view('roundOf');
  // What each half comes to is known from then on only.
  if (settled !== true && BigInt(String(closesAt)) <= BigInt(await caller.program.now())) {
    done.push(await settleRounds(caller));
  }
  // Points first: whatever the settlement token does, they come back.
  const money =
    to === holder
      ? ([anybody(caller), 'claimMoney', holder] as const)
      : ([caller, 'claimMoneyTo', to] as const);
  for (const [flag, due, sender, claim, account] of [
    ['pointsClaimed', 'returned', anybody(caller), 'claimPoints', holder],
    ['moneyClaimed', 'paid', ...money],
  ] as const) {
    const share = await view('shareOf', holder);
    const isSettled = (await view('roundOf'))['settled'] === true;
    // A round that bought everything gives no points back, and one without money pays nothing.
    if (share[flag] === true || (isSettled && share[due] === 0n)) continue;
    done.push(await caller.program.send(sender, 'buyback', claim, round, account));
  }
  return done;
}

/** Orders pieces of an item at no more than `maxPrice` each; the points wait in escrow. */
export function redeemItem(
  caller: Caller,
  order: { item: bigint; quantity: bigint; maxPrice: bigint; reference: string },
): Promise<MinedCall> {
  const { item, quantity, maxPrice, reference } = order;
  return caller.program.send(
    caller,
    'catalogue',
    'redeem',
    item,
    quantity,
    maxPrice,
    keccakOfText(reference),
  );
}

/** Gives the points of an order back whose deadline has passed. Anybody may. */
export function refundOrder(caller: Caller, order: bigint): Promise<MinedCall> {
  return caller.program.send(anybody(caller), 'catalogue', 'refund', order);
}

/** Moves the whole balance of the wallet to another account of the same person, which signs for it. */
export async function moveAccount(caller: Caller, to: Wallet): Promise<MinedCall> {
  const deadline = (await caller.program.now()) + MOVE_WITHIN_SECONDS;
  const signature = await to.signTypedData(
    pointsDomain(caller.program.chainId, caller.program.addresses.points),
    MOVE_ACCOUNT_TYPES,
    { from: caller.wallet.address, to: to.address, deadline },
  );
  return caller.program.send(caller, 'points', 'moveAccount', to.address, deadline, signature);
}

async function openRound(program: ConnectedProgram): Promise<bigint> {
  const [round, open] = (await program.read('buyback', 'currentRound')) as [bigint, boolean];
  if (open) return round;
  const opensNext = (await program.read(
    'buyback',
    'firstRoundFrom',
    await program.now(),
  )) as bigint;
  const next = (await program.read('buyback', 'roundOf', opensNext)) as { opensAt: bigint };
  const when = new Date(Number(next.opensAt) * 1_000).toISOString();
  throw new Refused(`No round is open now; round ${opensNext} opens at ${when}.`);
}
