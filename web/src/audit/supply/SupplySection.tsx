import type { JSX } from 'react';
import type { HolderFact } from '@dewpoint/contracts/verifier/facts/facts.ts';
import { useWords } from '../format/AuditWords.tsx';
import { Facts, type FactShown } from '../parts/Facts.tsx';
import { Account } from '../parts/Place.tsx';
import { Section } from '../parts/Section.tsx';
import type { VerifiedAudit } from '../worker/protocol.ts';

const SHOWN_HOLDERS = 20;
const SHOWN_EPOCHS = 7;

/** Where all points are, and where those are that are gone. */
export function SupplySection({ verified }: { verified: VerifiedAudit }): JSX.Element {
  const { say, points, count } = useWords();
  const { facts, report } = verified;
  const { minted, burned, supply, bought } = report.totals;
  const holders = facts.holders.filter(({ contract }) => contract === null);
  const escrows = facts.holders.filter(({ contract }) => contract !== null);
  const others = holders.length - SHOWN_HOLDERS;
  return (
    <Section at="supply" title={say('supply.title')} lead={say('supply.lead')}>
      <Facts
        facts={[
          { name: say('supply.minted'), value: points(minted) },
          { name: say('supply.bought'), value: points(bought) },
          { name: say('supply.redeemed'), value: points(burned - bought) },
          { name: say('supply.outstanding'), value: points(supply) },
          ...escrows.map(({ contract, balance }): FactShown => ({
            name: say(`supply.escrow.${contract ?? 'charter'}`),
            value: points(balance),
          })),
        ]}
      />
      <h3>{say('supply.holders', { count: holders.length })}</h3>
      <HolderTable holders={holders.slice(0, SHOWN_HOLDERS)} />
      {others > 0 && <p>{say('more', { number: count(others) })}</p>}
      <Epochs verified={verified} />
    </Section>
  );
}

function HolderTable({ holders }: { holders: readonly HolderFact[] }): JSX.Element {
  const { say, points } = useWords();
  return (
    <div className="scrolls" role="region" aria-label={say('supply.table')} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('supply.account')}</th>
            <th scope="col">{say('supply.free')}</th>
            <th scope="col">{say('supply.objected')}</th>
            <th scope="col">{say('supply.tendered')}</th>
            <th scope="col">{say('supply.ordered')}</th>
          </tr>
        </thead>
        <tbody>
          {holders.map(({ account, balance, objected, tendered, ordered }) => (
            <tr key={account}>
              <th scope="row">
                <Account address={account} />
              </th>
              <td>{points(balance)}</td>
              <td>{points(objected)}</td>
              <td>{points(tendered)}</td>
              <td>{points(ordered)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What was minted in each epoch of the clock against its budget, the newest first. */
function Epochs({ verified: { facts } }: { verified: VerifiedAudit }): JSX.Element {
  const { say, points, day } = useWords();
  const { settings, epochs } = facts;
  return (
    <>
      <h3>{say('supply.epochs')}</h3>
      <Facts
        facts={epochs
          .slice(-SHOWN_EPOCHS)
          .reverse()
          .map(({ epoch, minted, budget }) => ({
            name: day(settings.startsAt + epoch * settings.epochLength),
            value: points(minted),
            note: say('supply.ofBudget', { points: points(budget) }),
          }))}
      />
    </>
  );
}
