/** What the calls of the charter, the buyback and the catalogue cost on a real chain: gas of whole transactions. */
import { Interface, type JsonRpcSigner } from 'ethers';
import { erc2771ForwarderAbi } from '../abi/erc2771ForwarderAbi.ts';
import {
  buybackInterface,
  catalogueInterface,
  charterInterface,
  localMoneyInterface,
} from '../contractInterfaces.ts';
import { packBatch, packLines, type Address, type Hex } from '../statement.ts';
import { encodeBuybackTerms, encodeTerms } from '../terms.ts';
import { FORWARD_REQUEST_TYPES, forwarderDomain } from '../typedData.ts';
import type { GasTable } from './measure.ts';
import {
  BUYBACK,
  MEASURED_FIRST_ROUND_AT,
  OPENING_RULES,
  ROUND_PERIOD_SECONDS,
  WEEK_SECONDS,
  type MeasuredProgram,
} from './program.ts';

const forwarderInterface = new Interface(erc2771ForwarderAbi);

/** Base units of points that each holder has at first: 100,000 points. */
const GIVEN = 10_000_000n;
/** Base units: as much as a whole round buys. */
const TENDERED = 1_000_000n;
const OBJECTED = 100_000n;
/** Base units of points for one piece. */
const PRICE = 12_300n;
const NEVER = 2n ** 48n - 1n;
const FORWARDED_GAS = 300_000n;

/** A change that hurts holders: a point is bought for less. */
const LOWER_PRICE = encodeBuybackTerms({ ...BUYBACK, pricePerPoint: 9_000n });
const BETTER_RULES = encodeTerms({
  ...OPENING_RULES,
  rules: OPENING_RULES.rules.map((rule) => ({ ...rule, perAction: 200n })),
});

/** Measures on a program that nobody has used yet, in its epoch 0. The order of the calls is part of the result. */
export async function measureModules(program: MeasuredProgram): Promise<GasTable> {
  const gas: GasTable = { 'create a program': Number(program.gasOfCreation) };
  await givePoints(program);
  await measureReserve(program, gas);
  await measureOrders(program, gas);
  await measureAnnouncing(program, gas);
  await measureFirstRound(program, gas);
  await measureLastRound(program, gas);
  return gas;
}

async function givePoints({ settle, holder, others }: MeasuredProgram) {
  const lines = packLines([{ ruleId: 1, count: 0n, amount: GIVEN }]);
  const members = [holder, ...others].map(({ address }) => address as Address);
  const batch = packBatch(members.map((member) => ({ member, epoch: 0, lines })));
  await settle(batch);
}

async function measureReserve({ call, operator, buyback, money }: MeasuredProgram, gas: GasTable) {
  const mint = localMoneyInterface.encodeFunctionData('mint', [operator.address, 10n ** 12n]);
  await call(operator, money, mint);
  const approve = localMoneyInterface.encodeFunctionData('approve', [buyback, 10n ** 12n]);
  await call(operator, money, approve);
  const deposit = buybackInterface.encodeFunctionData('deposit', [BUYBACK.budgetPerRound]);
  gas['deposit, the first one'] = Number(await call(operator, buyback, deposit));
  gas['deposit'] = Number(await call(operator, buyback, deposit));
  const transfer = localMoneyInterface.encodeFunctionData('transfer', [buyback, 1_000n]);
  await call(operator, money, transfer);
  const sync = buybackInterface.encodeFunctionData('sync');
  gas['sync'] = Number(await call(operator, buyback, sync));
  await call(operator, buyback, deposit);
  const withdraw = buybackInterface.encodeFunctionData('withdraw', [operator.address, 1_000n]);
  gas['withdraw'] = Number(await call(operator, buyback, withdraw));
}

async function measureOrders(
  { call, operator, holder, ...program }: MeasuredProgram,
  gas: GasTable,
) {
  const { catalogue } = program;
  const gasOf = async (from: JsonRpcSigner, name: string, ...values: unknown[]) =>
    Number(await call(from, catalogue, catalogueInterface.encodeFunctionData(name, values)));
  const redeem = (order: number) =>
    gasOf(holder, 'redeem', 1, 2, PRICE, `0x${order.toString(16).padStart(64, '0')}`);

  gas['addItem'] = await gasOf(operator, 'addItem', PRICE, 1_000, 'A cup of coffee');
  // The first order of a program also writes the catalogue's balance and its counts for the first time.
  gas['redeem, the first one'] = await redeem(1);
  gas['redeem'] = await redeem(2);
  // Two stay open until their deadline has passed.
  await redeem(3);
  await redeem(4);
  gas['fulfil'] = await gasOf(operator, 'fulfil', 1);
  gas['refund by the operator'] = await gasOf(operator, 'refund', 2);
}

async function measureAnnouncing(program: MeasuredProgram, gas: GasTable) {
  const { call, operator, charter, points, buyback, holder, others } = program;
  const gasOf = async (from: JsonRpcSigner, name: string, ...values: unknown[]) =>
    Number(await call(from, charter, charterInterface.encodeFunctionData(name, values)));
  gas['announce, an improvement of 3 rules'] = await gasOf(
    operator,
    'announce',
    points,
    BETTER_RULES,
  );
  gas['announce, lower buyback terms'] = await gasOf(operator, 'announce', buyback, LOWER_PRICE);
  gas['object, the first one'] = await gasOf(holder, 'object', 2, OBJECTED);
  gas['object, the first one of a holder'] = await gasOf(others[0], 'object', 2, OBJECTED);
  gas['object, a later one'] = await gasOf(holder, 'object', 2, OBJECTED);
}

async function measureFirstRound(program: MeasuredProgram, gas: GasTable) {
  const { call, goTo, holder, others, buyback, forwarder } = program;
  const gasOf = async (from: JsonRpcSigner, name: string, ...values: unknown[]) =>
    Number(await call(from, buyback, buybackInterface.encodeFunctionData(name, values)));
  await goTo(MEASURED_FIRST_ROUND_AT);
  gas['tender, the first one of a round, nothing in escrow'] = await gasOf(
    holder,
    'tender',
    0,
    TENDERED,
  );
  gas['tender, the first one of a holder'] = await gasOf(others[0], 'tender', 0, TENDERED);
  gas['tender, a later one'] = await gasOf(others[0], 'tender', 0, TENDERED);
  const request = await forwardedTender(program, others[1]);
  const forwarded = forwarderInterface.encodeFunctionData('execute', [request]);
  gas['tender, the first one of a holder, through the forwarder'] = Number(
    await call(others[2], forwarder, forwarded),
  );
  gas['untender a part'] = await gasOf(others[0], 'untender', 0, TENDERED);
  gas['untender everything'] = await gasOf(others[0], 'untender', 0, TENDERED);

  await goTo(MEASURED_FIRST_ROUND_AT + WEEK_SECONDS);
  gas['settle'] = await gasOf(others[2], 'settle');
  gas['settle, nothing due'] = await gasOf(others[2], 'settle');
  gas['claimPoints'] = await gasOf(others[2], 'claimPoints', 0, holder.address);
  gas['claimMoney, first money of the holder'] = await gasOf(
    others[2],
    'claimMoney',
    0,
    holder.address,
  );
}

/** The change that was announced at the start: its notice is over, and the second round is its last one. */
async function measureLastRound(program: MeasuredProgram, gas: GasTable) {
  const { call, goTo, holder, others, buyback, charter, catalogue } = program;
  const stranger = others[2];
  const gasOf = async (from: JsonRpcSigner, to: Address, data: string) =>
    Number(await call(from, to, data));
  const release = charterInterface.encodeFunctionData('release', [2, holder.address]);
  gas['release an objection'] = await gasOf(stranger, charter, release);
  const refund = catalogueInterface.encodeFunctionData('refund', [3]);
  gas['refund an overdue order'] = await gasOf(stranger, catalogue, refund);

  const secondRoundAt = MEASURED_FIRST_ROUND_AT + ROUND_PERIOD_SECONDS;
  await goTo(secondRoundAt);
  const tender = buybackInterface.encodeFunctionData('tender', [1, TENDERED]);
  gas['tender, the first one of a round'] = await gasOf(holder, buyback, tender);
  await gasOf(others[0], buyback, tender);
  await goTo(secondRoundAt + WEEK_SECONDS);
  const enact = charterInterface.encodeFunctionData('enact', [2, LOWER_PRICE]);
  gas['enact buyback terms, settling the last round'] = await gasOf(stranger, charter, enact);
  const claim = buybackInterface.encodeFunctionData('claimMoney', [1, holder.address]);
  gas['claimMoney'] = await gasOf(stranger, buyback, claim);
}

async function forwardedTender(program: MeasuredProgram, member: JsonRpcSigner) {
  const request = {
    from: member.address,
    to: program.buyback,
    value: 0n,
    gas: FORWARDED_GAS,
    nonce: 0n,
    deadline: NEVER,
    data: buybackInterface.encodeFunctionData('tender', [0, TENDERED]) as Hex,
  };
  const domain = forwarderDomain(program.chainId, program.forwarder);
  const signature = await member.signTypedData(domain, FORWARD_REQUEST_TYPES, request);
  return { ...request, signature };
}
