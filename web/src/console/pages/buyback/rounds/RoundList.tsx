import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ResultOf } from '../../../../shared/graphql/graphql.ts';
import { showMoney, showPoints } from '../../../../shared/format/amounts.ts';
import { When } from '../../../../shared/ui/Values.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { CsvButton } from '../../../lists/CsvButton.tsx';
import { ShowMoreRows } from '../../../lists/ShowMoreRows.tsx';
import { useRows, type Rows } from '../../../lists/useRows.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { DeskRoundsQuery, type DeskRound } from '../data/queries.ts';

const LINES = [64, 64, 64] as const;

const LOOKS = { OPEN: 'accent', CLOSED: 'waiting', SETTLED: 'better', UPCOMING: '' } as const;

/** What became of a round, or how far it is. */
export function RoundTag({ round: { state, result } }: { readonly round: DeskRound }): JSX.Element {
  const { t } = useTranslation('buyback');
  const isShort = result !== null && !result.covered;
  return (
    <span className={`tag ${isShort ? 'waiting' : LOOKS[state]}`}>
      {isShort ? t('state.short') : t(`state.${state}`)}
    </span>
  );
}

/** Says what a round did in a line. */
function useRoundLine(symbol: string): (round: DeskRound) => string {
  const { t } = useTranslation('buyback');
  return ({ state, result, tendered, holders }) => {
    if (result !== null) {
      return t('rounds.result', {
        filled: showPoints(result.filled),
        payout: `${showMoney(result.payout)} ${symbol}`,
      });
    }
    if (holders === 0) return state === 'OPEN' ? t('rounds.nobodyYet') : t('rounds.nobody');
    return t('rounds.offered', { count: holders, tendered: showPoints(tendered) });
  };
}

type RoundRows = Rows<DeskRound, ResultOf<typeof DeskRoundsQuery>>;

/** Reads all rounds that have opened page by page, newest first. */
export function useRoundRows(): RoundRows {
  const { api } = useWorkplace();
  return useRows({
    document: DeskRoundsQuery,
    variables: {},
    client: api.client,
    pick: ({ program }) => program?.rounds,
  });
}

/** All rounds that have opened. */
export function RoundList({
  rounds,
  symbol,
}: {
  readonly rounds: RoundRows;
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const line = useRoundLine(symbol);
  return (
    <section className="panel" aria-labelledby="rounds">
      <div className="panel-head">
        <h2 id="rounds">{t('rounds.title')}</h2>
        {rounds.rows.length > 0 && <CsvButton list="rounds.csv" />}
      </div>
      <Asked of={rounds.first} lines={LINES}>
        {() => (
          <>
            {rounds.rows.length === 0 && <p className="part buy-fine">{t('rounds.none')}</p>}
            <ol>
              {rounds.rows.map((round) => (
                <li key={round.number} className="panel-row buy-round">
                  <span>
                    <Link href={`/buyback/rounds/${round.number}`}>
                      {t('round', { number: round.number })}
                    </Link>
                    <small>
                      <When iso={round.closesAt} part="day" />
                    </small>
                  </span>
                  <span className="buy-line">{line(round)}</span>
                  <RoundTag round={round} />
                </li>
              ))}
            </ol>
            <ShowMoreRows of={rounds} />
          </>
        )}
      </Asked>
    </section>
  );
}
