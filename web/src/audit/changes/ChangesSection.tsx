import type { JSX } from 'react';
import type { ChangeFact, ProgramFacts } from '@dewpoint/contracts/verifier/facts/facts.ts';
import { useWords } from '../format/AuditWords.tsx';
import {
  buybackDifferences,
  ruleSetDifferences,
  type TermsDifference,
} from '../rules/termsDifferences.ts';
import { Differences } from '../parts/Differences.tsx';
import { Facts, type FactShown } from '../parts/Facts.tsx';
import { Account, Place } from '../parts/Place.tsx';
import { Section } from '../parts/Section.tsx';

const MOODS = {
  enacted: 'better',
  'struck down': 'worse',
  withdrawn: '',
  dead: '',
  pending: 'waiting',
} as const;

/** Every change of terms: whom it hurts, its dates, who objected, and how it ended. */
export function ChangesSection({ facts }: { facts: ProgramFacts }): JSX.Element {
  const { say, moment } = useWords();
  const { changes } = facts;
  return (
    <Section
      at="changes"
      title={say('changes.title', { count: changes.length })}
      lead={say('changes.lead')}
    >
      {changes.length === 0 && <p>{say('changes.none')}</p>}
      {[...changes].reverse().map((change) => (
        <details key={change.id} className="version" open={change.state === 'pending'}>
          <summary>
            <b>{say('changes.number', { id: change.id })}</b>
            <span className={`tag ${MOODS[change.state]}`}>
              {say(`changes.state.${change.state}`)}
            </span>
            <span className="when">
              {say(`changes.target.${change.terms?.target ?? 'unknown'}`)}
            </span>
            <span className="when">
              {say('changes.announcedAt', { moment: moment(change.announced.time) })}
            </span>
          </summary>
          <Change change={change} facts={facts} />
        </details>
      ))}
    </Section>
  );
}

function Change({ change, facts }: { change: ChangeFact; facts: ProgramFacts }): JSX.Element {
  const words = useWords();
  const { say, points } = words;
  return (
    <div className="inside">
      <Differences all={differencesOf(change, facts, words)} />
      <Facts facts={factsOfChange(change, words)} />
      {change.objectors.length > 0 && (
        <p>
          {say('changes.objectors')}{' '}
          {change.objectors.map(({ holder, amount }) => (
            <span key={holder} className="pair">
              <Account address={holder} /> {points(amount)}
            </span>
          ))}
        </p>
      )}
      <p>
        {say('changes.announcedIn')}{' '}
        <Place block={change.announced.block} hash={change.announced.transactionHash} />
        {change.ended !== null && (
          <>
            {' '}
            {say('changes.endedIn')}{' '}
            <Place block={change.ended.block} hash={change.ended.transactionHash} />
          </>
        )}
      </p>
    </div>
  );
}

function factsOfChange(
  change: ChangeFact,
  { say, points, moment }: ReturnType<typeof useWords>,
): FactShown[] {
  const { hurtsMembers, hurtsHolders, ended } = change;
  const isHurtful = hurtsMembers || hurtsHolders;
  const whom = hurtsMembers
    ? hurtsHolders
      ? 'both'
      : 'members'
    : hurtsHolders
      ? 'holders'
      : 'nobody';
  return [
    {
      name: say('changes.hurts'),
      value: say(`changes.whom.${whom}`),
      ...(isHurtful ? { mood: 'no' as const } : { mood: 'ok' as const }),
    },
    ...(isHurtful
      ? [
          { name: say('changes.noticeEnds'), value: moment(change.noticeEndsAt) },
          {
            name: say('changes.objections'),
            value: say('changes.objectionsOf', {
              objections: points(change.objections),
              needed: points(change.objectionsNeeded),
            }),
          },
          ...(change.lastRoundFrom === null
            ? []
            : [
                {
                  name: say('changes.lastRound'),
                  value: say('changes.lastRoundFrom', { round: change.lastRoundFrom }),
                },
              ]),
          { name: say('changes.dies'), value: moment(change.diesAt) },
        ]
      : []),
    ...(ended === null
      ? []
      : [{ name: say(`changes.ended.${change.state}`), value: moment(ended.time) }]),
  ];
}

/** Against the version that the contract compared it with. */
function differencesOf(
  { terms, comparedVersion }: ChangeFact,
  { ruleSets, buybackTerms, settings }: ProgramFacts,
  words: ReturnType<typeof useWords>,
): TermsDifference[] {
  if (terms?.target === 'rule set') {
    const before = ruleSets[comparedVersion];
    return before === undefined ? [] : ruleSetDifferences(before, terms.ruleSet, settings, words);
  }
  const before = buybackTerms[comparedVersion];
  return terms === null || before === undefined
    ? []
    : buybackDifferences(before, terms.buyback, words);
}
