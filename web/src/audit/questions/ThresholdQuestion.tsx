import type { JSX } from 'react';
import type { ProgramFacts } from '@dewpoint/contracts/verifier/facts/facts.ts';
import { useWords } from '../format/AuditWords.tsx';
import type { FactShown } from '../parts/Facts.tsx';
import { QuestionCard } from './QuestionCard.tsx';
import type { QuestionProps } from './Questions.tsx';

/** What is the threshold to take part, and can I suddenly be kept out? */
export function ThresholdQuestion({ read, verified }: QuestionProps): JSX.Element {
  const { say, points, duration } = useWords();
  const { now } = read;
  const { terms } = now.openRound ?? now.nextRound;
  return (
    <QuestionCard
      number={3}
      question={say('questions.threshold')}
      answer={say('questions.thresholdAnswer', {
        points: points(terms.minTender),
        notice: duration(now.settings.noticePeriod),
      })}
      facts={useThresholdFacts({ read, verified })}
      more={verified === null ? null : { to: 'supply', text: say('questions.toSupply') }}
    />
  );
}

function useThresholdFacts({ read: { now }, verified }: QuestionProps): FactShown[] {
  const { say, count, points } = useWords();
  const at = say('questions.atBlock', { block: count(now.head.block) });
  const ofCode = verified?.report.checks.find(({ id }) => id === 'code');
  const none: Pick<FactShown, 'value' | 'mood' | 'source'> =
    ofCode?.ok === false
      ? { value: say('questions.otherCode'), mood: 'no', source: say('questions.byCode') }
      : { value: say('questions.noneInCode'), mood: 'ok', source: say('questions.byCode') };
  return [
    ...(verified === null ? [] : [raisedFact(verified.facts, say)]),
    { name: say('questions.freeze'), ...none },
    { name: say('questions.pause'), ...none },
    ...(verified === null ? [] : [sharesFact(verified, say)]),
    {
      name: say('questions.outstanding'),
      value: points(now.supply),
      source: `Points.totalSupply() ${at}`,
      ...(verified === null
        ? {}
        : {
            note: say('questions.mintedLessBurned', {
              minted: points(verified.report.totals.minted),
              burned: points(verified.report.totals.burned),
            }),
          }),
    },
  ];
}

type Say = ReturnType<typeof useWords>['say'];

function raisedFact({ buybackTerms }: ProgramFacts, say: Say): FactShown {
  const raised = buybackTerms.filter(
    ({ minTender }, i) => minTender > (buybackTerms[i - 1]?.minTender ?? minTender),
  ).length;
  return {
    name: say('questions.raised'),
    value: raised === 0 ? say('questions.never') : say('questions.times', { count: raised }),
    source: 'Buyback.TermsPublished',
    ...(raised === 0 ? { mood: 'ok' as const } : {}),
  };
}

function sharesFact(
  { facts, report }: NonNullable<QuestionProps['verified']>,
  say: Say,
): FactShown {
  const settled = facts.rounds.filter(({ result }) => result !== null);
  const tenders = settled.flatMap((round) => round.tenders).length;
  const isSame = report.checks.every(({ id, ok }) => ok || (id !== 'shares' && id !== 'rounds'));
  return {
    name: say('questions.shares'),
    value: isSame ? say('questions.ofAll', { count: tenders }) : say('questions.notSame'),
    mood: isSame ? 'ok' : 'no',
    source: 'Buyback.RoundSettled, MoneyClaimed, PointsClaimed',
  };
}
