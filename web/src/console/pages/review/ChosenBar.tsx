import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ActButton } from '../../access/ActButton.tsx';
import { DECISIONS, type Decision } from '../../actions/decisions.ts';

/** How many are chosen, and what can be done with all of them. */
export function ChosenBar({
  count,
  allCount,
  most,
  onAll,
  onDecide,
}: {
  readonly count: number;
  /** How many can be chosen of those that are shown. */
  readonly allCount: number;
  /** As many as one call takes. */
  readonly most: number;
  readonly onAll: () => void;
  readonly onDecide: (decision: Decision) => void;
}): JSX.Element {
  const { t } = useTranslation('review');
  return (
    <div className="review-bar">
      <p role="status">{t('chosen', { count })}</p>
      <Button variant="default" disabled={allCount === 0} onClick={onAll}>
        {count > 0 && count === allCount ? t('noneOfThem') : t('allShown', { count: allCount })}
      </Button>
      {DECISIONS.map((decision) => (
        <ActButton
          key={decision}
          needs="MANAGER"
          {...(decision === 'void' ? { className: 'danger-fill' } : { variant: 'default' })}
          disabled={count === 0}
          barrier={count > most ? t('tooMany', { most }) : null}
          onClick={() => onDecide(decision)}
        >
          {t(`console:action.${decision}.go`)}
        </ActButton>
      ))}
    </div>
  );
}
