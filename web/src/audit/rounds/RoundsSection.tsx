import type { JSX } from 'react';
import type { ProgramFacts, RoundFact } from '@dewpoint/contracts/verifier/facts/facts.ts';
import { useWords } from '../format/AuditWords.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Account, Place } from '../parts/Place.tsx';
import { Section } from '../parts/Section.tsx';
import { shareOf } from '../questions/cover.ts';
import type { ProgramRead } from '../worker/protocol.ts';

const SHOWN_MOVEMENTS = 20;

/** The rounds, the money for them, and who can take it out. */
export function RoundsSection({
  facts,
  read,
}: {
  facts: ProgramFacts;
  read: ProgramRead;
}): JSX.Element {
  const { say, money, points } = useWords();
  const { reserve, rounds, settings, buybackTerms } = facts;
  const { now } = read;
  return (
    <Section
      at="rounds"
      title={say('rounds.title')}
      lead={say(settings.backed ? 'rounds.leadBacked' : 'rounds.lead')}
    >
      <Facts
        facts={[
          { name: say('rounds.reserve'), value: money(reserve.reserve) },
          { name: say('rounds.owed'), value: money(reserve.owed) },
          {
            name: say('rounds.withdrawable'),
            value: money(now.withdrawable),
            note: say('rounds.withdrawableNote'),
          },
          ...(reserve.balance === null
            ? []
            : [{ name: say('rounds.balance'), value: money(reserve.balance) }]),
          ...(settings.backed ? [{ name: say('rounds.backing'), value: points(now.backing) }] : []),
        ]}
      />
      <h3>{say('rounds.versions')}</h3>
      <ul className="rule-list">
        {buybackTerms.map((terms) => (
          <li key={terms.version}>
            <b>{say('rounds.fromRound', { round: terms.fromRound })}</b>{' '}
            {say('rounds.terms', {
              price: money(terms.pricePerPoint),
              budget: money(terms.budgetPerRound),
              minimum: points(terms.minTender),
            })}{' '}
            <Place block={terms.published.block} hash={terms.published.transactionHash} />
          </li>
        ))}
      </ul>
      {rounds.length === 0 ? <p>{say('rounds.none')}</p> : <RoundTable rounds={rounds} />}
      <Movements facts={facts} />
    </Section>
  );
}

function RoundTable({ rounds }: { rounds: readonly RoundFact[] }): JSX.Element {
  const { say, points, money, percent, moment } = useWords();
  return (
    // The table is wider than a phone: it scrolls by itself, with the keyboard too.
    <div className="scrolls" role="region" aria-label={say('rounds.table')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('rounds.round')}</th>
            <th scope="col">{say('rounds.closes')}</th>
            <th scope="col">{say('rounds.offered')}</th>
            <th scope="col">{say('rounds.bought')}</th>
            <th scope="col">{say('rounds.paid')}</th>
            <th scope="col">{say('rounds.share')}</th>
            <th scope="col">{say('rounds.covered')}</th>
          </tr>
        </thead>
        <tbody>
          {[...rounds].reverse().map(({ round, closesAt, tendered, result }) => (
            <tr key={round}>
              <th scope="row">{round}</th>
              <td>{moment(closesAt)}</td>
              <td>{points(tendered)}</td>
              <td>{result === null ? say('rounds.unsettled') : points(result.filled)}</td>
              <td>{result === null ? '' : money(result.payout)}</td>
              <td>{result === null ? '' : percent(shareOf(result.filled, tendered))}</td>
              <td>{result === null ? '' : say(result.covered ? 'rounds.yes' : 'rounds.no')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Movements({ facts: { reserve } }: { facts: ProgramFacts }): JSX.Element {
  const { say, money, moment, count } = useWords();
  const newest = [...reserve.movements].reverse().slice(0, SHOWN_MOVEMENTS);
  const others = reserve.movements.length - newest.length;
  return (
    <details>
      <summary>{say('rounds.movements', { count: reserve.movements.length })}</summary>
      <ul className="rule-list">
        {newest.map(({ kind, amount, account, logged }) => (
          <li key={`${logged.block} ${logged.logIndex}`}>
            {moment(logged.time)} · <b>{say(`rounds.movement.${kind}`)}</b> {money(amount)}{' '}
            {account !== null && <Account address={account} />}{' '}
            <Place block={logged.block} hash={logged.transactionHash} />
          </li>
        ))}
      </ul>
      {others > 0 && <p>{say('more', { number: count(others) })}</p>}
    </details>
  );
}
