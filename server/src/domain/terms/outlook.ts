/** Computes the consequences of announcing terms: whom they hurt, what is owed first, and when they are in force. */
import { epochAt, epochStartMs } from '../epochs.ts';
import type { Program } from '../program.ts';
import { nextRoundAt, roundClosesAtMs, roundOpensAtMs } from '../buyback/roundClock.ts';

/**
 * Kinds of changes of terms. Improvements hurt neither members nor holders.
 *
 * - `RULES_IMPROVED`: in force from the next epoch, no notice
 * - `RULES_WORSENED`: hurts members; after notice
 * - `BUDGET_RAISED`: hurts holders (dilution); after notice and a last round
 * - `RULES_WORSENED_BUDGET_RAISED`: both
 * - `BUYBACK_IMPROVED`: in force from the next round that is not open, no notice
 * - `BUYBACK_WORSENED`: hurts holders; after notice and a last round, for later rounds
 */
export const CHANGE_KINDS = [
  'RULES_IMPROVED',
  'RULES_WORSENED',
  'BUDGET_RAISED',
  'RULES_WORSENED_BUDGET_RAISED',
  'BUYBACK_IMPROVED',
  'BUYBACK_WORSENED',
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** Whom terms hurt, as the contract that they are for decides. */
export interface Hurts {
  readonly hurtsMembers: boolean;
  readonly hurtsHolders: boolean;
}

/** Consequences of an announcement at a time. */
export interface Outlook extends Hurts {
  readonly kind: ChangeKind;
  /** Null for an improvement: it is applied as it is announced. */
  readonly noticeEndsAtMs: number | null;
  /** First round that can be the last one on the old terms; null when the change owes no last round. */
  readonly lastRound: {
    readonly round: number;
    readonly opensAtMs: number;
    readonly closesAtMs: number;
  } | null;
  /** Earliest time at which it can be enacted. */
  readonly earliestEnactmentMs: number;
  /** Earliest time at which the terms can be in force: the start of an epoch or the opening of a round. */
  readonly earliestEffectMs: number;
  /** Time from which it can't be enacted; null for an improvement. */
  readonly diesAtMs: number | null;
}

const FOURTEEN_DAYS_MS = 14 * 86_400_000;

export function changeKindOf(target: 'RULES' | 'BUYBACK', hurts: Hurts): ChangeKind {
  if (target === 'BUYBACK') return hurts.hurtsHolders ? 'BUYBACK_WORSENED' : 'BUYBACK_IMPROVED';
  if (hurts.hurtsMembers) {
    return hurts.hurtsHolders ? 'RULES_WORSENED_BUDGET_RAISED' : 'RULES_WORSENED';
  }
  return hurts.hurtsHolders ? 'BUDGET_RAISED' : 'RULES_IMPROVED';
}

/** The first round that opens at or after a moment. */
function firstRoundFrom(program: Program, ms: number): number {
  const next = nextRoundAt(program, ms);
  return next > 0 && roundOpensAtMs(program, next - 1) === ms ? next - 1 : next;
}

/** Computes the first epoch of a rule set that is applied at a moment. */
export function firstEpochOf(program: Program, notBefore: number, appliedAtMs: number): number {
  const afterNewest = (program.ruleSets.at(-1)?.fromEpoch ?? -1) + 1;
  return Math.max(notBefore, epochAt(program, appliedAtMs) + 1, afterNewest);
}

function effectMs(
  program: Program,
  target: 'RULES' | 'BUYBACK',
  notBefore: number,
  appliedAtMs: number,
): number {
  if (target === 'BUYBACK') return roundOpensAtMs(program, nextRoundAt(program, appliedAtMs));
  return epochStartMs(program, firstEpochOf(program, notBefore, appliedAtMs));
}

/**
 * Computes the consequences of an announcement.
 *
 * @param args.notBefore Epoch that a rule set names; 0 for as soon as possible and for buyback terms.
 * @param args.announcedAtMs Time of the block.
 */
export function outlookOf(
  program: Program,
  args: {
    readonly target: 'RULES' | 'BUYBACK';
    readonly notBefore: number;
    readonly hurts: Hurts;
    readonly announcedAtMs: number;
  },
): Outlook {
  const { target, notBefore, announcedAtMs } = args;
  const { hurtsMembers, hurtsHolders } = args.hurts;
  const kind = changeKindOf(target, args.hurts);
  const common = { kind, hurtsMembers, hurtsHolders };
  if (!hurtsMembers && !hurtsHolders) {
    return {
      ...common,
      noticeEndsAtMs: null,
      lastRound: null,
      earliestEnactmentMs: announcedAtMs,
      earliestEffectMs: effectMs(program, target, notBefore, announcedAtMs),
      diesAtMs: null,
    };
  }
  const noticeEndsAtMs = announcedAtMs + program.noticePeriodMs;
  const budget = program.buybackTerms.at(-1)?.budgetPerRound ?? 0n;
  const round = hurtsHolders && budget > 0n ? firstRoundFrom(program, noticeEndsAtMs) : null;
  const earliestEnactmentMs = round === null ? noticeEndsAtMs : roundClosesAtMs(program, round);
  return {
    ...common,
    noticeEndsAtMs,
    lastRound:
      round === null
        ? null
        : {
            round,
            opensAtMs: roundOpensAtMs(program, round),
            closesAtMs: roundClosesAtMs(program, round),
          },
    earliestEnactmentMs,
    earliestEffectMs: effectMs(program, target, notBefore, earliestEnactmentMs),
    diesAtMs:
      (round === null ? noticeEndsAtMs : roundClosesAtMs(program, round + 1)) + FOURTEEN_DAYS_MS,
  };
}
