import { useState } from 'react';
import type { DeskRuleSet } from '../../../terms/fields.ts';
import { keepDraft, keptDraft, type KeptDraft } from '../draft/keptDraft.ts';
import {
  newTypedRule,
  rebased,
  typedOf,
  type TypedRule,
  type TypedRules,
} from '../draft/typedRules.ts';

/** What is typed, kept on this device with every key. */
export interface RulesForm {
  readonly typed: TypedRules;
  /** The newest version, as it would be typed. */
  readonly base: TypedRules;
  /** Version that the draft was begun from, when another one came since; null otherwise. */
  readonly begunFrom: number | null;
  readonly hasDraft: boolean;
  /** Whether the draft could be kept. */
  readonly isKept: boolean;
  /** Whether the better part is announced first, and the rest waits. */
  readonly isSplit: boolean;
  /** When the shared draft was saved that is in the form; null for none. */
  readonly sharedAt: string | null;
  setRule(rule: TypedRule): void;
  setBudget(budget: string): void;
  addRule(ruleId: number): void;
  removeRule(ruleId: number): void;
  /** Takes a shared draft into the form. @param sharedAt when it was saved */
  use(shared: TypedRules, sharedAt: string): void;
  /** Begins again from the newest version. */
  clear(): void;
  /** Leaves the better part in the form, and the whole for later. */
  split(better: TypedRules): void;
  /** Takes the whole back into the form. */
  join(): void;
}

/** Keeps what is typed of the rules of a program. */
export function useRulesForm(programId: string, newest: DeskRuleSet): RulesForm {
  const [draft, setDraft] = useState<KeptDraft | null>(() => keptDraft(programId));
  const [isKept, setKept] = useState(true);
  const base = typedOf(newest);
  const typed = draft === null ? base : rebased(draft.typed, newest);
  const keep = (next: KeptDraft | null): void => {
    setDraft(next);
    setKept(keepDraft(programId, next));
  };
  const baseVersion = draft?.baseVersion ?? newest.version;
  const later = draft?.later ?? null;
  const sharedAt = draft?.sharedAt ?? null;
  const origin = sharedAt === null ? {} : { sharedAt };
  const type = (next: TypedRules): void => keep({ ...origin, baseVersion, typed: next, later });
  const isRule =
    (ruleId: number) =>
    (rule: TypedRule): boolean =>
      rule.ruleId === ruleId;
  return {
    ...{ typed, base, isKept, sharedAt, hasDraft: draft !== null, isSplit: later !== null },
    begunFrom: draft !== null && draft.baseVersion !== newest.version ? draft.baseVersion : null,
    setRule: (rule) =>
      type({
        ...typed,
        rules: typed.rules.map((each) => (isRule(rule.ruleId)(each) ? rule : each)),
      }),
    setBudget: (budget) => type({ ...typed, budget }),
    addRule: (ruleId) => type({ ...typed, rules: [...typed.rules, newTypedRule(ruleId)] }),
    removeRule: (ruleId) =>
      type({ ...typed, rules: typed.rules.filter((rule) => !isRule(ruleId)(rule)) }),
    use: (shared, savedAt) =>
      keep({ baseVersion: newest.version, typed: shared, later: null, sharedAt: savedAt }),
    clear: () => keep(null),
    split: (better) => keep({ ...origin, baseVersion, typed: better, later: typed }),
    join: () =>
      later === null
        ? undefined
        : keep({ ...origin, baseVersion: newest.version, typed: later, later: null }),
  };
}
