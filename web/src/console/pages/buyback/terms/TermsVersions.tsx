import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showMoney, showPoints } from '../../../../shared/format/amounts.ts';
import { useWorkplace } from '../../../access/workplace.ts';
import { CsvButton } from '../../../lists/CsvButton.tsx';
import { ShowMoreRows } from '../../../lists/ShowMoreRows.tsx';
import { useRows } from '../../../lists/useRows.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { DeskTermsQuery } from '../data/queries.ts';

const LINES = [120] as const;

/** All versions of the terms, newest first: none of them ever changes. */
export function TermsVersions({
  symbol,
  nextRound,
}: {
  readonly symbol: string;
  readonly nextRound: number;
}): JSX.Element {
  const { t } = useTranslation('buyback');
  const { api } = useWorkplace();
  const versions = useRows({
    document: DeskTermsQuery,
    variables: {},
    client: api.client,
    pick: ({ program }) => program?.buybackTerms,
  });
  return (
    <section className="panel buy-versions" aria-labelledby="versions">
      <div className="panel-head">
        <h2 id="versions">{t('versions.title')}</h2>
        <CsvButton list="buyback-terms.csv" />
      </div>
      <Asked of={versions.first} lines={LINES}>
        {() => (
          <>
            <div
              className="lines-scroll"
              role="region"
              aria-label={t('versions.table')}
              tabIndex={0}
            >
              <table className="lines">
                <thead>
                  <tr>
                    <th scope="col">{t('versions.version')}</th>
                    <th scope="col">{t('versions.from')}</th>
                    <th scope="col" className="number">
                      {t('fields.pricePerPoint')}
                    </th>
                    <th scope="col" className="number">
                      {t('fields.budgetPerRound')}
                    </th>
                    <th scope="col" className="number">
                      {t('fields.minTender')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {versions.rows.map((terms) => (
                    <tr key={terms.version}>
                      <th scope="row">{terms.version}</th>
                      <td>
                        {terms.fromRound >= nextRound
                          ? t('versions.toCome', { round: terms.fromRound })
                          : t('round', { number: terms.fromRound })}
                      </td>
                      <td className="number">
                        {showMoney(terms.pricePerPoint)} {symbol}
                      </td>
                      <td className="number">
                        {showMoney(terms.budgetPerRound)} {symbol}
                      </td>
                      <td className="number">{showPoints(terms.minTender)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
            <ShowMoreRows of={versions} />
          </>
        )}
      </Asked>
    </section>
  );
}
