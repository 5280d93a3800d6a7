/** Folds changes of terms and objections from events of the charter. Pure. */
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { epochAt, epochStartMs } from '../epochs.ts';
import type { Program } from '../program.ts';
import type { ChainMoment, CharterEvent, DatedEvent, ProposedTerms } from '../events.ts';
import { nextRoundAt, roundClosesAtMs, roundOpensAtMs } from '../buyback/roundClock.ts';

/** State of a change on chain. Whether a pending change is dead depends on the clock: see {@link changeStateAt}. */
export type RecordedState = 'PENDING' | 'ENACTED' | 'STRUCK_DOWN' | 'WITHDRAWN';
export type ChangeState = RecordedState | 'DEAD';

/** A change of terms with its history. */
export interface Change {
  readonly programId: string;
  /** Number in the program, ascending from 1. */
  readonly number: number;
  readonly target: 'RULES' | 'BUYBACK';
  readonly hurtsMembers: boolean;
  readonly hurtsHolders: boolean;
  readonly state: RecordedState;
  /** Version of the terms that it was compared with. */
  readonly comparedVersion: number;
  readonly announcedAtMs: number;
  /** Equal to `announcedAtMs` for an improvement. */
  readonly noticeEndsAtMs: number;
  /** Time from which it can't be enacted; equal to `announcedAtMs` for an improvement. */
  readonly diesAtMs: number;
  /** First round that can be the last round on the old terms; null when it owes no last round. */
  readonly firstEligibleRound: number | null;
  /** Base units of points that the threshold is of, at most: fixed at the announcement. */
  readonly countedSupply: bigint;
  /** Base units of points objected; releasing them later does not lower it. */
  readonly objections: bigint;
  /** Encoded terms, to pass to `enact`. */
  readonly terms: Hex;
  /** Null for bytes that only the contract can read. */
  readonly proposed: ProposedTerms | null;
  /** Base units in objection that were needed when it was struck down; null unless it was. */
  readonly struckDownBy: bigint | null;
  /** Whether it counts as a strike: it was struck down, or withdrawn when objections had reached half of what was needed. */
  readonly isStrike: boolean;
  /** Version of the terms that it became; null unless it is enacted. */
  readonly becameVersion: number | null;
  /** Moment at which it was enacted, struck down or withdrawn; null while it is pending. */
  readonly resolved: ChainMoment | null;
  /** Block of its announcement. */
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

/** Points that one holder locked against one change. */
export interface Objection {
  readonly programId: string;
  /** Number of the change. */
  readonly change: number;
  readonly holder: Address;
  /** Base units of points that were locked in all. */
  readonly amount: bigint;
  /** Base units still locked; 0 once they were released. */
  readonly locked: bigint;
  /** Block of the first objection. */
  readonly blockNumber: number;
  readonly transactionHash: Hex;
}

const HURTS_MEMBERS = 1;
const HURTS_HOLDERS = 2;
const BPS = 10_000n;
/** However small the supply is, a single base unit strikes nothing down. */
const LEAST_OBJECTION = 100n;

type Announced = Extract<CharterEvent, { kind: 'ChangeAnnounced' }>;

function announcedChange(
  program: Pick<Program, 'id' | 'address' | 'noticePeriodMs'>,
  { event, moment }: DatedEvent<Announced>,
): Change {
  const hurts = event.impact !== 0;
  const { blockNumber, transactionHash } = moment;
  return {
    programId: program.id,
    number: event.change,
    target: event.target === program.address ? 'RULES' : 'BUYBACK',
    hurtsMembers: (event.impact & HURTS_MEMBERS) !== 0,
    hurtsHolders: (event.impact & HURTS_HOLDERS) !== 0,
    state: 'PENDING',
    comparedVersion: event.comparedVersion,
    announcedAtMs: hurts ? event.noticeEndsAtMs - program.noticePeriodMs : event.noticeEndsAtMs,
    noticeEndsAtMs: event.noticeEndsAtMs,
    diesAtMs: event.diesAtMs,
    firstEligibleRound: event.lastRoundOwed ? event.firstEligibleRound : null,
    countedSupply: event.countedSupply,
    objections: 0n,
    terms: event.terms,
    proposed: event.proposed,
    struckDownBy: null,
    isStrike: false,
    becameVersion: null,
    resolved: null,
    blockNumber,
    transactionHash,
  };
}

/**
 * Folds a change from its events in chain order; of `Objected`, the newest is enough. Null without an announcement.
 */
export function foldChange(
  program: Pick<Program, 'id' | 'address' | 'noticePeriodMs'>,
  datedEvents: readonly DatedEvent<CharterEvent>[],
): Change | null {
  return datedEvents.reduce<Change | null>((change, { event, moment }) => {
    if (event.kind === 'ChangeAnnounced') return announcedChange(program, { event, moment });
    if (change === null) return null;
    switch (event.kind) {
      case 'ChangeEnacted':
        return { ...change, state: 'ENACTED', becameVersion: event.version, resolved: moment };
      case 'ChangeStruckDown': {
        const { objections, needed } = event;
        const resolved = { state: 'STRUCK_DOWN', resolved: moment } as const;
        return { ...change, ...resolved, objections, struckDownBy: needed, isStrike: true };
      }
      case 'ChangeWithdrawn':
        return { ...change, state: 'WITHDRAWN', resolved: moment, isStrike: event.counted };
      case 'Objected':
        return { ...change, objections: event.objections };
      case 'ObjectionReleased':
        return change;
    }
  }, null);
}

/** Folds an objection from the holder's `Objected` and `ObjectionReleased` in chain order. */
export function foldObjection(
  programId: string,
  datedEvents: readonly DatedEvent<CharterEvent>[],
): Objection | null {
  return datedEvents.reduce<Objection | null>((objection, { event, moment }) => {
    if (event.kind === 'Objected') {
      const { change, holder, held } = event;
      const { blockNumber, transactionHash } = objection ?? moment;
      const amounts = { amount: held, locked: held };
      return { programId, change, holder, ...amounts, blockNumber, transactionHash };
    }
    const isReleased = event.kind === 'ObjectionReleased' && objection !== null;
    return isReleased ? { ...objection, locked: 0n } : objection;
  }, null);
}

/** Finds the state of a change at a time. */
export function changeStateAt(
  change: Pick<Change, 'state' | 'diesAtMs'>,
  nowMs: number,
): ChangeState {
  return change.state === 'PENDING' && change.diesAtMs <= nowMs ? 'DEAD' : change.state;
}

const smallerOf = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** Computes the base units in objection that strike a change down, given the present supply; rounded up. */
export function objectionsNeeded(
  program: Pick<Program, 'objectionThresholdBps' | 'objectionCap'>,
  change: Pick<Change, 'countedSupply'>,
  supply: bigint,
): bigint {
  const counted = smallerOf(supply, change.countedSupply);
  const share = (counted * BigInt(program.objectionThresholdBps) + BPS - 1n) / BPS;
  const needed = smallerOf(share, program.objectionCap);
  return needed > LEAST_OBJECTION ? needed : LEAST_OBJECTION;
}

/** Tells whether a withdrawal counts as a strike: objections have reached half of what is needed, whether the notice runs or not. */
export const isWithdrawalAStrike = (objections: bigint, needed: bigint): boolean =>
  2n * objections >= needed;

/** Tells whether holders get back what they locked against a change: from the end of its notice on, or once it was withdrawn. */
export function isReleasableAt(
  { state, noticeEndsAtMs }: Pick<Change, 'state' | 'noticeEndsAtMs'>,
  nowMs: number,
): boolean {
  return state === 'WITHDRAWN' || noticeEndsAtMs <= nowMs;
}

/**
 * Computes the earliest time at which a change can be enacted: the end of its notice, or the close of its last round. It
 * never becomes earlier.
 *
 * @param eligible Its first eligible round as it is settled; null while it is not.
 */
export function earliestEnactmentMs(
  program: Pick<Program, 'firstRoundAtMs' | 'roundPeriodMs' | 'roundWindowMs'>,
  change: Pick<Change, 'noticeEndsAtMs' | 'firstEligibleRound'>,
  eligible: { readonly covered: boolean } | null,
): number {
  const { firstEligibleRound } = change;
  if (firstEligibleRound === null) return change.noticeEndsAtMs;
  const retried = eligible !== null && !eligible.covered;
  return roundClosesAtMs(program, firstEligibleRound + (retried ? 1 : 0));
}

/**
 * Computes the earliest time at which the terms of a pending change can be in force: the start of an epoch or the opening
 * of a round.
 *
 * @param enactedAtMs See {@link earliestEnactmentMs}; later when that has passed already.
 */
export function earliestEffectMs(
  program: Program,
  change: Pick<Change, 'target' | 'proposed'>,
  enactedAtMs: number,
): number {
  if (change.target === 'BUYBACK')
    return roundOpensAtMs(program, nextRoundAt(program, enactedAtMs));
  const notBefore = change.proposed?.kind === 'RULES' ? change.proposed.notBefore : 0;
  return epochStartMs(program, Math.max(notBefore, epochAt(program, enactedAtMs) + 1));
}
