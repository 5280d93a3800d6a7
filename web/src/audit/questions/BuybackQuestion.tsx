import type { JSX } from 'react';
import { useWords } from '../format/AuditWords.tsx';
import type { FactShown } from '../parts/Facts.tsx';
import { coversNow, shareOf } from './cover.ts';
import { QuestionCard } from './QuestionCard.tsx';
import type { QuestionProps } from './Questions.tsx';

const SHOWN_RESULTS = 2;

/** What exactly are the terms of the buyback? */
export function BuybackQuestion({ read, verified }: QuestionProps): JSX.Element {
  const { say, money, duration } = useWords();
  const { now } = read;
  const { settings } = now;
  const { terms } = now.openRound ?? now.nextRound;
  const values = {
    price: money(terms.pricePerPoint),
    budget: money(terms.budgetPerRound),
    period: duration(settings.roundPeriod),
    window: duration(settings.roundWindow),
  };
  const answer =
    terms.budgetPerRound === 0n
      ? say('questions.noBuyback')
      : say(settings.backed ? 'questions.buybackBacked' : 'questions.buybackAnswer', values);
  return (
    <QuestionCard
      number={2}
      question={say('questions.buyback')}
      answer={answer}
      facts={useBuybackFacts({ read, verified })}
      more={verified === null ? null : { to: 'rounds', text: say('questions.toRounds') }}
    />
  );
}

function useBuybackFacts({ read: { now }, verified }: QuestionProps): FactShown[] {
  const { say, count, points, money, amount, day, percent } = useWords();
  const at = say('questions.atBlock', { block: count(now.head.block) });
  const covers: FactShown[] = coversNow(now).map(({ round, isOpen, budget, available }) => ({
    name: isOpen
      ? say('questions.roundOpen', { round: round.round })
      : say('questions.roundNext', { round: round.round, day: day(round.opensAt) }),
    value: say('questions.there', { available: amount(available), budget: amount(budget) }),
    mood: available >= budget ? 'ok' : 'short',
    share: shareOf(available, budget),
    source: `Buyback.reserve(), owed(), termsOf(${round.round}) ${at}`,
  }));
  const results = (verified?.facts.rounds ?? [])
    .filter(({ result }) => result !== null)
    .slice(-SHOWN_RESULTS)
    .reverse();
  const shown: FactShown[] = [
    ...covers,
    {
      name: say('questions.tooMuch'),
      value: say('questions.sameShare'),
      source: `Buyback ${at}`,
    },
    ...results.map(({ round, tendered, result }) => ({
      name: say('questions.round', { round }),
      value: percent(shareOf(result?.filled ?? 0n, tendered)),
      note: say('questions.bought', {
        filled: points(result?.filled ?? 0n),
        tendered: points(tendered),
      }),
      source: `Buyback.RoundSettled, ${say('place.block', { block: count(result?.settled.block ?? 0) })}`,
    })),
  ];
  if (results.length < SHOWN_RESULTS) {
    shown.push({
      name: say('questions.withdrawable'),
      value: money(now.withdrawable),
      source: `Buyback.withdrawable() ${at}`,
    });
  }
  return shown;
}
