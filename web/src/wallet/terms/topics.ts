import { differingBuyback, differingRules, type TermsGroup } from './difference.ts';
import type { BuybackVersion, ChangeTopic, RuleSetVersion } from './fields.ts';

/** Versions that changes are compared with. */
export interface KnownVersions {
  readonly ruleSets: readonly RuleSetVersion[];
  readonly buybackTerms: readonly BuybackVersion[];
  readonly currentEpoch: number;
}

/** Says what differs by a change from the version that it was compared with; null when either is not known. */
export function differenceOf(
  change: ChangeTopic,
  { ruleSets, buybackTerms, currentEpoch }: KnownVersions,
): readonly TermsGroup[] | null {
  const { target, comparedVersion, proposedRules, proposedBuyback } = change;
  if (target === 'RULES') {
    const before = ruleSets.find(({ version }) => version === comparedVersion);
    if (before === undefined || proposedRules === null) return null;
    return differingRules(before, proposedRules, currentEpoch);
  }
  const before = buybackTerms.find(({ version }) => version === comparedVersion);
  if (before === undefined || proposedBuyback === null) return null;
  return differingBuyback(before, proposedBuyback);
}
