import type { JSX } from 'react';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import type { ProgramFacts, RuleSetFact } from '@dewpoint/contracts/verifier/facts/facts.ts';
import { useWords } from '../format/AuditWords.tsx';
import { ruleSetDifferences } from './termsDifferences.ts';
import { Differences } from '../parts/Differences.tsx';
import { Place } from '../parts/Place.tsx';
import { Section } from '../parts/Section.tsx';
import { ruleWords } from './ruleWords.ts';
import './rules.css';

/** Every version of the rules, the newest first: what it says, and what it changed. */
export function RulesSection({ facts }: { facts: ProgramFacts }): JSX.Element {
  const { say } = useWords();
  const { ruleSets, head } = facts;
  const inForce = ruleSets.findLast(({ startsAt }) => startsAt <= head.time);
  return (
    <Section
      at="rules"
      title={say('rules.title', { count: ruleSets.length })}
      lead={say('rules.lead')}
    >
      {[...ruleSets].reverse().map((version) => (
        <details key={version.version} className="version" open={version === inForce}>
          <summary>
            <b>{say('rules.version', { version: version.version })}</b>
            <Standing version={version} inForce={inForce} />
          </summary>
          <Version version={version} facts={facts} />
        </details>
      ))}
    </Section>
  );
}

function Standing({
  version,
  inForce,
}: {
  version: RuleSetFact;
  inForce: RuleSetFact | undefined;
}): JSX.Element {
  const { say, moment } = useWords();
  const isToCome = version.version > (inForce?.version ?? -1);
  const state = version === inForce ? 'inForce' : isToCome ? 'toCome' : 'past';
  return (
    <>
      <span
        className={`tag ${state === 'inForce' ? 'better' : state === 'toCome' ? 'waiting' : ''}`}
      >
        {say(`rules.${state}`)}
      </span>
      <span className="when">
        {say('rules.from', { moment: moment(version.startsAt), epoch: version.fromEpoch })}
      </span>
    </>
  );
}

function Version({ version, facts }: { version: RuleSetFact; facts: ProgramFacts }): JSX.Element {
  const words = useWords();
  const { say, points } = words;
  const before = facts.ruleSets[version.version - 1];
  const { settings } = facts;
  return (
    <div className="inside">
      <ul className="rule-list">
        {version.rules.map((rule) => {
          const { earns, limits } = ruleWords(rule, settings, words);
          return (
            <li key={rule.id}>
              <b>{rule.name}</b> {earns}
              {limits !== '' && <small> {limits}</small>}
              <p>{rule.text}</p>
            </li>
          );
        })}
      </ul>
      <p>
        {version.budgetPerEpoch >= NO_BUDGET_CAP
          ? say('rules.noBudget')
          : say('rules.budget', { points: points(version.budgetPerEpoch) })}{' '}
        {version.change === null
          ? say('rules.opening')
          : say('rules.byChange', { change: version.change })}{' '}
        <Place block={version.published.block} hash={version.published.transactionHash} />
      </p>
      <p className="hash">
        {say('rules.document')}{' '}
        <code>
          {/^0x0+$/.test(version.documentHash) ? say('terms.noDocument') : version.documentHash}
        </code>
      </p>
      {before !== undefined && (
        <>
          <h3>{say('rules.differences', { version: before.version })}</h3>
          <Differences all={ruleSetDifferences(before, version, settings, words)} />
        </>
      )}
    </div>
  );
}
