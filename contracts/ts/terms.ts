import { AbiCoder, ParamType } from 'ethers';
import { pointsAbi } from './abi/pointsAbi.ts';
import type { RuleTerms } from './formula.ts';
import type { Hex } from './statement.ts';

/** A rule with the words that members read. Name 1 to 64 bytes, text 0 to 512. */
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
  /** 1 to 32 rules with ascending ids. */
  readonly rules: readonly Rule[];
}

/** The largest budget: a program without a circuit breaker. */
export const NO_BUDGET_CAP = 2n ** 96n - 1n;

/** Taken from `initialize`, the one function whose ABI spells the terms out; `applyTerms` takes them as bytes. */
const RULE_SET_TERMS = (() => {
  const initialize = pointsAbi.find((entry) => 'name' in entry && entry.name === 'initialize');
  const opening = initialize?.inputs?.[1];
  const terms = opening === undefined ? null : ParamType.from(opening).arrayChildren;
  if (terms === null) throw new Error('the ABI of Points has no initialize(settings, opening)');
  return terms;
})();

/** Encodes terms for `applyTerms` and `impact`. */
export function encodeTerms(terms: RuleSetTerms): Hex {
  return AbiCoder.defaultAbiCoder().encode([RULE_SET_TERMS], [terms]) as Hex;
}
