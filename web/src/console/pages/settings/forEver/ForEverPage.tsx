import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePolled } from '../../../../shared/polling/usePolled.ts';
import { Asked } from '../../../parts/Asked.tsx';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import { ContractsPanel } from './ContractsPanel.tsx';
import { GasPanel } from './GasPanel.tsx';
import { GasQuery, SettingsQuery, type SettingsProgram } from './queries.ts';
import { useForEver } from './useForEver.ts';

const LINES = [420, 260] as const;
const GAS_LINES = [120] as const;

function ForEverPanel({ program }: { readonly program: SettingsProgram }): JSX.Element {
  const { t } = useTranslation('settings');
  const facts = useForEver()(program);
  return (
    <section className="panel" aria-labelledby="for-ever">
      <div className="panel-head">
        <h2 id="for-ever">{t('forEver.title')}</h2>
      </div>
      <dl>
        {facts.map(({ name, value, means }) => (
          <div key={name} className="part settings-fact">
            <dt>{t(`forEver.${name}.name`)}</dt>
            <dd>
              <b>{value}</b>
              <span>{means}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Where anybody can check the program without us. */
function AuditPanel({ program }: { readonly program: SettingsProgram }): JSX.Element {
  const { t } = useTranslation('settings');
  const { chainId, address, createdAt } = program;
  const audit = `${location.origin}/audit/#/${chainId}/${address}?from=${createdAt.blockNumber}`;
  return (
    <section className="panel" aria-labelledby="audit">
      <div className="panel-head">
        <h2 id="audit">{t('audit.title')}</h2>
      </div>
      <div className="part settings-stack">
        <p>{t('audit.words')}</p>
        <code className="settings-code">{audit}</code>
        <div className="settings-ways">
          <CopyButton text={audit} label={t('audit.copy')} />
          <a href={audit} target="_blank" rel="noreferrer">
            {t('audit.open')}
          </a>
          <a href="/" target="_blank" rel="noreferrer">
            {t('audit.landing')}
          </a>
        </div>
      </div>
    </section>
  );
}

function SettlementPanel({ program }: { readonly program: SettingsProgram }): JSX.Element {
  const { t } = useTranslation('settings');
  const { open, oldestOpenEpoch } = program.settlement;
  return (
    <section className="panel" aria-labelledby="settlement">
      <div className="panel-head">
        <h2 id="settlement">{t('settlement.title')}</h2>
        <span className={open === 0 ? 'tag better' : 'tag waiting'}>
          {open === 0 ? t('settlement.all') : t('settlement.open', { count: open })}
        </span>
      </div>
      <p className="part settings-words">
        {oldestOpenEpoch === null
          ? t('settlement.words')
          : t('settlement.oldest', { epoch: oldestOpenEpoch })}
      </p>
    </section>
  );
}

/** What members can rely on for ever, in a sentence each, and where to check it. */
export function ForEverPage(): JSX.Element {
  const gas = usePolled(GasQuery);
  return (
    <Asked of={usePolled(SettingsQuery)} lines={LINES}>
      {({ program }) =>
        program === null ? null : (
          <div className="work">
            <div>
              <ForEverPanel program={program} />
            </div>
            <aside>
              <AuditPanel program={program} />
              <ContractsPanel program={program} />
              <SettlementPanel program={program} />
              {/* Last: the chain answers late. */}
              <Asked of={gas} lines={GAS_LINES}>
                {({ gasTank }) => <GasPanel accounts={gasTank} />}
              </Asked>
            </aside>
          </div>
        )
      }
    </Asked>
  );
}
