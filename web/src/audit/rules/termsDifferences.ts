import type { ProgramNow } from '@dewpoint/contracts/verifier/facts/programNow.ts';
import type { Rule, BuybackTerms } from '@dewpoint/contracts/terms.ts';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import type { useWords } from '../format/AuditWords.tsx';
import { ruleWords, type EpochClock } from './ruleWords.ts';

type Words = ReturnType<typeof useWords>;

/** One thing that two versions of terms say differently; null for what one of them does not have. */
export interface TermsDifference {
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
}

export function buybackDifferences(
  before: BuybackTerms,
  after: BuybackTerms,
  { say, money, points }: Words,
): TermsDifference[] {
  const all = [
    [say('terms.price'), money(before.pricePerPoint), money(after.pricePerPoint)],
    [say('terms.budget'), money(before.budgetPerRound), money(after.budgetPerRound)],
    [say('terms.minimum'), points(before.minTender), points(after.minTender)],
  ] as const;
  return all
    .filter(([, old, next]) => old !== next)
    .map(([name, old, next]) => ({ name, before: old, after: next }));
}

/** The part of a rule set that is compared; names and texts may be missing where the node does not give them. */
interface ComparedRules {
  readonly budgetPerEpoch: bigint;
  readonly documentHash: string;
  readonly rules: readonly (Omit<Rule, 'name' | 'text'> & {
    name: string | null;
    text: string | null;
  })[];
}

export function ruleSetDifferences(
  before: ComparedRules,
  after: ComparedRules,
  clock: EpochClock,
  words: Words,
): TermsDifference[] {
  const { say, points } = words;
  const budget = (units: bigint): string =>
    units >= NO_BUDGET_CAP ? say('terms.unlimited') : points(units);
  const shown = (rule: ComparedRules['rules'][number] | undefined): string | null => {
    if (rule === undefined) return null;
    const { earns, limits } = ruleWords(rule, clock, words);
    return [earns, limits].filter((text) => text !== '').join(say('list'));
  };
  const ids = new Set([...before.rules, ...after.rules].map(({ id }) => id));
  const ofRules = [...ids].map((id): TermsDifference => {
    const [old, next] = [before, after].map(({ rules }) => rules.find((rule) => rule.id === id));
    const name = next?.name ?? old?.name ?? say('questions.ruleNumber', { id });
    return { name, before: shown(old), after: shown(next) };
  });
  return [
    ...ofRules,
    {
      name: say('terms.budgetPerEpoch'),
      before: budget(before.budgetPerEpoch),
      after: budget(after.budgetPerEpoch),
    },
    {
      name: say('terms.document'),
      before: shortHash(before.documentHash, say),
      after: shortHash(after.documentHash, say),
    },
  ].filter(({ before: old, after: next }) => old !== next);
}

export function shortHash(hash: string, say: Words['say']): string {
  return /^0x0+$/.test(hash) ? say('terms.noDocument') : `${hash.slice(0, 10)}…${hash.slice(-6)}`;
}

/** What the pending change says differently from what is in force; empty where the node does not tell what it says. */
export function pendingDifferences(
  { pendingChange, ...now }: ProgramNow,
  words: Words,
): TermsDifference[] {
  const terms = pendingChange?.terms ?? null;
  if (terms === null) return [];
  if (terms.target === 'buyback terms') {
    return buybackDifferences(now.nextRound.terms, terms.buyback, words);
  }
  const newest = now.ruleSets.at(-1);
  return newest === undefined ? [] : ruleSetDifferences(newest, terms.ruleSet, now.settings, words);
}
