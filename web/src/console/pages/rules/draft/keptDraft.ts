import type { TypedRules } from './typedRules.ts';

/** What was typed and not announced yet, kept on this device. */
export interface KeptDraft {
  /** Version that it was begun from. */
  readonly baseVersion: number;
  readonly typed: TypedRules;
  /** The whole, while its better part is announced first; null when it is not split. */
  readonly later: TypedRules | null;
  /** When the shared draft was saved that it was begun from; left out for none. */
  readonly sharedAt?: string;
}

const nameOf = (programId: string): string => `dewpoint.console.rules.${programId}`;

const isTyped = (typed: unknown): typed is TypedRules => {
  const { rules, budget } = (typed ?? {}) as Partial<TypedRules>;
  return typeof budget === 'string' && Array.isArray(rules) && rules.every(isTypedRule);
};
const isTypedRule = (rule: unknown): boolean => {
  const fields = (rule ?? {}) as Partial<Record<string, unknown>>;
  const texts = ['name', 'text', 'perAction', 'perMillionUnits', 'maxCount', 'maxPoints'];
  return (
    [...texts, 'untilEpoch'].every((field) => typeof fields[field] === 'string') &&
    ['ruleId', 'digits'].every((field) => Number.isInteger(fields[field]))
  );
};

/** Reads the draft of a program; null for none, and for what another version of this page wrote. */
export function keptDraft(programId: string): KeptDraft | null {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(programId)) ?? 'null') as KeptDraft | null;
    if (kept === null || !Number.isInteger(kept.baseVersion) || !isTyped(kept.typed)) return null;
    return kept.later === null || isTyped(kept.later) ? kept : null;
  } catch {
    // Forbidden, or no draft of ours.
    return null;
  }
}

/** Keeps a draft where that is allowed. @param draft null forgets it @returns whether it is kept */
export function keepDraft(programId: string, draft: KeptDraft | null): boolean {
  try {
    if (draft === null) localStorage.removeItem(nameOf(programId));
    else localStorage.setItem(nameOf(programId), JSON.stringify(draft));
    return true;
  } catch {
    // Forbidden or full: the draft lasts as long as the page.
    return false;
  }
}
