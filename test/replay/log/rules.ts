import { z } from 'zod';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';

/** The two kinds of action that a purchase becomes, with their ids on chain and the words that members read. */
export const ACTION_KINDS = [
  { id: 0, name: 'purchase', text: 'Points for every purchase and for every cent spent.' },
  { id: 1, name: 'album', text: 'Points for every album in the basket.' },
] as const;

const MAX_UINT64 = 2n ** 64n - 1n;

const wholeNumber = (max: bigint): z.ZodType<bigint> =>
  z
    .union([z.int().nonnegative(), z.string().regex(/^\d{1,20}$/)])
    .transform((value) => BigInt(value))
    .refine((value) => value <= max, `must be at most ${max}`);

const ruleSchema = z.strictObject({
  perAction: wholeNumber(MAX_UINT64),
  perUnit: wholeNumber(MAX_UINT64),
  maxCount: wholeNumber(NO_COUNT_CAP).optional(),
  maxPoints: wholeNumber(NO_POINTS_CAP).optional(),
});

const rulesSchema = z.strictObject({ purchase: ruleSchema, album: ruleSchema });

/** A rule as the factory takes it. */
export interface ReplayRule {
  readonly id: number;
  readonly perAction: bigint;
  readonly perUnit: bigint;
  readonly maxCount: bigint;
  readonly maxPoints: bigint;
  readonly untilEpoch: number;
  readonly name: string;
  readonly text: string;
}

/** rules.json is not what it should be. */
export class RulesFileError extends Error {
  override readonly name = 'RulesFileError';
}

/**
 * Reads the rules of a replay: `{"purchase": {perAction, perUnit, maxCount, maxPoints}, "album": {...}}` in base units;
 * a cap that is left out is no cap.
 *
 * @throws RulesFileError naming the field.
 */
export function readRules(text: string): ReplayRule[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new RulesFileError(`the rules are not JSON: ${(error as Error).message}`);
  }
  const parsed = rulesSchema.safeParse(json);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((i) => `${i.path.join('.') || 'rules'}: ${i.message}`);
    throw new RulesFileError(problems.join('; '));
  }
  return ACTION_KINDS.map(({ id, name, text: words }) => ({
    id,
    name,
    text: words,
    perAction: parsed.data[name].perAction,
    perUnit: parsed.data[name].perUnit,
    maxCount: parsed.data[name].maxCount ?? NO_COUNT_CAP,
    maxPoints: parsed.data[name].maxPoints ?? NO_POINTS_CAP,
    untilEpoch: NO_END,
  }));
}
