import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '../formula.ts';
import { amountText, pointsText } from '../member/amounts.ts';
import {
  NO_BUDGET_CAP,
  NO_DOCUMENT,
  type BuybackTerms,
  type Rule,
  type RuleSetTerms,
} from '../terms.ts';
import type { ChangeShown, PublishedTerms } from './publishedTerms.ts';
import { formulaText, momentText } from './words.ts';

type Json = Readonly<Record<string, unknown>>;
type MoneyText = (units: bigint) => string;

function ruleJson(rule: Rule): Json {
  const { id, name, text, perAction, perUnit, maxCount, maxPoints, untilEpoch } = rule;
  return {
    id,
    name,
    text,
    formula: formulaText(rule),
    perAction: pointsText(perAction),
    perMillionUnits: pointsText(perUnit),
    maxCount: maxCount >= NO_COUNT_CAP ? null : Number(maxCount),
    maxPoints: maxPoints >= NO_POINTS_CAP ? null : pointsText(maxPoints),
    untilEpoch: untilEpoch >= NO_END ? null : untilEpoch,
  };
}

const budgetJson = (units: bigint): string | null =>
  units >= NO_BUDGET_CAP ? null : pointsText(units);

function buybackJson(terms: BuybackTerms, money: MoneyText): Json {
  return {
    pricePerPoint: money(terms.pricePerPoint),
    budgetPerRound: money(terms.budgetPerRound),
    minTender: pointsText(terms.minTender),
  };
}

function proposedJson(proposed: ChangeShown['proposed'], money: MoneyText): Json | null {
  if (proposed === null) return null;
  if ('pricePerPoint' in proposed) return buybackJson(proposed, money);
  const { notBefore, budgetPerEpoch, documentHash, rules }: RuleSetTerms = proposed;
  return {
    notBefore,
    budgetPerEpoch: budgetJson(budgetPerEpoch),
    documentHash: documentHash === NO_DOCUMENT ? null : documentHash,
    rules: rules.map(ruleJson),
  };
}

function changeJson(change: ChangeShown, money: MoneyText): Json {
  return {
    ...change,
    announcedAt: momentText(change.announcedAt),
    noticeEndsAt: momentText(change.noticeEndsAt),
    diesAt: momentText(change.diesAt),
    objections: pointsText(change.objections),
    objectionsNeeded: change.objectionsNeeded === null ? null : pointsText(change.objectionsNeeded),
    proposed: proposedJson(change.proposed, money),
  };
}

/** The terms of a program as JSON: amounts as decimal strings, moments of UTC, null for no cap, no end and no limit. */
export function termsJson(terms: PublishedTerms): string {
  const { cover } = terms;
  const money: MoneyText = (units) => amountText(units, terms.money.decimals);
  const json: Json = {
    ...terms,
    time: momentText(terms.time),
    startsAt: momentText(terms.startsAt),
    firstRoundAt: momentText(terms.firstRoundAt),
    objectionCap: pointsText(terms.objectionCap),
    ruleSets: terms.ruleSets.map((version) => ({
      ...version,
      budgetPerEpoch: budgetJson(version.budgetPerEpoch),
      rules: version.rules.map(ruleJson),
    })),
    changes: terms.changes.map((change) => changeJson(change, money)),
    buybackTerms: terms.buybackTerms.map((version) => ({
      ...version,
      ...buybackJson(version, money),
    })),
    cover: {
      reserve: money(cover.reserve),
      owed: money(cover.owed),
      withdrawable: money(cover.withdrawable),
      rounds: cover.rounds.map((round) => ({
        ...round,
        opensAt: momentText(round.opensAt),
        closesAt: momentText(round.closesAt),
        budget: money(round.budget),
        available: money(round.available),
      })),
    },
    agrees: terms.differences.length === 0,
  };
  return JSON.stringify(json, null, 2);
}
