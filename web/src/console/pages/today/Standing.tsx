import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount, When } from '../../../shared/ui/Values.tsx';
import type { TodayProgram } from './due.ts';

function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: JSX.Element | string | number;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How the program stands, in a few numbers. */
export function Standing({ program }: { readonly program: TodayProgram }): JSX.Element {
  const { t } = useTranslation('today');
  const { symbol } = program.settings.settlementToken;
  const { currentRound, nextRound, supply, reserve, holders, settlement } = program;
  const isOpen = currentRound?.state === 'OPEN';
  return (
    <aside className="panel" aria-labelledby="standing">
      <div className="panel-head">
        <h2 id="standing">{t('standing.title')}</h2>
      </div>
      <section className="part">
        <h3>{t('standing.points')}</h3>
        <dl className="facts">
          <Fact name={t('standing.outstanding')}>
            <Amount value={supply.outstanding} />
          </Fact>
          <Fact name={t('standing.holders')}>{holders}</Fact>
          <Fact name={t('standing.toSettle')}>{settlement.open}</Fact>
        </dl>
      </section>
      <section className="part">
        <h3>{t('standing.reserve')}</h3>
        <dl className="facts">
          <Fact name={t('standing.total')}>
            <Amount value={reserve.total} symbol={symbol} />
          </Fact>
          <Fact name={t('standing.owed')}>
            <Amount value={reserve.owed} symbol={symbol} />
          </Fact>
          <Fact name={t('standing.withdrawable')}>
            <Amount value={reserve.withdrawable} symbol={symbol} />
          </Fact>
        </dl>
      </section>
      <section className="part">
        <h3>{t('standing.round')}</h3>
        <dl className="facts">
          {isOpen && (
            <>
              <Fact name={t('standing.closes')}>
                <When iso={currentRound.closesAt} />
              </Fact>
              <Fact name={t('standing.tendered')}>
                <Amount value={currentRound.tendered} />
              </Fact>
            </>
          )}
          <Fact name={t('standing.next')}>
            <When iso={nextRound.opensAt} />
          </Fact>
        </dl>
      </section>
    </aside>
  );
}
