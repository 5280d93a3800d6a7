/** Translates reverts of contracts to codes, fields and messages of the API. The only place that does. */
import { formatMoney } from '../../domain/money.ts';
import type { ErrorCode, Refusal } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { Revert } from '../../domain/transactions/transaction.ts';

/** A call that a contract refused. */
export interface TriedCall {
  /** Name of the mutation that asked for it. */
  readonly kind: string;
  /** Null while there is none: `programCreate`. */
  readonly program: Program | null;
}

type Args = Revert['args'];
type Translation = (args: Args, tried: TriedCall) => Refusal;

const MS_PER_SECOND = 1_000;
const POINT_DECIMALS = 2;
const NO_STATE = 0n;

const refusal = (code: ErrorCode, field: string | null, message: string): Refusal => ({
  code,
  field,
  message,
});
const asBigint = (value: unknown): bigint => (typeof value === 'bigint' ? value : 0n);
const points = (value: unknown): string =>
  `${formatMoney({ units: asBigint(value), decimals: POINT_DECIMALS })} points`;
const money = (value: unknown, { program }: TriedCall): string => {
  if (program === null) return `${asBigint(value)} base units`;
  const { decimals, symbol } = program.settlementToken;
  return `${formatMoney({ units: asBigint(value), decimals })} ${symbol}`;
};
const time = (seconds: unknown): string =>
  new Date(Number(asBigint(seconds)) * MS_PER_SECOND).toISOString();

/** Names of the contracts' settings in the input of `programCreate`. */
const SETTING_FIELDS: Readonly<Record<string, string>> = {
  epochLength: 'epochSeconds',
  noticePeriod: 'noticeSeconds',
  roundPeriod: 'roundPeriodSeconds',
  roundWindow: 'roundWindowSeconds',
  orderDeadline: 'orderDeadlineSeconds',
};
const settingField = (field: unknown): string => SETTING_FIELDS[String(field)] ?? String(field);
const RULE_FIELDS: Readonly<Record<string, string>> = { id: 'ruleId', perUnit: 'perMillionUnits' };
/** Fields of the rule set itself, not of one of its rules. */
const RULE_SET_FIELDS: ReadonlySet<string> = new Set([
  'notBefore',
  'rules',
  'budgetPerEpoch',
  'documentHash',
]);

function ruleField(field: string, index: unknown, { kind }: TriedCall): string {
  const ruleSet = kind === 'programCreate' ? 'opening' : 'terms.ruleSet';
  if (RULE_SET_FIELDS.has(field)) return `${ruleSet}.${field}`;
  return `${ruleSet}.rules[${String(index)}].${RULE_FIELDS[field] ?? field}`;
}

const outOfBounds = (field: string, { lowest, highest }: Args): Refusal =>
  refusal(
    'OUT_OF_RANGE',
    field,
    `${field} must be from ${String(lowest)} to ${String(highest)}, in base units.`,
  );

/** In the order of the contracts: Points, Charter, Buyback, Catalogue, Programs, and libraries. */
const TRANSLATIONS: Readonly<Record<string, Translation>> = {
  InvalidMove: () =>
    refusal(
      'INVALID_MOVE',
      'signature',
      'signature is not that of the new account for this move and deadline, or the new account is the old one or can not hold points.',
    ),
  InvalidSetting: ({ field }) =>
    refusal(
      'OUT_OF_RANGE',
      settingField(field),
      `${settingField(field)} is out of the bounds of the contract.`,
    ),
  InvalidTerms: ({ field, index }, tried) => {
    const path = ruleField(String(field), index, tried);
    return refusal('OUT_OF_RANGE', path, `${path} is out of the bounds of the contract.`);
  },
  NotTransferable: () =>
    refusal('REFUSED_BY_CONTRACT', null, 'Points of this program can not be transferred.'),
  NotOperator: ({ caller }) =>
    refusal('NOT_OPERATOR', null, `${String(caller)} is not the operator of this program.`),

  ChangePending: ({ id }) =>
    refusal(
      'CHANGE_PENDING',
      'terms',
      `Change ${String(id)} is pending; announce these terms when it is over.`,
    ),
  Cooldown: ({ until }) =>
    refusal(
      'COOLDOWN',
      'terms',
      `Terms that hurt members or holders can not be announced before ${time(until)}.`,
    ),
  NotBeforeTooLate: ({ notBefore, latest }) =>
    refusal(
      'NOT_BEFORE_TOO_LATE',
      'terms.ruleSet.notBefore',
      `terms.ruleSet.notBefore is ${String(notBefore)}; it must be at most ${String(latest)}, 14 days from now or from the end of the notice.`,
    ),
  NoChange: () =>
    refusal('NO_CHANGE', 'terms', 'These terms are those of the newest version; change something.'),
  NewestNotInForce: ({ fromEpoch }) =>
    refusal(
      'NEWEST_NOT_IN_FORCE',
      'terms.ruleSet',
      `The newest rule set is in force from epoch ${String(fromEpoch)} on; announce the next improvement in it or later.`,
    ),
  NotPending: ({ id, state }) =>
    asBigint(state) === NO_STATE
      ? refusal('NOT_FOUND', 'change', `The program has no change ${String(id)}.`)
      : refusal('NOT_PENDING', 'change', `change is ${String(id)}; it must be a pending change.`),
  WrongTerms: ({ id }) =>
    refusal('NOT_FOUND', 'change', `Change ${String(id)} was announced with other terms.`),
  NoticeRuns: ({ noticeEndsAt }) =>
    refusal(
      'NOTICE_RUNS',
      'change',
      `The notice of the change runs until ${time(noticeEndsAt)}; repeat the request after it.`,
    ),
  NoticeOver: ({ noticeEndsAt }) =>
    refusal(
      'NOTICE_OVER',
      'change',
      `The notice of the change ended at ${time(noticeEndsAt)}; holders can only object before it ends.`,
    ),
  LastRoundOwed: ({ firstEligibleRound }) =>
    refusal(
      'LAST_ROUND_OWED',
      'change',
      `Before the change is enacted, round ${String(firstEligibleRound)} or the one after it must close with its whole budget in the reserve.`,
    ),
  Outdated: ({ comparedVersion, newest }) =>
    refusal(
      'OUTDATED',
      'change',
      `The change was compared with version ${String(comparedVersion)} of the terms, and the newest is ${String(newest)}; withdraw it and announce it again.`,
    ),
  NothingToObject: () =>
    refusal('OUT_OF_RANGE', 'amount', 'amount is 0.00; an objection locks at least 0.01 points.'),
  NothingToRelease: ({ id }) =>
    refusal(
      'NOTHING_TO_RELEASE',
      'change',
      `The account has no points locked against change ${String(id)}.`,
    ),

  RoundNotOpen: ({ round }) =>
    refusal(
      'ROUND_NOT_OPEN',
      'round',
      `round is ${String(round)}; it must be the number of the open round.`,
    ),
  RoundNotSettled: ({ round }) =>
    refusal(
      'ROUND_NOT_SETTLED',
      'round',
      `round is ${String(round)}; it must be a round that has closed and in which holders tendered.`,
    ),
  BelowMinTender: ({ held, minTender }) =>
    refusal(
      'BELOW_MIN_TENDER',
      'amount',
      `The account would have ${points(held)} in the round; it must have none or at least ${points(minTender)}.`,
    ),
  InsufficientTender: ({ held, amount }) =>
    refusal(
      'INSUFFICIENT_TENDER',
      'amount',
      `amount is ${points(amount)}; it must be at most the ${points(held)} that the account has in the round.`,
    ),
  NothingToClaim: ({ round }) =>
    refusal(
      'NOTHING_TO_CLAIM',
      'round',
      `The account has nothing left to claim in round ${String(round)}.`,
    ),
  ExceedsWithdrawable: ({ amount, withdrawable }, tried) =>
    refusal(
      'EXCEEDS_WITHDRAWABLE',
      'amount',
      `amount is ${money(amount, tried)}; it must be at most ${money(withdrawable, tried)}.`,
    ),
  ImprovedAlready: ({ round }) =>
    refusal(
      'IMPROVED_ALREADY',
      'terms.buyback',
      `The terms of round ${String(round)} are better than those before already; announce the next improvement after it has opened.`,
    ),
  NotCovered: ({ needed, free }, tried) =>
    refusal(
      'NOT_COVERED',
      'terms.buyback',
      `These terms need ${money(needed, tried)} in the reserve that are not owed; there are ${money(free, tried)}.`,
    ),
  InvalidRecipient: ({ to }) =>
    refusal(
      'INVALID_RECIPIENT',
      'to',
      `to is ${String(to)}; it must be an account that can receive money, not a contract of the program.`,
    ),
  UnexpectedTransfer: ({ expected, actual }, tried) =>
    refusal(
      'UNEXPECTED_TRANSFER',
      null,
      `The settlement token transferred ${money(actual, tried)} instead of ${money(expected, tried)}; it must be a token without fees.`,
    ),
  ZeroAmount: () => refusal('OUT_OF_RANGE', 'amount', 'amount is 0; it must be more than 0.'),
  TermsOutOfBounds: (args, tried) => {
    const buyback = tried.kind === 'programCreate' ? 'buyback' : 'terms.buyback';
    return outOfBounds(`${buyback}.${String(args['field'])}`, args);
  },

  ItemOutOfBounds: (args) => outOfBounds(String(args['field']), args),
  UnknownItem: ({ item }) =>
    refusal('NOT_FOUND', 'item', `The program has no item ${String(item)}.`),
  ItemWithdrawn: ({ item }) =>
    refusal('ITEM_WITHDRAWN', 'item', `Item ${String(item)} is withdrawn; choose another item.`),
  NoWithdrawalScheduled: ({ item }) =>
    refusal(
      'NO_WITHDRAWAL_SCHEDULED',
      'item',
      `Item ${String(item)} has no scheduled withdrawal to cancel.`,
    ),
  OutOfStock: ({ stock }) =>
    refusal(
      'OUT_OF_STOCK',
      'quantity',
      `quantity must be at most ${String(stock)}, the number of pieces that are left.`,
    ),
  PriceTooHigh: ({ price, maxPrice }) =>
    refusal(
      'PRICE_TOO_HIGH',
      'maxPrice',
      `maxPrice is ${points(maxPrice)}; the item costs ${points(price)} now.`,
    ),
  ZeroQuantity: () => refusal('OUT_OF_RANGE', 'quantity', 'quantity is 0; it must be 1 or more.'),
  OrderRefUsed: () =>
    refusal(
      'ORDER_REF_USED',
      'idempotencyKey',
      'The account has another order with this idempotencyKey; every order needs a key of its own.',
    ),
  OrderNotOpen: ({ order, state }) =>
    asBigint(state) === NO_STATE
      ? refusal('NOT_FOUND', 'order', `The program has no order ${String(order)}.`)
      : refusal(
          'ORDER_NOT_OPEN',
          'order',
          `Order ${String(order)} is fulfilled or refunded already.`,
        ),
  DeadlinePassed: ({ deadline }, { kind }) =>
    refusal(
      'DEADLINE_PASSED',
      kind === 'accountMove' ? 'deadline' : 'order',
      `The deadline passed at ${time(deadline)}.`,
    ),
  DeadlineNotReached: ({ deadline }) =>
    refusal(
      'DEADLINE_NOT_REACHED',
      'order',
      `Before its deadline, ${time(deadline)}, only the operator can refund the order.`,
    ),

  SettingOutOfBounds: ({ field, lowest, highest }) =>
    refusal(
      'OUT_OF_RANGE',
      settingField(field),
      `${settingField(field)} must be from ${String(lowest)} to ${String(highest)} (seconds, epochs, bytes or basis points, as the contract counts it).`,
    ),
  SettlementWindowNotInSteps: ({ step }) =>
    refusal(
      'OUT_OF_RANGE',
      'settlementWindow',
      `settlementWindow must be a multiple of ${String(step)}.`,
    ),
  NotAToken: ({ settlementToken }) =>
    refusal(
      'NOT_A_TOKEN',
      'settlementToken',
      `settlementToken is ${String(settlementToken)}; it must be an ERC-20 contract.`,
    ),
  FailedDeployment: () =>
    refusal(
      'PROGRAM_EXISTS',
      'idempotencyKey',
      'A program with these settings and this idempotencyKey exists already; use another key for another program.',
    ),
  ERC20InsufficientBalance: ({ sender, balance, needed }, tried) =>
    tried.kind === 'reserveDeposit'
      ? refusal(
          'INSUFFICIENT_MONEY',
          'amount',
          `amount is ${money(needed, tried)}; ${String(sender)} has only ${money(balance, tried)}.`,
        )
      : refusal(
          'INSUFFICIENT_POINTS',
          tried.kind === 'itemRedeem' ? 'quantity' : 'amount',
          `${points(needed)} are needed; the account has only ${points(balance)} that are settled and not locked.`,
        ),
};

/**
 * Makes the refusal of a call that a contract reverts. A revert without a code of its own is named in the message.
 *
 * @param revert Null when the contract gave no known reason.
 * @param detail Text of the node.
 */
export function refusalOf(revert: Revert | null, detail: string, tried: TriedCall): Refusal {
  if (revert === null) {
    return refusal('REFUSED_BY_CONTRACT', null, `The contract refuses the call: ${detail}`);
  }
  const translate = TRANSLATIONS[revert.name];
  if (translate !== undefined) return translate(revert.args, tried);
  const args = Object.entries(revert.args).map(([name, value]) => `${name}: ${String(value)}`);
  const said = `${revert.name}(${args.join(', ')})`;
  return refusal('REFUSED_BY_CONTRACT', null, `The contract refuses the call with ${said}.`);
}

/** Lists the reverts that have codes of their own, for the test that none of the contracts' is missing. */
export const TRANSLATED_REVERTS: readonly string[] = Object.keys(TRANSLATIONS);
