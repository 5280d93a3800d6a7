import type { Hurt } from '../../../announcing/HurtVerdict.tsx';
import type { TermsOutlook } from '../../../announcing/outlook.ts';
import type { TermsLine } from '../../../terms/compareRules.ts';

/** Reads off lines whom they hurt together. */
export const hurtBy = (lines: readonly TermsLine[]): Hurt => ({
  members: lines.some(({ effect }) => effect === 'worse'),
  holders: lines.some(({ effect }) => effect === 'holders'),
});

/** Takes the contract's word on each line in the place of our own. */
export function judged(
  lines: readonly TermsLine[],
  outlook: TermsOutlook | null,
): readonly TermsLine[] {
  if (outlook === null) return lines;
  return lines.map((line) => {
    const field = line.field === 'whole' ? null : line.field;
    const word = outlook.differences.find(
      (each) => each.ruleId === (line.rule?.ruleId ?? null) && each.field === field,
    );
    if (word === undefined) return line;
    if (word.hurtsMembers) return { ...line, effect: 'worse' };
    if (word.hurtsHolders) return { ...line, effect: 'holders' };
    const isLess = word.kind === 'LOWERED' || word.kind === 'RULE_LEFT_OUT';
    return { ...line, effect: isLess ? 'other' : 'better' };
  });
}
