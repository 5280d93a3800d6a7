import type { JSX } from 'react';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import { useWords } from '../format/AuditWords.tsx';
import { Account } from '../parts/Place.tsx';
import { Rich } from '../parts/Rich.tsx';
import { Section } from '../parts/Section.tsx';
import { SectionLink } from '../parts/SectionLink.tsx';
import { coversNow } from '../questions/cover.ts';
import type { ProgramRead, VerifiedAudit } from '../worker/protocol.ts';
import './risks.css';

const SECONDS_OF_A_DAY = 86_400;
/** How many are shown beside the answers. */
const SHOWN = 3;

interface RisksProps {
  readonly read: ProgramRead;
  readonly verified?: VerifiedAudit | null;
}

/** What nobody promises: the first few, beside what is promised. */
export function RisksBlock({ read }: RisksProps): JSX.Element {
  const { say } = useWords();
  const risks = useRisks({ read });
  return (
    <section className="block not">
      <h2>{say('risks.title')}</h2>
      <ul>
        {risks.slice(0, SHOWN).map((text) => (
          <li key={text}>
            <Rich text={text} />
          </li>
        ))}
      </ul>
      <p className="go">
        <SectionLink to="not">{say('risks.all', { count: risks.length })}</SectionLink>
      </p>
    </section>
  );
}

/** All of it, with this program's own numbers. */
export function RisksSection({ read, verified = null }: RisksProps): JSX.Element {
  const { say } = useWords();
  const risks = useRisks({ read, verified });
  const { owner } = read.token;
  return (
    <div className="sections">
      <Section at="not" title={say('risks.title')} lead={say('risks.lead')}>
        <ul className="risks">
          {risks.map((text) => (
            <li key={text}>
              <Rich text={text} />
            </li>
          ))}
        </ul>
        <p className="lead">
          {owner === null ? say('risks.noOwner') : say('risks.owner')}{' '}
          {owner !== null && <Account address={owner} />}
        </p>
      </Section>
    </div>
  );
}

function useRisks({ read: { now, token }, verified = null }: RisksProps): string[] {
  const { say, points, money, duration, count } = useWords();
  const { settings } = now;
  const [inForce] = now.ruleSets;
  const budget = inForce?.budgetPerEpoch ?? 0n;
  const short = coversNow(now).find((cover) => cover.available < cover.budget);
  const epoch =
    settings.epochLength === SECONDS_OF_A_DAY
      ? say('terms.aDay')
      : say('terms.anEpoch', { duration: duration(settings.epochLength) });
  const revoked = verified?.facts.recorders.filter((recorder) => recorder.revoked).length;
  const facts = verified?.facts;
  return [
    budget >= NO_BUDGET_CAP
      ? say('risks.actionsUnlimited')
      : say('risks.actions', { points: points(budget), epoch }),
    short === undefined
      ? say('risks.moneyThere')
      : say('risks.money', {
          round: short.round.round,
          missing: money(short.budget - short.available),
        }),
    say('risks.token', { symbol: token.symbol ?? say('risks.theToken') }),
    say(settings.backed ? 'risks.priceBacked' : 'risks.price', {
      notice: duration(settings.noticePeriod),
    }),
    facts === undefined
      ? say('risks.log')
      : say('risks.logCounted', {
          anchored: count(facts.anchors.length),
          gaps: count(facts.unanchored),
        }),
    say('risks.orders', {
      fulfilled: count(now.orders.fulfilled),
      refused: count(now.orders.refused),
      overdue: count(now.orders.overdue),
    }),
    revoked === undefined
      ? say('risks.receipts')
      : revoked === 0
        ? say('risks.receiptsNone')
        : say('risks.receiptsCounted', { count: revoked }),
    say('risks.budget', {
      window: duration(settings.settlementWindow * settings.epochLength),
      minted: points(now.minted),
      left: budget >= NO_BUDGET_CAP ? say('terms.unlimited') : points(now.left),
    }),
    say('risks.loan', { needed: points(neededNow(now)) }),
    say('risks.key'),
  ];
}

const BPS = 10_000n;

/** So many objections strike a change down today, at most; points made of late do not count. */
function neededNow({ settings, supply, pendingChange }: ProgramRead['now']): bigint {
  if (pendingChange !== null) return pendingChange.objectionsNeeded;
  const share = (supply * BigInt(settings.objectionThresholdBps)) / BPS;
  return share < settings.objectionCap ? share : settings.objectionCap;
}
