import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showPoints } from '../../../shared/format/amounts.ts';
import { showDay, showMoment } from '../../../shared/format/dates.ts';
import { Sheet } from '../../../shared/ui/Sheet.tsx';
import type { BranchDrop } from '../data/branch.ts';
import { useRuleWords } from '../../points/ruleWords.ts';

/** Why a drop can not be collected now, and when it can. */
export function DropSheet({
  drop,
  onClose,
}: {
  readonly drop: BranchDrop;
  readonly onClose: () => void;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const { nameOf } = useRuleWords();
  const { epoch, rule, ripeAt, closesAt, heldBack } = drop;
  const until = showDay(closesAt, i18n.language);
  return (
    <Sheet title={`${showPoints(drop.points)} · ${nameOf(rule)}`} onClose={onClose}>
      {drop.kind === 'ripening' ? (
        <p className="sheet-words">
          {ripeAt === null
            ? t('drop.ripensSoon')
            : t('drop.ripens', { moment: showMoment(ripeAt, i18n.language) })}
        </p>
      ) : (
        <p className="sheet-words">
          {heldBack === 'BACKING'
            ? t('drop.heldByBacking', { until })
            : t('drop.heldByBudget', { until })}
        </p>
      )}
      <div className="actions">
        <Link className="button quiet" href={`/activity/${epoch}/${rule.ruleId}`} onClick={onClose}>
          {t('drop.whereFrom')}
        </Link>
      </div>
    </Sheet>
  );
}
