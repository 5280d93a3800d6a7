import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { POINT_DECIMALS } from '../../../shared/format/amounts.ts';
import { Amount } from '../../../shared/ui/Values.tsx';
import { changeOf, moneyChangeOf } from '../../terms/changeOf.ts';
import type { LiabilityProgram } from './data/queries.ts';

/** Whether the contracts count the same as what was read of their events, and what differs where they do not. */
export function ReconciledPanel({
  liability: { onChain, asOfBlock, outstanding, reserve },
  settings: { settlementToken },
}: Pick<LiabilityProgram, 'liability' | 'settings'>): JSX.Element {
  const { t } = useTranslation('liability');
  const { symbol } = settlementToken;
  const kind = onChain === null ? 'away' : onChain.matches ? 'same' : 'differs';
  const look = { away: 'quiet', same: 'good', differs: 'bad' }[kind];
  return (
    <section className="panel" aria-labelledby="reconciled">
      <div className={`verdict ${look}`} role="status">
        <h2 id="reconciled">{t(`chain.${kind}.title`, { block: asOfBlock })}</h2>
        <p>{t(`chain.${kind}.words`, { block: asOfBlock })}</p>
      </div>
      {onChain !== null && (
        <div className="lines-scroll" role="region" aria-label={t('chain.table')} tabIndex={0}>
          <table className="lines">
            <thead>
              <tr>
                <th scope="col">{t('chain.what')}</th>
                <th scope="col" className="number">
                  {t('chain.read')}
                </th>
                <th scope="col" className="number">
                  {t('chain.contract')}
                </th>
                <th scope="col" className="number">
                  {t('chain.difference')}
                </th>
              </tr>
            </thead>
            <tbody>
              <tr>
                <th scope="row">{t('chain.outstanding')}</th>
                <td className="number">
                  <Amount value={outstanding} />
                </td>
                <td className="number">
                  <Amount value={onChain.outstanding} />
                </td>
                <td className="number">
                  <Amount value={changeOf(outstanding, onChain.outstanding, POINT_DECIMALS)} />
                </td>
              </tr>
              <tr>
                <th scope="row">{t('chain.reserve', { symbol })}</th>
                <td className="number">
                  <Amount value={reserve} symbol="" />
                </td>
                <td className="number">
                  <Amount value={onChain.reserve} symbol="" />
                </td>
                <td className="number">
                  <Amount value={moneyChangeOf(reserve, onChain.reserve)} symbol="" />
                </td>
              </tr>
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
