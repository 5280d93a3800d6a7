import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { TermsGroup } from '../../terms/difference.ts';
import { BuybackForMe } from './BuybackForMe.tsx';
import type { ChangeParts } from '../data/queries.ts';
import { RulesForMe } from './RulesForMe.tsx';

/** What a change means for the member, worked out here from what the member did. */
export function ForMe({
  viewer,
  change,
  groups,
}: ChangeParts & { readonly groups: readonly TermsGroup[] }): JSX.Element | null {
  const { t } = useTranslation('wallet');
  const { ruleSets, buybackTerms } = viewer.program;
  const { comparedVersion, proposedBuyback, proposedRules, target } = change;
  const rules = ruleSets.edges.find(({ node }) => node.version === comparedVersion)?.node;
  const terms = buybackTerms.edges.find(({ node }) => node.version === comparedVersion)?.node;
  const hasRules = groups.some(({ about }) => about === 'rule');
  return (
    <section className="card" aria-labelledby="for-me-title">
      <h2 id="for-me-title">{t('changes.forMe.title')}</h2>
      {target === 'BUYBACK' && terms !== undefined && proposedBuyback !== null && (
        <BuybackForMe viewer={viewer} before={terms} after={proposedBuyback} />
      )}
      {hasRules && rules !== undefined && proposedRules !== null && (
        <RulesForMe
          viewer={viewer}
          before={rules.rules}
          after={proposedRules.rules}
          notBefore={proposedRules.notBefore}
          groups={groups}
        />
      )}
      {target === 'RULES' && !hasRules && (
        <p>
          {groups.some(({ about }) => about === 'budget')
            ? t('changes.forMe.budgetOnly')
            : t('changes.forMe.printOnly')}
        </p>
      )}
      <details className="details">
        <summary>{t('changes.forMe.how')}</summary>
        <p className="how">
          {target === 'BUYBACK' ? t('changes.forMe.howBuyback') : t('changes.forMe.howRules')}
        </p>
      </details>
    </section>
  );
}
