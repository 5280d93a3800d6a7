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
  setRule(rule: TypedRule): void;
  setBudget(budget: string): void;
  addRule(ruleId: number): void;
  removeRule(ruleId: number): void;
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
  const type = (next: TypedRules): void => keep({ baseVersion, typed: next, later });
  const isRule =
    (ruleId: number) =>
    (rule: TypedRule): boolean =>
      rule.ruleId === ruleId;
  return {
    ...{ typed, base, isKept, hasDraft: draft !== null, isSplit: later !== null },
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
    clear: () => keep(null),
    split: (better) => keep({ baseVersion, typed: better, later: typed }),
    join: () =>
      later === null ? undefined : keep({ baseVersion: newest.version, typed: later, later: null }),
  };
}
