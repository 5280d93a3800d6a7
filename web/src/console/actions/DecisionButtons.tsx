import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useWrite } from '../../shared/transactions/useWrite.ts';
import { ActButton } from '../access/ActButton.tsx';
import { decisionWrite, isHeld, isOpen, type Decision } from './decisions.ts';
import { DecisionSheet } from './DecisionSheet.tsx';
import type { DeskAction } from './queries.ts';

function DecisionButton({
  action,
  decision,
}: {
  readonly action: DeskAction;
  readonly decision: Decision;
}): JSX.Element {
  const { t } = useTranslation('console');
  const [isAsked, setAsked] = useState(false);
  return (
    <>
      <ActButton
        needs="MANAGER"
        variant="default"
        {...(decision === 'void' && { className: 'danger' })}
        onClick={() => setAsked(true)}
      >
        {t(`action.${decision}.go`)}
      </ActButton>
      <DecisionSheet
        isOpen={isAsked}
        decision={decision}
        name={decisionWrite(decision, action)}
        actions={[action]}
        onClose={() => setAsked(false)}
      />
    </>
  );
}

/** What can be decided about one action; nothing once it counts, is void or was released. */
export function DecisionButtons({
  action,
  nowMs,
}: {
  readonly action: DeskAction;
  /** By the clock of the service. */
  readonly nowMs: number;
}): JSX.Element | null {
  const { t } = useTranslation('console');
  const isVoid = useWrite(decisionWrite('void', action))?.phase === 'done';
  if (!isOpen(action, nowMs)) return null;
  // Of a later page of a list, which is not asked for again.
  if (isVoid) return <p role="status">{t('action.void.done')}</p>;
  return (
    <div className="action-ways">
      {!isHeld(action) && <DecisionButton action={action} decision="hold" />}
      <DecisionButton action={action} decision="release" />
      <DecisionButton action={action} decision="void" />
    </div>
  );
}
