import type { Address } from '@dewpoint/contracts/statement.ts';
import { readMoney, showPoints } from '../../domain/amounts.ts';
import { outlookOf, type Hurts, type Outlook } from '../../domain/terms/outlook.ts';
import { checkBuybackTerms, type BuybackTerms } from '../../domain/terms/buybackTerms.ts';
import { epochAt } from '../../domain/epochs.ts';
import { InputRefused, refuseIfAny } from '../../domain/errors.ts';
import { formatMoney } from '../../domain/money.ts';
import type { Program } from '../../domain/program.ts';
import {
  checkNotBefore,
  checkRuleSetTerms,
  type RuleSetTerms,
} from '../../domain/terms/ruleSetTerms.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { NewTerms, ProgramCalls, ProgramViews } from '../../ports/chain/programCalls.ts';
import {
  checkIdempotencyKey,
  type Written,
  type ContractWriter,
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
  /** What it is and when it holds; of the change itself once that is known, of now before. */
  readonly outlook: Outlook;
  /** Null until it is read, and for a dry run. */
  readonly change: ChangeView | null;
}

export interface AnnounceChange {
  /**
   * Announces terms with the operator's key; an improvement is in force with it.
   *
   * @param input.dryRun Says what it would be, and whether the contract would take it, and announces nothing.
   * @throws InputRefused for terms out of their bounds and for what the charter refuses
   */
  announce(
    program: Program,
    input: {
      readonly terms: AnnouncedTerms;
      readonly dryRun: boolean;
      readonly idempotencyKey: string;
    },
  ): Promise<AnnouncedChange>;
}

const NOTHING_SENT: Written = { transaction: null, call: null };

/** Reads money by the decimals of the token. @throws InputRefused */
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

export function createAnnounceChange(deps: {
  writer: ContractWriter;
  calls: ProgramCalls;
  views: Pick<ProgramViews, 'impact'>;
  changes: Pick<Changes, 'findByTransaction'>;
  clock: ChainClock;
  /** Who would announce. */
  operator: Address;
}): AnnounceChange {
  const { writer, calls, views, changes, clock, operator } = deps;

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

  const impactOf = async (program: Program, terms: NewTerms): Promise<Hurts> => {
    const impact = await views.impact(program, terms);
    if (!('detail' in impact)) return impact;
    const tried = { kind: 'changeAnnounce', program } as const;
    throw new InputRefused([refusalOf(impact.revert, impact.detail, tried)]);
  };

  const outlook = (
    program: Program,
    terms: NewTerms,
    hurts: Hurts,
    announcedAtMs: number,
  ): Outlook => {
    const notBefore = terms.target === 'RULES' ? terms.terms.notBefore : 0;
    return outlookOf(program, { target: terms.target, notBefore, hurts, announcedAtMs });
  };

  return {
    announce: async (program, { terms: given, dryRun, idempotencyKey }) => {
      const { nowMs } = await clock.now();
      refuseIfAny([checkIdempotencyKey(idempotencyKey)]);
      const terms = checked(program, given, nowMs);
      const call = calls.announce(program, terms);
      if (dryRun) {
        const hurts = await impactOf(program, terms);
        await writer.simulate('changeAnnounce', program, operator, call);
        return { ...NOTHING_SENT, change: null, outlook: outlook(program, terms, hurts, nowMs) };
      }
      // Before it is sent: afterwards an improvement would be compared with itself.
      const before = await views.impact(program, terms);
      const by = { role: 'OPERATOR' } as const;
      const written = await writer.write({
        kind: 'changeAnnounce',
        program,
        by,
        call,
        idempotencyKey,
      });
      const hash = written.transaction?.hash ?? null;
      const [change] = hash === null ? [] : await changes.findByTransaction(program, hash);
      if (change !== undefined) {
        const { announcedAtMs } = change;
        return {
          ...written,
          change,
          outlook: outlook(asBefore(program, change), terms, change, announcedAtMs),
        };
      }
      const hurts = 'detail' in before ? await impactOf(program, terms) : before;
      return { ...written, change: null, outlook: outlook(program, terms, hurts, nowMs) };
    },
  };
}
