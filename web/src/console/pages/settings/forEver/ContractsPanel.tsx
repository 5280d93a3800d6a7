import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../../parts/CopyButton.tsx';
import type { SettingsProgram } from './queries.ts';

/** Addresses on the chain, each to be copied. */
export function ContractsPanel({ program }: { readonly program: SettingsProgram }): JSX.Element {
  const { t } = useTranslation('settings');
  const { settings } = program;
  const contracts = [
    { name: 'points', address: program.address },
    { name: 'charter', address: settings.charter },
    { name: 'buyback', address: settings.buyback },
    { name: 'catalogue', address: settings.catalogue },
    { name: 'token', address: settings.settlementToken.address },
  ] as const;
  return (
    <section className="panel" aria-labelledby="contracts">
      <div className="panel-head">
        <h2 id="contracts">{t('contracts.title')}</h2>
        <span className="tag">{t('contracts.chain', { chainId: program.chainId })}</span>
      </div>
      <ul>
        {contracts.map(({ name, address }) => (
          <li key={name} className="part settings-contract">
            <h3>{t(`contracts.${name}`)}</h3>
            <CopyButton
              isSmall
              text={address}
              label={t('contracts.copy')}
              about={t(`contracts.${name}`)}
            />
            <code className="settings-code">{address}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
