import type { JSX } from 'react';
import { closesAt, opensAt } from '@dewpoint/contracts/verifier/settings/roundClock.ts';
import type { PendingChange, ProgramNow } from '@dewpoint/contracts/verifier/facts/programNow.ts';
import { useWords } from '../format/AuditWords.tsx';
import { Rich } from '../parts/Rich.tsx';
import type { ProgramRead } from '../worker/protocol.ts';
import { pendingDifferences, type TermsDifference } from '../rules/termsDifferences.ts';
import './now.css';

/** What is being changed right now, and when. */
export function NowBlock({ read: { now } }: { read: ProgramRead }): JSX.Element {
  const words = useWords();
  const { say, moment } = words;
  const { pendingChange } = now;
  if (pendingChange === null) {
    const isResting = now.cooldownUntil > now.head.time;
    return (
      <section className="block" id="now">
        <h2>{say('now.nothing')}</h2>
        <p className="lead">
          {isResting
            ? say('now.resting', { moment: moment(now.cooldownUntil) })
            : say('now.nothingText')}
        </p>
      </section>
    );
  }
  const differences = pendingDifferences(now, words);
  const values = {
    objections: words.points(pendingChange.objections),
    needed: words.points(pendingChange.objectionsNeeded),
  };
  return (
    <section className="block now" id="now">
      <h2>{say('now.title', { what: say(`now.what.${whatOf(pendingChange, now)}`) })}</h2>
      {differences.map((difference) => (
        <FromTo key={difference.name} difference={difference} />
      ))}
      {differences.length === 0 && <p className="from-to">{say('now.untold')}</p>}
      <p className="from-to">
        <Rich text={say('now.objections', values)} />
      </p>
      <Timeline change={pendingChange} now={now} />
    </section>
  );
}

function whatOf({ terms }: PendingChange, now: ProgramNow): string {
  if (terms === null) return 'unknown';
  if (terms.target === 'rule set') return 'rules';
  const { buyback } = terms;
  const { pricePerPoint, budgetPerRound, minTender } = now.nextRound.terms;
  if (buyback.pricePerPoint < pricePerPoint) return 'priceLower';
  if (buyback.budgetPerRound < budgetPerRound) return 'budgetLower';
  return buyback.minTender > minTender ? 'minimumHigher' : 'buyback';
}

function FromTo({
  difference: { name, before, after },
}: {
  difference: TermsDifference;
}): JSX.Element {
  const { say } = useWords();
  return (
    <p className="from-to">
      <span className="named">{name}</span> <s>{before ?? say('terms.none')}</s> →{' '}
      <b>{after ?? say('terms.none')}</b>
    </p>
  );
}

interface Step {
  readonly at: string;
  readonly text: string;
  readonly isDone: boolean;
}

function Timeline({ change, now }: { change: PendingChange; now: ProgramNow }): JSX.Element {
  const { say, day } = useWords();
  const { settings, head } = now;
  const { lastRoundFrom } = change;
  const steps: Step[] = [
    { at: day(change.announcedAt), text: say('now.announced'), isDone: true },
    {
      at: day(change.noticeEndsAt),
      text: say('now.noticeEnds'),
      isDone: head.time >= change.noticeEndsAt,
    },
    ...(lastRoundFrom === null
      ? []
      : [
          {
            at: say('now.fromTo', {
              from: day(opensAt(settings, lastRoundFrom)),
              to: day(closesAt(settings, lastRoundFrom)),
            }),
            text: say('now.lastRound', { round: lastRoundFrom }),
            isDone: head.time >= closesAt(settings, lastRoundFrom),
          },
        ]),
    {
      at: day(change.earliestEnactment),
      text: say('now.earliest', { day: day(change.diesAt) }),
      isDone: head.time >= change.earliestEnactment,
    },
  ];
  return (
    <ol className="track" style={{ '--steps': String(steps.length) } as Record<string, string>}>
      {steps.map(({ at, text, isDone }) => (
        <li key={text} className={isDone ? 'done' : undefined}>
          <b>{at}</b>
          {text}
        </li>
      ))}
    </ol>
  );
}
