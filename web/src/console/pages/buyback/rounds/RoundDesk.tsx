import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { changeOf } from '../../../terms/changeOf.ts';
import { POINT_DECIMALS, showMoney, showPoints } from '../../../../shared/format/amounts.ts';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { Details, Fact } from '../../../../shared/ui/Details.tsx';
import { Amount, When } from '../../../../shared/ui/Values.tsx';
import { NotOnThisConsole } from '../../../access/NotOnThisConsole.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { DeskHead } from '../../../parts/DeskHead.tsx';
import { DeskRoundQuery, type DeskRound, type RoundCalendarSettings } from '../data/queries.ts';
import { RoundTag } from './RoundList.tsx';

const LINES = [180, 140] as const;

/** One round: what was offered, what was there, and its result. */
export function RoundDesk({ number }: { readonly number: number }): JSX.Element {
  const { t } = useTranslation('buyback');
  const isNumber = Number.isSafeInteger(number) && number >= 0;
  return (
    <>
      <DeskHead
        title={isNumber ? t('round', { number }) : t('title')}
        crumbs={[{ words: t('title'), href: '/buyback' }]}
      />
      {isNumber ? <AskedRound number={number} /> : <NotOnThisConsole />}
    </>
  );
}

function AskedRound({ number }: { readonly number: number }): JSX.Element {
  const { t } = useTranslation('buyback');
  return (
    <Asked
      of={usePolled(DeskRoundQuery, { number })}
      lines={LINES}
      isStale={({ program }) => program?.round?.stale === true}
    >
      {({ program }) => {
        if (program === null) return <NotOnThisConsole />;
        const { round, settings } = program;
        if (round === null) return <p className="panel part">{t('one.notYet')}</p>;
        return (
          <>
            <Outcome {...{ round, settings }} />
            <Terms {...{ round, settings }} />
            <p className="buy-around">
              {number > 0 && (
                <Link href={`/buyback/rounds/${number - 1}`}>{t('one.previous')}</Link>
              )}
              {round.state !== 'UPCOMING' && (
                <Link href={`/buyback/rounds/${number + 1}`}>{t('one.next')}</Link>
              )}
            </p>
          </>
        );
      }}
    </Asked>
  );
}

interface Shown {
  readonly round: DeskRound;
  readonly settings: RoundCalendarSettings;
}

const Cell = ({ name, children }: { readonly name: string; readonly children: ReactNode }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

function Outcome({ round, settings }: Shown): JSX.Element {
  const { t } = useTranslation('buyback');
  const { symbol } = settings.settlementToken;
  const { result, expected, tendered, holders, cover, state } = round;
  const title =
    result !== null
      ? t('one.paid', { payout: `${showMoney(result.payout)} ${symbol}` })
      : state === 'UPCOMING'
        ? t('one.toCome')
        : state === 'CLOSED'
          ? t('one.closed')
          : holders === 0
            ? t('one.nobody')
            : t('one.expects', { payout: `${showMoney(expected?.payout ?? '0')} ${symbol}` });
  const isShort = result !== null && !result.covered;
  const look = result === null ? 'quiet' : isShort ? 'waits' : 'good';
  return (
    <section className="panel" aria-labelledby="outcome">
      <div className={`verdict ${look}`}>
        <h2 id="outcome">{title}</h2>
        <p>
          {result === null
            ? t(state === 'CLOSED' ? 'one.closedWords' : 'one.openWords')
            : isShort
              ? t('one.shortWords', { budget: `${showMoney(result.budget)} ${symbol}` })
              : t('one.paidWords', { filled: showPoints(result.filled) })}
        </p>
      </div>
      <dl className="part facts">
        <Cell name={t('open.tendered')}>
          <Amount value={tendered} />
        </Cell>
        <Cell name={t('open.holders')}>{holders}</Cell>
        {result !== null && (
          <>
            <Cell name={t('one.filled')}>
              <Amount value={result.filled} />
            </Cell>
            <Cell name={t('one.returned')}>
              <Amount value={changeOf(result.filled, tendered, POINT_DECIMALS)} />
            </Cell>
            <Cell name={t('one.payout')}>
              <Amount value={result.payout} symbol={symbol} />
            </Cell>
          </>
        )}
        {result === null && cover !== null && (
          <Cell name={t('open.cover')}>
            {t('ofBudget', {
              available: showMoney(cover.available),
              budget: `${showMoney(cover.budget)} ${symbol}`,
            })}
          </Cell>
        )}
      </dl>
      {result !== null && (
        <div className="part">
          <Details>
            <Fact name={t('one.settledAt')}>
              <When iso={result.settled.at} />
            </Fact>
            <Fact name={t('one.block')}>{result.settled.blockNumber}</Fact>
            <Fact name={t('one.hash')}>{result.settled.transactionHash}</Fact>
          </Details>
        </div>
      )}
    </section>
  );
}

function Terms({ round, settings }: Shown): JSX.Element {
  const { t } = useTranslation('buyback');
  const { symbol } = settings.settlementToken;
  const { terms, opensAt, closesAt } = round;
  return (
    <section className="panel" aria-labelledby="round-terms">
      <div className="panel-head">
        <h2 id="round-terms">
          {terms === null ? t('one.dates') : t('one.terms', { version: terms.version })}
        </h2>
        <RoundTag round={round} />
      </div>
      <dl className="part facts">
        <Cell name={t('one.opens')}>
          <When iso={opensAt} />
        </Cell>
        <Cell name={t('one.closes')}>
          <When iso={closesAt} />
        </Cell>
        {terms !== null && (
          <>
            <Cell name={t('fields.pricePerPoint')}>
              <Amount value={terms.pricePerPoint} symbol={symbol} />
            </Cell>
            <Cell name={t('fields.budgetPerRound')}>
              <Amount value={terms.budgetPerRound} symbol={symbol} />
            </Cell>
            <Cell name={t('fields.minTender')}>
              <Amount value={terms.minTender} />
            </Cell>
          </>
        )}
      </dl>
    </section>
  );
}
