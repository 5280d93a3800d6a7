/** The one place that turns what contracts revert with into codes, fields and words of the API. */
import { formatMoney } from '../../domain/money.ts';
import type { ErrorCode, Refusal } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { Revert } from '../../ports/chain/submitter.ts';

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

/** What the contracts' settings are called in the input of `programCreate`. */
const SETTING_FIELDS: Readonly<Record<string, string>> = {
  epochLength: 'epochSeconds',
  noticePeriod: 'noticeSeconds',
  roundPeriod: 'roundPeriodSeconds',
  roundWindow: 'roundWindowSeconds',
  orderDeadline: 'orderDeadlineSeconds',
};
const settingField = (field: unknown): string => SETTING_FIELDS[String(field)] ?? String(field);
const RULE_FIELDS: Readonly<Record<string, string>> = { id: 'ruleId', perUnit: 'perMillionUnits' };
/** Of the rule set itself and not of one of its rules. */
const RULE_SET_FIELDS: ReadonlySet<string> = new Set(['notBefore', 'rules', 'budgetPerEpoch']);

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
      'The new account did not sign this move with this deadline, can hold no points, or is the old account.',
    ),
  InvalidSetting: ({ field }) =>
    refusal(
      'OUT_OF_RANGE',
      settingField(field),
      `The contract refuses ${settingField(field)}: it is out of its bounds.`,
    ),
  InvalidTerms: ({ field, index }, tried) => {
    const path = ruleField(String(field), index, tried);
    return refusal('OUT_OF_RANGE', path, `The contract refuses ${path}: it is out of its bounds.`);
  },
  NotTransferable: () =>
    refusal('REFUSED_BY_CONTRACT', null, 'Points of this program do not move freely.'),
  NotOperator: ({ caller }) =>
    refusal('NOT_OPERATOR', null, `${String(caller)} is not the operator of this program.`),

  ChangePending: ({ id }) =>
    refusal(
      'CHANGE_PENDING',
      'terms',
      `Change ${String(id)} is pending; these terms wait until it is over.`,
    ),
  Cooldown: ({ until }) =>
    refusal('COOLDOWN', 'terms', `No hurtful change may be announced before ${time(until)}.`),
  NotBeforeTooLate: ({ notBefore, latest }) =>
    refusal(
      'NOT_BEFORE_TOO_LATE',
      'terms.ruleSet.notBefore',
      `terms.ruleSet.notBefore is ${String(notBefore)}; it must be at most ${String(latest)}, 14 days after the notice ends.`,
    ),
  NotPending: ({ id, state }) =>
    asBigint(state) === NO_STATE
      ? refusal('NOT_FOUND', 'change', `The program has no change ${String(id)}.`)
      : refusal('NOT_PENDING', 'change', `Change ${String(id)} is not pending any more.`),
  WrongTerms: ({ id }) =>
    refusal('NOT_FOUND', 'change', `Change ${String(id)} was announced with other terms.`),
  NoticeRuns: ({ noticeEndsAt }) =>
    refusal('NOTICE_RUNS', 'change', `The notice runs until ${time(noticeEndsAt)}.`),
  NoticeOver: ({ noticeEndsAt }) =>
    refusal('NOTICE_OVER', 'change', `The notice ended at ${time(noticeEndsAt)}.`),
  LastRoundOwed: ({ firstEligibleRound }) =>
    refusal(
      'LAST_ROUND_OWED',
      'change',
      `Round ${String(firstEligibleRound)}, or the one after it, must close with its whole budget in the reserve first.`,
    ),
  Outdated: ({ comparedVersion, newest }) =>
    refusal(
      'OUTDATED',
      'change',
      `It was compared with version ${String(comparedVersion)}; the newest is ${String(newest)}.`,
    ),
  NothingToObject: () =>
    refusal('OUT_OF_RANGE', 'amount', 'amount is 0.00; an objection locks at least 0.01 points.'),
  NothingToRelease: ({ id }) =>
    refusal(
      'NOTHING_TO_RELEASE',
      'change',
      `This account has nothing locked against change ${String(id)}.`,
    ),

  RoundNotOpen: ({ round }) =>
    refusal('ROUND_NOT_OPEN', 'round', `Round ${String(round)} is not open now.`),
  RoundNotSettled: ({ round }) =>
    refusal(
      'ROUND_NOT_SETTLED',
      'round',
      `Round ${String(round)} has not closed, or nobody tendered in it.`,
    ),
  BelowMinTender: ({ held, minTender }) =>
    refusal(
      'BELOW_MIN_TENDER',
      'amount',
      `The account would have ${points(held)} in the round; the minimum is ${points(minTender)}.`,
    ),
  InsufficientTender: ({ held, amount }) =>
    refusal(
      'INSUFFICIENT_TENDER',
      'amount',
      `The account has ${points(held)} in the round, less than ${points(amount)}.`,
    ),
  NothingToClaim: ({ round }) =>
    refusal('NOTHING_TO_CLAIM', 'round', `Nothing is left to claim in round ${String(round)}.`),
  ExceedsWithdrawable: ({ amount, withdrawable }, tried) =>
    refusal(
      'EXCEEDS_WITHDRAWABLE',
      'amount',
      `amount is ${money(amount, tried)}; at most ${money(withdrawable, tried)} may be withdrawn now.`,
    ),
  UnexpectedTransfer: ({ expected, actual }, tried) =>
    refusal(
      'UNEXPECTED_TRANSFER',
      null,
      `The settlement token moved ${money(actual, tried)} instead of ${money(expected, tried)}.`,
    ),
  ZeroAmount: () => refusal('OUT_OF_RANGE', 'amount', 'amount is 0; it must be more.'),
  TermsOutOfBounds: (args, tried) => {
    const buyback = tried.kind === 'programCreate' ? 'buyback' : 'terms.buyback';
    return outOfBounds(`${buyback}.${String(args['field'])}`, args);
  },

  ItemOutOfBounds: (args) => outOfBounds(String(args['field']), args),
  UnknownItem: ({ item }) =>
    refusal('NOT_FOUND', 'item', `The program has no item ${String(item)}.`),
  ItemWithdrawn: ({ item }) =>
    refusal('ITEM_WITHDRAWN', 'item', `Item ${String(item)} is withdrawn.`),
  NoWithdrawalScheduled: ({ item }) =>
    refusal(
      'NO_WITHDRAWAL_SCHEDULED',
      'item',
      `No withdrawal of item ${String(item)} is scheduled that could be called off.`,
    ),
  OutOfStock: ({ stock }) =>
    refusal('OUT_OF_STOCK', 'quantity', `${String(stock)} pieces of the item are left.`),
  PriceTooHigh: ({ price, maxPrice }) =>
    refusal(
      'PRICE_TOO_HIGH',
      'maxPrice',
      `The item costs ${points(price)} now, more than ${points(maxPrice)}.`,
    ),
  ZeroQuantity: () => refusal('OUT_OF_RANGE', 'quantity', 'quantity is 0; it must be 1 or more.'),
  OrderRefUsed: () =>
    refusal('ORDER_REF_USED', 'idempotencyKey', 'This account has an order under this key.'),
  OrderNotOpen: ({ order, state }) =>
    asBigint(state) === NO_STATE
      ? refusal('NOT_FOUND', 'order', `The program has no order ${String(order)}.`)
      : refusal('ORDER_NOT_OPEN', 'order', `Order ${String(order)} is not open any more.`),
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
      `Before ${time(deadline)} only the operator may refund the order.`,
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
      `${String(settlementToken)} is no contract that answers like an ERC-20.`,
    ),
  FailedDeployment: () =>
    refusal('PROGRAM_EXISTS', 'idempotencyKey', 'A program with these settings is there already.'),
  ERC20InsufficientBalance: ({ sender, balance, needed }, tried) =>
    tried.kind === 'reserveDeposit'
      ? refusal(
          'INSUFFICIENT_MONEY',
          'amount',
          `${String(sender)} has ${money(balance, tried)}, less than ${money(needed, tried)}.`,
        )
      : refusal(
          'INSUFFICIENT_POINTS',
          tried.kind === 'itemRedeem' ? 'quantity' : 'amount',
          `The account has ${points(balance)} settled and free, less than ${points(needed)}.`,
        ),
};

/**
 * What a caller is told about a call that the contract refuses. One that has no code of its own is named as it came.
 *
 * @param revert Null where the contract gave no reason that is known.
 * @param detail What the node said.
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

/** Names of the reverts that have codes of their own; for the test that none of the contracts' is forgotten. */
export const TRANSLATED_REVERTS: readonly string[] = Object.keys(TRANSLATIONS);
