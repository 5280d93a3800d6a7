import { AbiCoder, ParamType } from 'ethers';
import { buybackAbi } from './abi/buybackAbi.ts';
import { pointsAbi } from './abi/pointsAbi.ts';
import type { RuleTerms } from './formula.ts';
import type { Hex } from './statement.ts';

/** A rule with the words that members read. Name 1 to 64 bytes, no two ids with one name; text 0 to 512. */
export interface Rule extends RuleTerms {
  readonly name: string;
  readonly text: string;
}

/** The terms of one version of the rule set, as `applyTerms` and creation take them. */
export interface RuleSetTerms {
  /** In force from this epoch at the earliest; 0 means as soon as possible. */
  readonly notBefore: number;
  /** Base units that may be minted during one epoch of the clock, below 2^96. */
  readonly budgetPerEpoch: bigint;
  /** keccak256 of the program's small print, byte for byte; {@link NO_DOCUMENT} for none. */
  readonly documentHash: Hex;
  /** 1 to 32 rules with ascending ids. */
  readonly rules: readonly Rule[];
}

/** The largest budget: a program without a circuit breaker. */
export const NO_BUDGET_CAP = 2n ** 96n - 1n;

/** What rule sets carry where there is no small print. */
export const NO_DOCUMENT: Hex = `0x${'00'.repeat(32)}`;

/** The terms of one version of the buyback, as `applyTerms` and creation take them. */
export interface BuybackTerms {
  /** Base units of the settlement token for one whole point, at least 1. */
  readonly pricePerPoint: bigint;
  /** Base units of the settlement token for one round; 0, or enough to buy `minTender`. */
  readonly budgetPerRound: bigint;
  /** Base units of points, 100 or more; worth 100 base units of the settlement token or more. */
  readonly minTender: bigint;
}

/** `initialize` is the one function whose ABI spells the terms out; `applyTerms` takes them as bytes. */
const RULE_SET_TERMS = /* @__PURE__ */ openingType(pointsAbi);
const BUYBACK_TERMS = /* @__PURE__ */ openingType(buybackAbi);
const coder = /* @__PURE__ */ AbiCoder.defaultAbiCoder();

/** Encodes a rule set for `announce` on Points. */
export function encodeTerms(terms: RuleSetTerms): Hex {
  return coder.encode([RULE_SET_TERMS], [terms]) as Hex;
}

/**
 * Reads a rule set back.
 *
 * @throws Error when these are not the bytes of one.
 */
export function decodeTerms(encoded: Hex): RuleSetTerms {
  const [decoded] = coder.decode([RULE_SET_TERMS], encoded).toArray(true) as [DecodedRuleSet];
  const [notBefore, budgetPerEpoch, documentHash, rules] = decoded;
  return { notBefore: Number(notBefore), budgetPerEpoch, documentHash, rules: rules.map(ruleIn) };
}

/** Encodes buyback terms for `announce` on the buyback. */
export function encodeBuybackTerms(terms: BuybackTerms): Hex {
  return coder.encode([BUYBACK_TERMS], [terms]) as Hex;
}

/**
 * Reads buyback terms back.
 *
 * @throws Error when these are not the bytes of them.
 */
export function decodeBuybackTerms(encoded: Hex): BuybackTerms {
  const [decoded] = coder.decode([BUYBACK_TERMS], encoded).toArray(true) as [DecodedBuyback];
  const [pricePerPoint, budgetPerRound, minTender] = decoded;
  return { pricePerPoint, budgetPerRound, minTender };
}

type DecodedBuyback = readonly [pricePerPoint: bigint, budgetPerRound: bigint, minTender: bigint];
type DecodedRuleSet = readonly [
  notBefore: bigint,
  budgetPerEpoch: bigint,
  documentHash: Hex,
  rules: readonly DecodedRule[],
];
/** A rule as ethers decodes its tuple, in terms and in events. */
export type DecodedRule = readonly [
  ...numbers: [bigint, bigint, bigint, bigint, bigint, bigint],
  name: string,
  text: string,
];

/** The rule of a decoded tuple. */
export function ruleIn(decoded: DecodedRule): Rule {
  const [id, perAction, perUnit, maxCount, maxPoints, untilEpoch, name, text] = decoded;
  return {
    id: Number(id),
    perAction,
    perUnit,
    maxCount,
    maxPoints,
    untilEpoch: Number(untilEpoch),
    name,
    text,
  };
}

/** Of the terms, of which a program may begin with several. */
function openingType(abi: typeof pointsAbi | typeof buybackAbi): ParamType {
  const initialize = abi.find((entry) => 'name' in entry && entry.name === 'initialize');
  const opening = initialize?.inputs?.[1];
  if (opening === undefined) throw new Error('the ABI has no initialize(settings, opening)');
  const type = ParamType.from(opening);
  return type.arrayChildren ?? type;
}
