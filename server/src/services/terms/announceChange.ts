import { readMoney, showPoints } from '../../domain/amounts.ts';
import { outlookOf, type Hurts, type Outlook } from '../../domain/terms/outlook.ts';
import { checkBuybackTerms, type BuybackTerms } from '../../domain/terms/buybackTerms.ts';
import { epochAt } from '../../domain/epochs.ts';
import { UserError, refuseIfAny } from '../../domain/errors.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Program } from '../../domain/program.ts';
import {
  checkNotBefore,
  checkRuleSetTerms,
  type RuleSetTerms,
} from '../../domain/terms/ruleSetTerms.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { NewTerms } from '../../ports/chain/contractCodec.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Impact, ProgramViews } from '../../ports/chain/programViews.ts';
import {
  OPERATOR,
  checkIdempotencyKey,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { Changes, ChangeView } from './changes.ts';
import { refusalOf } from '../transactions/revertRefusals.ts';

/** Buyback terms as callers write them: money as decimal strings. */
export interface BuybackTermsText {
  readonly pricePerPoint: string;
  readonly budgetPerRound: string;
  /** Base units of points. */
  readonly minTender: bigint;
}

export type AnnouncedTerms =
  | { readonly target: 'RULES'; readonly terms: RuleSetTerms }
  | { readonly target: 'BUYBACK'; readonly terms: BuybackTermsText };

export interface AnnouncedChange extends Written {
  /** Consequences of the change; as if it were announced now, until it is mined. */
  readonly outlook: Outlook;
  /** Null until it is read, and for a dry run. */
  readonly change: ChangeView | null;
}

const NOTHING_SENT: Written = { transaction: null, call: null };

/** Converts the money of buyback terms to base units. @throws UserError */
export function readBuybackTerms(
  field: string,
  { pricePerPoint, budgetPerRound, minTender }: BuybackTermsText,
  token: { readonly decimals: number; readonly symbol: string },
): BuybackTerms {
  return {
    pricePerPoint: readMoney(`${field}.pricePerPoint`, pricePerPoint, token),
    budgetPerRound: readMoney(`${field}.budgetPerRound`, budgetPerRound, token),
    minTender,
  };
}

/** The program with the terms that stood when a change was announced, so that a repetition says the same again. */
function asBefore(program: Program, { blockNumber }: ChangeView): Program {
  const stood = (terms: { readonly blockNumber: number }): boolean =>
    terms.blockNumber < blockNumber;
  return {
    ...program,
    ruleSets: program.ruleSets.filter(stood),
    buybackTerms: program.buybackTerms.filter(stood),
  };
}

/** The terms in base units, within all bounds. */
function checked(program: Program, given: AnnouncedTerms, nowMs: number): NewTerms {
  if (given.target === 'BUYBACK') {
    const { decimals } = program.settlementToken;
    const showMoney = (units: bigint): string => formatMoney({ units, decimals });
    const terms = readBuybackTerms('terms.buyback', given.terms, program.settlementToken);
    refuseIfAny(checkBuybackTerms('terms.buyback', terms, showMoney, showPoints));
    return { target: 'BUYBACK', terms };
  }
  const { terms } = given;
  refuseIfAny([
    ...checkNotBefore(
      'terms.ruleSet.notBefore',
      terms.notBefore,
      epochAt(program, nowMs),
      program.epochLengthMs,
    ),
    ...checkRuleSetTerms('terms.ruleSet', terms, showPoints, program),
  ]);
  return { target: 'RULES', terms };
}

const hurtsOf = (impact: Impact, request: WriteRequest): Hurts => {
  if (!('detail' in impact)) return impact;
  throw new UserError(refusalOf(impact.revert, impact.detail, request));
};

function outlook(
  program: Program,
  { target, terms }: NewTerms,
  hurts: Hurts,
  announcedAtMs: number,
): Outlook {
  const notBefore = 'notBefore' in terms ? terms.notBefore : 0;
  return outlookOf(program, { target, notBefore, hurts, announcedAtMs });
}

/**
 * Announces terms with the operator's key, which puts an improvement in force at once.
 *
 * @param input.dryRun Returns the outlook if the contract would take the terms, and announces nothing.
 * @throws UserError for terms out of their bounds and for terms that the charter refuses
 */
export async function announceChange(
  deps: {
    readonly writer: ContractWriter;
    readonly calls: ProgramCalls;
    readonly views: Pick<ProgramViews, 'impact'>;
    readonly changes: Pick<Changes, 'findByTransaction'>;
    readonly clock: ChainClock;
  },
  request: WriteRequest,
  { terms: given, dryRun }: { readonly terms: AnnouncedTerms; readonly dryRun: boolean },
): Promise<AnnouncedChange> {
  const { writer, calls, views, changes, clock } = deps;
  const { program } = request;
  const { nowMs } = await clock.now();
  refuseIfAny([checkIdempotencyKey(request.idempotencyKey)]);
  const terms = checked(program, given, nowMs);
  const call = calls.announceChange(program, terms);
  if (dryRun) {
    const hurts = hurtsOf(await views.impact(program, terms), request);
    await writer.simulate(request, 'OPERATOR', call);
    return { ...NOTHING_SENT, change: null, outlook: outlook(program, terms, hurts, nowMs) };
  }
  // Before it is sent: afterwards an improvement would be compared with itself.
  const before = await views.impact(program, terms);
  const written = await writer.write(request, OPERATOR, call);
  const hash = written.transaction?.hash ?? null;
  const [change] = hash === null ? [] : await changes.findByTransaction(program, hash);
  if (change !== undefined) {
    const stood = asBefore(program, change);
    return { ...written, change, outlook: outlook(stood, terms, change, change.announcedAtMs) };
  }
  const impact = 'detail' in before ? await views.impact(program, terms) : before;
  const hurts = hurtsOf(impact, request);
  return { ...written, change: null, outlook: outlook(program, terms, hurts, nowMs) };
}
