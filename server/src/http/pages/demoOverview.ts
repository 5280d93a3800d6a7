import type { Rule, SettlementToken } from '../../domain/program.ts';
import type { Language } from '../../graphql/errors/errorCatalogue.ts';

/** A round of the buyback, in base units of the settlement token. */
export interface ShownRound {
  readonly number: number;
  readonly isOpen: boolean;
  readonly opensAtMs: number;
  readonly budget: bigint;
  /** What is there of the budget. */
  readonly available: bigint;
}

/** The demo program with what the start page answers of it, from the read model. */
export interface DemoOverview {
  readonly name: string;
  readonly symbol: string;
  readonly address: string;
  readonly epoch: number;
  readonly epochLengthMs: number;
  /** What amounts of actions are counted in, such as cents; null when nobody has said so. */
  readonly amountUnit: Readonly<Record<Language, string>> | null;
  readonly openStatements: number;
  /** Base units. */
  readonly outstanding: bigint;
  readonly rules: readonly Pick<
    Rule,
    'name' | 'text' | 'perAction' | 'perUnit' | 'maxCount' | 'maxPoints'
  >[];
  readonly noticePeriodMs: number;
  /** Basis points of the supply. */
  readonly objectionThresholdBps: number;
  /** Whether a change that hurts is announced right now. */
  readonly isChanging: boolean;
  /** The newest terms of the buyback; null while none are read. */
  readonly buyback: {
    /** Base units of money for one whole point. */
    readonly pricePerPoint: bigint;
    /** Base units of money. */
    readonly budgetPerRound: bigint;
    /** Base units of points. */
    readonly minTender: bigint;
    readonly token: SettlementToken;
    readonly periodMs: number;
    readonly windowMs: number;
    /** The one that is open, and the next. */
    readonly rounds: readonly ShownRound[];
  } | null;
  /** Where a visitor on this machine can go in as a member; null everywhere else. */
  readonly memberDoor: string | null;
  /** The audit page of the program. */
  readonly auditDoor: string;
}
