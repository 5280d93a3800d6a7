import { POINT_DECIMALS, toBase } from '../../../../shared/format/amounts.ts';
import type { TermsOutlook } from '../../../announcing/outlook.ts';
import type { LineEffect } from '../../../terms/compareRules.ts';
import { amountToType, readAmountTyped } from '../data/typedMoney.ts';
import type { DeskTerms } from '../data/queries.ts';

/** Numbers of the terms, in the order in which they are shown. */
export const TERMS_FIELDS = ['pricePerPoint', 'budgetPerRound', 'minTender'] as const;
export type TermsField = (typeof TERMS_FIELDS)[number];

/** Terms as texts: typed, or as decimal strings. */
export type TypedTerms = Readonly<Record<TermsField, string>>;

/** One number that is different. */
export interface TermsDiffers {
  readonly field: TermsField;
  readonly before: string;
  readonly after: string;
  readonly effect: Extract<LineEffect, 'better' | 'holders'>;
}

/** What typed terms mean. */
export interface ReadTerms {
  /** What can not be read stays as it was. */
  readonly terms: TypedTerms;
  /** What is wrong, by field: a word of the catalogue. */
  readonly errors: Partial<Record<TermsField, 'money' | 'points' | 'nothing'>>;
}

/** The newest version as it would be typed. */
export const typedTermsOf = (terms: Pick<DeskTerms, TermsField>): TypedTerms => ({
  pricePerPoint: amountToType(terms.pricePerPoint),
  budgetPerRound: amountToType(terms.budgetPerRound),
  minTender: amountToType(terms.minTender),
});

/**
 * Reads a draft of terms that people share into what is typed.
 *
 * @param terms in JSON, in the shape of `ChangeTermsInput`
 * @param decimals of the money
 * @returns null when it can not be read
 */
export function typedTermsOfShared(terms: string, decimals: number): TypedTerms | null {
  let buyback: Readonly<Record<string, unknown>> | undefined;
  try {
    ({ buyback } = JSON.parse(terms) as { readonly buyback?: typeof buyback });
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
  const read = (field: TermsField): string | null => {
    const value = buyback?.[field];
    return typeof value === 'string' ? readAmountTyped(value, decimalsOf(field, decimals)) : null;
  };
  const [pricePerPoint, budgetPerRound, minTender] = TERMS_FIELDS.map(read);
  if (pricePerPoint == null || budgetPerRound == null || minTender == null) return null;
  return typedTermsOf({ pricePerPoint, budgetPerRound, minTender });
}

/** Decimals of a number of the terms. @param decimals of the money */
export const decimalsOf = (field: TermsField, decimals: number): number =>
  field === 'minTender' ? POINT_DECIMALS : decimals;

/** Reads typed terms. @param decimals of the money */
export function readTermsTyped(
  typed: TypedTerms,
  known: Pick<DeskTerms, TermsField>,
  decimals: number,
): ReadTerms {
  const errors: ReadTerms['errors'] = {};
  const read = (field: TermsField): string => {
    const places = decimalsOf(field, decimals);
    const value = readAmountTyped(typed[field], places);
    if (value === null) errors[field] = field === 'minTender' ? 'points' : 'money';
    // A budget of nothing offers no buyback; the others have to be something.
    else if (field !== 'budgetPerRound' && toBase(value, places) === 0n) errors[field] = 'nothing';
    return value ?? known[field];
  };
  const terms = {
    pricePerPoint: read('pricePerPoint'),
    budgetPerRound: read('budgetPerRound'),
    minTender: read('minTender'),
  };
  return { terms, errors };
}

/** A step that is larger than this many times takes notice, where anything was bought back before. */
const LARGEST_STEP = 2n;

/** Compares terms as the contract does. @param decimals of the money */
export function termsDiffering(
  before: Pick<DeskTerms, TermsField>,
  after: TypedTerms,
  decimals: number,
): readonly TermsDiffers[] {
  const wasOffered = toBase(before.budgetPerRound, decimals) > 0n;
  return TERMS_FIELDS.flatMap((field): TermsDiffers[] => {
    const places = decimalsOf(field, decimals);
    const [old, next] = [toBase(before[field], places), toBase(after[field], places)];
    if (old === next) return [];
    const isWorse = field === 'minTender' ? next > old : next < old;
    const isLeap =
      (field === 'pricePerPoint' && next > LARGEST_STEP * old) ||
      (field === 'minTender' && LARGEST_STEP * next < old);
    const effect = isWorse || (isLeap && wasOffered) ? 'holders' : 'better';
    return [{ field, before: before[field], after: after[field], effect }];
  });
}

/** Takes the contract's word on each number in the place of our own. */
export function judgedTerms(
  differs: readonly TermsDiffers[],
  outlook: TermsOutlook | null,
): readonly TermsDiffers[] {
  return differs.map((each) => {
    const word = outlook?.differences.find(({ field }) => field === each.field);
    return word === undefined
      ? each
      : { ...each, effect: word.hurtsHolders ? 'holders' : 'better' };
  });
}
