import { unpackLines } from '@dewpoint/contracts/statement.ts';
import { showPoints } from '../../domain/amounts.ts';
import { checkWithin } from '../../domain/bounds.ts';
import { epochAt } from '../../domain/epochs.ts';
import { refuseIfAny, ServiceError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import { firstEpochOf } from '../../domain/terms/outlook.ts';
import { compareRuleSets, type RuleSetComparison } from '../../domain/terms/ruleSetComparison.ts';
import {
  checkNotBefore,
  checkRuleSetTerms,
  type RuleSetTerms,
} from '../../domain/terms/ruleSetTerms.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { StatementStore } from '../../ports/stores/statements.ts';

/** Days that a preview looks back over at most: those of a quarter. */
export const MAX_PREVIEW_DAYS = 92;
/** Statements that one preview computes: about three seconds, and as many members at most. */
export const MAX_PREVIEWED_STATEMENTS = 200_000;
/** Previews that are under way or wait, of all organisations and of one, which may have any number of programs. */
const MAX_WAITING = 8;
const MAX_WAITING_OF_ONE = 2;
const RETRY_AFTER_MS = 3_000;
const DAY_MS = 86_400_000;

/** What a rule set would have earned for what was done in recent epochs, beside what the newest one earns. */
export interface RuleSetPreview extends RuleSetComparison {
  /** Epochs that were looked at, the current one included. */
  readonly fromEpoch: number;
  readonly toEpoch: number;
  /** False where so much was done that not all days, or not all members, were looked at. */
  readonly isWhole: boolean;
  /** Base units of money for one whole point by the newest buyback terms. */
  readonly pricePerPoint: bigint;
}

/**
 * Computes a rule set over what was recorded, and stores nothing.
 *
 * @param asked.field Path of the rule set in the input.
 * @throws UserError for a rule set that could not be published, and for days out of bounds
 */
export type PreviewRuleSet = (
  program: Program,
  asked: { readonly field: string; readonly ruleSet: RuleSetTerms; readonly days: number },
) => Promise<RuleSetPreview>;

/** Lets one run after the other: each takes a core for a while. @throws ServiceError OVERLOADED when too many wait, or too many of the same organisation */
function createTurns(): <Result>(
  organisationId: string,
  work: () => Promise<Result>,
) => Promise<Result> {
  const waiting: string[] = [];
  let last: Promise<unknown> = Promise.resolve();
  return async (organisationId, work) => {
    const own = waiting.filter((id) => id === organisationId).length;
    if (waiting.length >= MAX_WAITING || own >= MAX_WAITING_OF_ONE) {
      throw new ServiceError({
        code: 'OVERLOADED',
        message: 'Other previews are being computed; ask again in some seconds.',
        retryAfterMs: RETRY_AFTER_MS,
      });
    }
    waiting.push(organisationId);
    const mine = last.then(work, work).finally(() => {
      waiting.splice(waiting.indexOf(organisationId), 1);
    });
    last = mine.catch(() => undefined);
    return mine;
  };
}

export function createPreviewRuleSet(deps: {
  readonly statements: Pick<StatementStore, 'countByEpoch' | 'linesWithin'>;
  readonly programs: { newest(programId: string): Promise<Program | null> };
  readonly clock: ChainClock;
}): PreviewRuleSet {
  const { statements, programs, clock } = deps;
  const inTurn = createTurns();

  /** The newest whole epochs that are not too much; of the newest one at least a part. */
  const chooseRange = async (
    programId: string,
    range: { readonly fromEpoch: number; readonly toEpoch: number },
  ): Promise<{ fromEpoch: number; toEpoch: number; isWhole: boolean }> => {
    let sum = 0;
    let oldestWhole: number | null = null;
    const limit = MAX_PREVIEWED_STATEMENTS + 1;
    const counted = await statements.countByEpoch(programId, { ...range, limit });
    for (const { epoch, statements: count } of counted) {
      sum += count;
      if (sum > MAX_PREVIEWED_STATEMENTS) {
        return { ...range, fromEpoch: oldestWhole ?? epoch, isWhole: false };
      }
      oldestWhole = epoch;
    }
    return { ...range, isWhole: true };
  };

  return async (given, { field, ruleSet, days }) => {
    const program = (await programs.newest(given.id)) ?? given;
    const { nowMs } = await clock.now();
    const toEpoch = Math.max(0, epochAt(program, nowMs));
    const { epochLengthMs } = program;
    refuseIfAny([
      ...checkWithin({ field: 'days', value: days, lowest: 1, highest: MAX_PREVIEW_DAYS }),
      ...checkNotBefore(`${field}.notBefore`, ruleSet.notBefore, toEpoch, epochLengthMs),
      ...checkRuleSetTerms(field, ruleSet, showPoints, program),
    ]);
    // The epoch that so many days ago was in is looked at as a whole.
    const fromEpoch = Math.max(0, epochAt(program, nowMs - days * DAY_MS));
    return inTurn(program.organisationId, async () => {
      const asked = { fromEpoch, toEpoch };
      const range = await chooseRange(program.id, asked);
      const comparer = compareRuleSets({
        before: program.ruleSets.at(-1)?.rules ?? [],
        after: ruleSet.rules,
        epoch: firstEpochOf(program, ruleSet.notBefore, nowMs),
      });
      const limit = MAX_PREVIEWED_STATEMENTS;
      for await (const one of statements.linesWithin(program.id, { ...range, limit })) {
        comparer.add({ ...one, lines: unpackLines(one.expectedLines) });
      }
      const pricePerPoint = program.buybackTerms.at(-1)?.pricePerPoint ?? 0n;
      return { ...range, ...comparer.result(), pricePerPoint };
    });
  };
}
