import type { JSX } from 'react';
import type { ChangeState } from '@dewpoint/contracts/verifier/facts/facts.ts';
import { useWords } from '../format/AuditWords.tsx';
import type { FactShown } from '../parts/Facts.tsx';
import { ruleWords } from '../rules/ruleWords.ts';
import { QuestionCard } from './QuestionCard.tsx';
import type { QuestionProps } from './Questions.tsx';

const BPS = 10_000;
const SHOWN_RULES = 4;
const STATES: readonly ChangeState[] = ['enacted', 'struck down', 'withdrawn', 'dead', 'pending'];

/** How are points earned, am I told before it changes, and does my complaint count? */
export function EarningQuestion({ read, verified }: QuestionProps): JSX.Element {
  const words = useWords();
  const { say, count, duration, percent, day } = words;
  const { now } = read;
  const { settings } = now;
  const [inForce] = now.ruleSets;
  const rules = inForce?.rules ?? [];
  const at = say('questions.atBlock', { block: count(now.head.block) });
  const changes = verified?.facts.changes;
  const struckDown = changes?.filter(({ state }) => state === 'struck down').at(-1);
  const facts: FactShown[] = rules.slice(0, SHOWN_RULES).map((rule) => {
    const { earns, limits } = ruleWords(rule, settings, words);
    return {
      name: rule.name ?? say('questions.ruleNumber', { id: rule.id }),
      value: earns,
      note: limits,
      source: `Points.ruleSet(${inForce?.version ?? 0}), Points.ruleTextHash(${rule.id}) ${at}`,
    };
  });
  if (rules.length > SHOWN_RULES) {
    facts.push({ name: say('questions.moreRules'), value: count(rules.length - SHOWN_RULES) });
  }
  facts.push({
    name: say('questions.changes'),
    value: count(now.changes),
    source: `Charter.changeCount() ${at}`,
    ...(changes === undefined
      ? {}
      : {
          note: STATES.map(
            (state) => [state, changes.filter((each) => each.state === state).length] as const,
          )
            .filter(([, number]) => number > 0)
            .map(([state, number]) => say(`questions.state.${state}`, { count: number }))
            .join(say('list')),
        }),
  });
  return (
    <QuestionCard
      number={1}
      question={say('questions.earning')}
      answer={`${say('questions.earningAnswer', {
        notice: duration(settings.noticePeriod),
        percent: percent(settings.objectionThresholdBps / BPS),
      })}${
        struckDown?.ended == null
          ? ''
          : say('questions.struckDown', { day: day(struckDown.ended.time) })
      }`}
      facts={facts}
      more={
        verified === null
          ? null
          : {
              to: 'rules',
              text: say('questions.toRules', {
                versions: say('questions.versions', { count: verified.facts.ruleSets.length }),
                changes: say('questions.changesInAll', { count: verified.facts.changes.length }),
              }),
            }
      }
    />
  );
}
