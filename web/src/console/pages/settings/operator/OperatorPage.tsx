import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { Amount } from '../../../../shared/ui/Values.tsx';
import { Asked } from '../../../parts/Asked.tsx';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { HandOverPanel } from './HandOverPanel.tsx';
import { OfferedPanel } from './OfferedPanel.tsx';
import { OperatorQuery, type KnownOperator } from './queries.ts';

const LINES = [200, 260] as const;

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

function NowPanel({
  operator,
  symbol,
}: {
  readonly operator: KnownOperator;
  readonly symbol: string;
}): JSX.Element {
  const { t } = useTranslation('settings');
  const { address, ofService, money } = operator;
  const isOwn = !isSame(address, ofService);
  return (
    <section className="panel" aria-labelledby="operator-now">
      <div className="panel-head">
        <h2 id="operator-now">{t('operator.now')}</h2>
        <span className={isOwn ? 'tag better' : 'tag'}>
          {isOwn ? t('operator.ownWallet') : t('operator.service')}
        </span>
      </div>
      <div className="part settings-stack">
        <code className="settings-code">{address}</code>
        <CopyButton text={address} label={t('operator.copy')} />
        <p>{isOwn ? t('operator.ownWords') : t('operator.serviceWords')}</p>
        <p className="fine">
          {t('operator.money')} <Amount value={money} symbol={symbol} />
        </p>
      </div>
    </section>
  );
}

/** Who signs for the program, and how that is handed over to a wallet of one's own. */
export function OperatorPage(): JSX.Element {
  const { t } = useTranslation('settings');
  return (
    <Asked
      of={usePolled(OperatorQuery)}
      lines={LINES}
      isStale={({ program }) => program?.operatorAccount === null}
    >
      {({ program }) => {
        const operator = program?.operatorAccount ?? null;
        if (program === null || operator === null) {
          return (
            <section className="panel quiet-panel">
              <h2>{t('operator.away')}</h2>
              <p>{t('operator.awayWords')}</p>
            </section>
          );
        }
        const isOwn = !isSame(operator.address, operator.ofService);
        return (
          <div className="work">
            <div>
              {operator.offeredTo === null ? (
                <HandOverPanel
                  programName={program.name}
                  {...(isOwn && { ofService: operator.ofService })}
                />
              ) : (
                <OfferedPanel
                  offeredTo={operator.offeredTo}
                  isBack={isSame(operator.offeredTo, operator.ofService)}
                />
              )}
            </div>
            <aside>
              <NowPanel operator={operator} symbol={program.settings.settlementToken.symbol} />
            </aside>
          </div>
        );
      }}
    </Asked>
  );
}
