import type { Hex } from '../statement.ts';
import { NO_DOCUMENT, type BuybackTerms, type Rule, type RuleSetTerms } from '../terms.ts';
import type { Difference } from '../verifier/report/check.ts';
import type { ChangeShown, PublishedTerms, RoundCover } from './publishedTerms.ts';
import {
  budgetText,
  durationText,
  endText,
  formulaText,
  groupedPoints,
  momentText,
  moneyText,
} from './words.ts';

type Money = PublishedTerms['money'];

const span = (name: string, from: number, to: number | null): string => {
  if (to === null) return `${name} ${from} and all later ones`;
  return to <= from ? `${name} ${from}` : `${name}s ${from} to ${to}`;
};

function ruleLines(rules: readonly Rule[], indent: string): string[] {
  return rules.flatMap((rule) => [
    `${indent}${rule.name}: ${formulaText(rule)}${endText(rule)}`,
    ...(rule.text === '' ? [] : [`${indent}  ${rule.text}`]),
  ]);
}

const documentText = (hash: Hex | null): string =>
  hash === null
    ? 'Without small print.'
    : `Small print ${hash}: npm run verify -- --document FILE tells whether a text is it.`;

function anchorsText({ anchored, missing }: PublishedTerms['anchors']): string {
  const gap = missing === 0 ? '' : `, of ${missing} it was not: nothing can be proven of those`;
  return `The action log of ${anchored} epochs was anchored${gap}.`;
}

function buybackWords(terms: BuybackTerms, money: Money): string {
  const { pricePerPoint, budgetPerRound, minTender } = terms;
  const budget =
    budgetPerRound === 0n
      ? 'nothing is bought'
      : `${moneyText(budgetPerRound, money)} a round at most`;
  return `${moneyText(pricePerPoint, money)} a point, ${budget}, ${groupedPoints(minTender)} points a holder at least`;
}

const impactWords = ({ hurtsMembers, hurtsHolders }: ChangeShown): string => {
  if (hurtsMembers && hurtsHolders) return 'hurts members and holders';
  if (hurtsMembers) return 'hurts members';
  return hurtsHolders ? 'hurts holders' : 'hurts nobody';
};

function proposedLines({ proposed }: ChangeShown, money: Money): string[] {
  if (proposed === null) return ['  Its bytes are no terms.'];
  if ('pricePerPoint' in proposed) return [`  ${buybackWords(proposed, money)}`];
  const { notBefore, budgetPerEpoch, documentHash, rules }: RuleSetTerms = proposed;
  const start = notBefore === 0 ? 'as soon as it is enacted' : `not before epoch ${notBefore}`;
  return [
    `  ${start}, ${budgetText(budgetPerEpoch)}:`,
    ...ruleLines(rules, '  '),
    `  ${documentText(documentHash === NO_DOCUMENT ? null : documentHash)}`,
  ];
}

function changeLines(change: ChangeShown, money: Money): string[] {
  const announced = `announced ${momentText(change.announcedAt)}`;
  const line = `Change ${change.id} of the ${change.target}: ${change.state}, ${impactWords(change)}, ${announced}`;
  if (change.objectionsNeeded === null) return [`${line}.`];
  const lastRound =
    change.firstEligibleRound === null
      ? ''
      : `; round ${change.firstEligibleRound} or a later one is the last on the old terms`;
  return [
    `${line};`,
    `  its notice ends ${momentText(change.noticeEndsAt)}, it dies ${momentText(change.diesAt)}${lastRound};`,
    `  ${groupedPoints(change.objections)} points object, ${groupedPoints(change.objectionsNeeded)} strike it down:`,
    ...proposedLines(change, money),
  ];
}

function coverLine(round: RoundCover, money: Money): string {
  const when = round.isOpen
    ? `open until ${momentText(round.closesAt)}`
    : `opens ${momentText(round.opensAt)}`;
  const missing = round.budget - round.available;
  const verdict = round.covered ? 'covered' : `${moneyText(missing, money)} are missing`;
  return `Round ${round.round}, ${when}: ${moneyText(round.budget, money)} promised, ${moneyText(round.available, money)} there for it: ${verdict}.`;
}

const differenceLine = ({ what, expected, actual, block }: Difference): string =>
  `  ${what}: expected ${expected}, found ${actual}${block === null ? '' : ` (block ${block})`}`;

function verdictLines({ differences }: PublishedTerms): string[] {
  if (differences.length === 0) {
    return ['The contracts compute with these terms, and every change of them was announced.'];
  }
  return [
    'The contracts do NOT agree with what was published:',
    ...differences.map(differenceLine),
  ];
}

/** The terms of a program in words, for people. */
export function termsText(terms: PublishedTerms): string {
  const { money, cover } = terms;
  const bps = terms.objectionThresholdBps / 100;
  return [
    `${terms.name} (${terms.symbol}), ${terms.program} on chain ${terms.chainId}, at block ${terms.block}, ${momentText(terms.time)}`,
    `Epochs last ${durationText(terms.epochLength)}, from ${momentText(terms.startsAt)} on; this is epoch ${terms.epoch}.`,
    '',
    'WHAT EARNS POINTS, for each member and epoch, rounded down',
    ...terms.ruleSets.flatMap((version) => [
      `${span('Epoch', version.fromEpoch, version.toEpoch)} (${version.standing}), ${budgetText(version.budgetPerEpoch)}:`,
      ...ruleLines(version.rules, '  '),
      `  ${documentText(version.documentHash)}`,
    ]),
    anchorsText(terms.anchors),
    '',
    `CHANGES, with a notice of ${durationText(terms.noticePeriod)} when they hurt; ${bps} % of the points strike one down, ${groupedPoints(terms.objectionCap)} at most`,
    ...(terms.changes.length === 0 ? ['None so far.'] : []),
    ...terms.changes.flatMap((change) => changeLines(change, money)),
    '',
    `BUYBACK, every ${durationText(terms.roundPeriod)} for ${durationText(terms.roundWindow)}, from ${momentText(terms.firstRoundAt)} on`,
    ...terms.buybackTerms.map(
      (version) =>
        `${span('Round', version.fromRound, version.toRound)} (${version.standing}): ${buybackWords(version, money)}`,
    ),
    '',
    'MONEY FOR IT',
    ...(terms.backed ? ['No point is minted that this money could not buy back.'] : []),
    `The reserve has ${moneyText(cover.reserve, money)}; ${moneyText(cover.owed, money)} are owed, the operator can withdraw ${moneyText(cover.withdrawable, money)}.`,
    ...cover.rounds.map((round) => coverLine(round, money)),
    '',
    ...verdictLines(terms),
  ].join('\n');
}
