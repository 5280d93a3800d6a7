import { readMoney, showPoints } from '../../domain/amounts.ts';
import { objectionsNeeded } from '../../domain/terms/change.ts';
import { firstEpochOf, outlookOf, type Hurts, type Outlook } from '../../domain/terms/outlook.ts';
import { checkBuybackTerms, type BuybackTerms } from '../../domain/terms/buybackTerms.ts';
import {
  buybackDifferences,
  ruleSetDifferences,
  type TermsDifference,
} from '../../domain/terms/termsDifferences.ts';
import { epochAt } from '../../domain/epochs.ts';
import { UserError, refuseIfAny, type ErrorCode, type Refusal } from '../../domain/errors.ts';
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
  operatorOf,
  checkIdempotencyKey,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { TotalsStore } from '../../ports/stores/indexer.ts';
import type { Documents } from './documents.ts';
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
  | {
      readonly target: 'RULES';
      readonly terms: RuleSetTerms;
      /** Whether the caller named no budget, which means that there is no limit. */
      readonly budgetLeftOut: boolean;
    }
  | { readonly target: 'BUYBACK'; readonly terms: BuybackTermsText };

/** Consequences of an announcement, field by field. */
export interface AnnouncementOutlook extends Outlook {
  /** What is different from the newest published terms. */
  readonly differences: readonly TermsDifference[];
  /** Base units in objection that strike it down, by the supply now: at most so many. Null for an improvement. */
  readonly objectionsNeeded: bigint | null;
  /** Why a dry run could not be announced now, while it could at another time; null when it could. */
  readonly blockedBy: Refusal | null;
}

export interface AnnouncedChange extends Written {
  /** Consequences of the change; as if it were announced now, until it is mined. */
  readonly outlook: AnnouncementOutlook;
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
    const money = (units: bigint): string => formatMoney({ units, decimals });
    const terms = readBuybackTerms('terms.buyback', given.terms, program.settlementToken);
    const show = { money, points: showPoints };
    refuseIfAny(checkBuybackTerms('terms.buyback', terms, show, program.backed));
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

/** Small print that nobody can read is none. @throws UserError */
async function checkDocuments(
  documents: Pick<Documents, 'checkStored'>,
  program: Program,
  { target, terms }: NewTerms,
): Promise<void> {
  if (target !== 'RULES') return;
  const { documentHash } = terms;
  refuseIfAny([await documents.checkStored(program, 'terms.ruleSet.documentHash', documentHash)]);
}

const hurtsOf = (impact: Impact, request: WriteRequest): Hurts => {
  if (!('detail' in impact)) return impact;
  throw new UserError(refusalOf(impact.revert, impact.detail, request));
};

function differencesOf(
  program: Program,
  given: AnnouncedTerms,
  terms: NewTerms,
  announcedAtMs: number,
): TermsDifference[] {
  if (terms.target === 'BUYBACK') {
    const newest = program.buybackTerms.at(-1);
    const { decimals } = program.settlementToken;
    const showMoney = (units: bigint): string => formatMoney({ units, decimals });
    return newest === undefined ? [] : buybackDifferences(newest, terms.terms, showMoney);
  }
  const newest = program.ruleSets.at(-1);
  if (newest === undefined) return [];
  return ruleSetDifferences(newest, terms.terms, {
    fromEpoch: firstEpochOf(program, terms.terms.notBefore, announcedAtMs),
    budgetLeftOut: given.target === 'RULES' && given.budgetLeftOut,
  });
}

/** Terms as they were given, and in base units, with the supply when they were. */
interface TermsOfRequest {
  readonly given: AnnouncedTerms;
  readonly terms: NewTerms;
  readonly supply: bigint;
}

function outlook(
  program: Program,
  { given, terms, supply }: TermsOfRequest,
  hurts: Hurts,
  announcedAtMs: number,
): AnnouncementOutlook {
  const { target } = terms;
  const notBefore = 'notBefore' in terms.terms ? terms.terms.notBefore : 0;
  return {
    ...outlookOf(program, { target, notBefore, hurts, announcedAtMs }),
    differences: differencesOf(program, given, terms, announcedAtMs),
    objectionsNeeded:
      hurts.hurtsMembers || hurts.hurtsHolders
        ? objectionsNeeded(program, { countedSupply: supply }, supply)
        : null,
    blockedBy: null,
  };
}

/** Refusals that say nothing against the terms: another time would do. */
const PASSING: readonly ErrorCode[] = [
  'CHANGE_PENDING',
  'COOLDOWN',
  'IMPROVED_ALREADY',
  'NEWEST_NOT_IN_FORCE',
];

/** Runs a simulation. Returns what speaks against this moment only. @throws UserError for what speaks against the terms */
async function blockedBy(simulate: () => Promise<void>): Promise<Refusal | null> {
  try {
    await simulate();
    return null;
  } catch (error) {
    const [refusal] = error instanceof UserError ? error.refusals : [];
    if (refusal !== undefined && PASSING.includes(refusal.code)) return refusal;
    throw error;
  }
}

/**
 * Announces terms with the operator's key, which puts an improvement in force at once.
 *
 * @param input.dryRun Returns the outlook, and what stands in the way of the terms now, and announces nothing.
 * @throws UserError for terms out of their bounds and for terms that the charter refuses
 */
export async function announceChange(
  deps: {
    readonly writer: ContractWriter;
    readonly calls: ProgramCalls;
    readonly views: Pick<ProgramViews, 'impact'>;
    readonly changes: Pick<Changes, 'findByTransaction'>;
    readonly documents: Pick<Documents, 'checkStored'>;
    readonly programs: { newest(programId: string): Promise<Program | null> };
    readonly totals: Pick<TotalsStore, 'supply'>;
    readonly clock: ChainClock;
  },
  request: WriteRequest,
  { terms: given, dryRun }: { readonly terms: AnnouncedTerms; readonly dryRun: boolean },
): Promise<AnnouncedChange> {
  const { writer, calls, views, changes, documents, programs, totals, clock } = deps;
  // The terms are compared with the newest ones, which the caller may have announced a moment ago.
  const program = (await programs.newest(request.program.id)) ?? request.program;
  const { nowMs } = await clock.now();
  refuseIfAny([checkIdempotencyKey(request.idempotencyKey)]);
  const terms = checked(program, given, nowMs);
  await checkDocuments(documents, program, terms);
  const { issued, burned } = await totals.supply(program.id);
  const asked = { given, terms, supply: issued - burned };
  const call = calls.announceChange(program, terms);
  if (dryRun) {
    const hurts = hurtsOf(await views.impact(program, terms), request);
    const blocked = await blockedBy(() =>
      writer.simulate(request, operatorOf(request.program), call),
    );
    const tried = { ...outlook(program, asked, hurts, nowMs), blockedBy: blocked };
    return { ...NOTHING_SENT, change: null, outlook: tried };
  }
  // Before it is sent: afterwards an improvement would be compared with itself.
  const before = await views.impact(program, terms);
  const written = await writer.write(request, operatorOf(request.program), call);
  const hash = written.transaction?.hash ?? null;
  const [change] = hash === null ? [] : await changes.findByTransaction(program, hash);
  if (change !== undefined) {
    const stood = asBefore(program, change);
    return { ...written, change, outlook: outlook(stood, asked, change, change.announcedAtMs) };
  }
  const impact = 'detail' in before ? await views.impact(program, terms) : before;
  const hurts = hurtsOf(impact, request);
  return { ...written, change: null, outlook: outlook(program, asked, hurts, nowMs) };
}
