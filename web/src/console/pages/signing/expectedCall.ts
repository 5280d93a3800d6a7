import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import {
  encodeBuybackTerms,
  encodeTerms,
  NO_BUDGET_CAP,
  NO_DOCUMENT,
  type Rule,
} from '@dewpoint/contracts/terms.ts';
import { Interface } from 'ethers';
import { POINT_DECIMALS, toBase } from '../../../shared/format/amounts.ts';
import type { SignedKind } from '../../writes/askToSign.ts';

/** The functions that an operator's wallet signs for, as the contracts have them; a test compares them with the contracts' own ABIs. */
export const SIGNED_FUNCTIONS = {
  points: ['function offerOperator(address next)', 'function acceptOperator()'],
  charter: [
    'function announce(address target, bytes terms) returns (uint256)',
    'function withdraw(uint256 id)',
  ],
  buyback: ['function withdraw(address to, uint128 amount)'],
  catalogue: [
    'function addItem(uint96 price, uint32 stock, string text) returns (uint32)',
    'function setPrice(uint32 item, uint96 price)',
    'function addStock(uint32 item, uint32 added)',
    'function scheduleWithdrawal(uint32 item)',
    'function cancelWithdrawal(uint32 item)',
    'function fulfil(uint256 order)',
    'function refund(uint256 order)',
  ],
} as const;
type SignedContract = keyof typeof SIGNED_FUNCTIONS;

/** Contracts of a program, and what its money counts in. */
export interface SignedProgram extends Readonly<Record<SignedContract, string>> {
  readonly moneyDecimals: number;
}

/** A call, encoded. */
export interface EncodedCall {
  readonly to: string;
  readonly data: string;
}

/** A rule as `changeAnnounce` takes it. */
interface AskedRule {
  readonly ruleId: number;
  readonly name: string;
  readonly text: string;
  readonly perAction?: string;
  readonly perMillionUnits?: string;
  readonly maxCount?: number | null;
  readonly maxPoints?: string | null;
  readonly untilEpoch?: number | null;
}
interface AskedTerms {
  readonly ruleSet?: {
    readonly notBefore?: number;
    readonly budgetPerEpoch?: string | null;
    readonly documentHash?: `0x${string}` | null;
    readonly rules: readonly AskedRule[];
  };
  readonly buyback?: {
    readonly pricePerPoint: string;
    readonly budgetPerRound: string;
    readonly minTender: string;
  };
}
/** Inputs of the mutations, as far as calls follow from them. */
interface Asked {
  readonly added: number;
  readonly amount: string;
  readonly change: number;
  readonly item: number;
  readonly operator: string;
  readonly order: number;
  readonly price: string;
  readonly stock?: number | null;
  readonly terms: AskedTerms;
  readonly text: string;
  readonly to: string;
}

/** Stands for an unlimited stock in the catalogue. */
const UNLIMITED_STOCK = 2 ** 32 - 1;

const points = (amount: string): bigint => toBase(amount, POINT_DECIMALS);
const pointsOr = (amount: string | null | undefined, none: bigint): bigint =>
  amount == null ? none : points(amount);

const ruleOf = (rule: AskedRule): Rule => ({
  id: rule.ruleId,
  name: rule.name,
  text: rule.text,
  perAction: pointsOr(rule.perAction, 0n),
  perUnit: pointsOr(rule.perMillionUnits, 0n),
  maxCount: rule.maxCount == null ? NO_COUNT_CAP : BigInt(rule.maxCount),
  maxPoints: pointsOr(rule.maxPoints, NO_POINTS_CAP),
  untilEpoch: rule.untilEpoch ?? NO_END,
});

/** Terms, and the contract that they are of. */
function termsOf({ ruleSet, buyback }: AskedTerms, program: SignedProgram): readonly unknown[] {
  if (ruleSet !== undefined) {
    const { notBefore = 0, budgetPerEpoch, documentHash, rules } = ruleSet;
    const terms = {
      notBefore,
      budgetPerEpoch: pointsOr(budgetPerEpoch, NO_BUDGET_CAP),
      documentHash: documentHash ?? NO_DOCUMENT,
      rules: rules.map(ruleOf),
    };
    return [program.points, encodeTerms(terms)];
  }
  if (buyback === undefined) throw new Error('there are no terms');
  const money = (amount: string): bigint => toBase(amount, program.moneyDecimals);
  const terms = {
    pricePerPoint: money(buyback.pricePerPoint),
    budgetPerRound: money(buyback.budgetPerRound),
    minTender: points(buyback.minTender),
  };
  return [program.buyback, encodeBuybackTerms(terms)];
}

type Expected = readonly [contract: SignedContract, name: string, ...args: readonly unknown[]];

const EXPECTED: Readonly<Record<SignedKind, (asked: Asked, program: SignedProgram) => Expected>> = {
  changeAnnounce: ({ terms }, program) => ['charter', 'announce', ...termsOf(terms, program)],
  changeWithdraw: ({ change }) => ['charter', 'withdraw', change],
  itemAdd: ({ price, stock, text }) => [
    ...(['catalogue', 'addItem', points(price), stock ?? UNLIMITED_STOCK, text] as const),
  ],
  itemPriceSet: ({ item, price }) => ['catalogue', 'setPrice', item, points(price)],
  itemStockAdd: ({ item, added }) => ['catalogue', 'addStock', item, added],
  itemWithdraw: ({ item }) => ['catalogue', 'scheduleWithdrawal', item],
  itemWithdrawalCancel: ({ item }) => ['catalogue', 'cancelWithdrawal', item],
  operatorAccept: () => ['points', 'acceptOperator'],
  operatorOffer: ({ operator }) => ['points', 'offerOperator', operator],
  orderFulfil: ({ order }) => ['catalogue', 'fulfil', order],
  orderRefund: ({ order }) => ['catalogue', 'refund', order],
  reserveWithdraw: ({ amount, to }, { moneyDecimals }) => [
    ...(['buyback', 'withdraw', to, toBase(amount, moneyDecimals)] as const),
  ],
};

/** Works out by itself the call that a mutation of the operator is, from what the person asked for. */
export function expectedCallOf(
  kind: SignedKind,
  input: Readonly<Record<string, unknown>>,
  program: SignedProgram,
): EncodedCall {
  const [contract, name, ...args] = EXPECTED[kind](input as unknown as Asked, program);
  const data = new Interface(SIGNED_FUNCTIONS[contract]).encodeFunctionData(name, args);
  return { to: program[contract], data };
}
