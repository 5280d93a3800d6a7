import { Button, Modal, Textarea } from '@mantine/core';
import { useEffect, useRef, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { oneLine } from '../../shared/format/words.ts';
import { TransactionStatus } from '../../shared/transactions/TransactionStatus.tsx';
import type { WriteState } from '../../shared/transactions/transactionState.ts';
import { ActButton } from '../access/ActButton.tsx';
import { forgetEnded, useAct } from '../writes/useAct.ts';
import { MUTATIONS, type ActionName, type Decision } from './decisions.ts';
import './actions.css';

const MAX_REASON = 500;

/** Asks for the reason, says what follows, and decides about one action or several. */
export function DecisionSheet({
  isOpen,
  decision,
  name,
  actions,
  onClose,
  onDone,
}: {
  readonly isOpen: boolean;
  readonly decision: Decision;
  /** Name of the write. */
  readonly name: string;
  readonly actions: readonly ActionName[];
  readonly onClose: () => void;
  readonly onDone?: (write: WriteState) => void;
}): JSX.Element {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const act = useAct({ name, ...MUTATIONS[decision], isKeyless: true }, (write) => {
    setReason('');
    onDone?.(write);
    onClose();
  });
  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen && !wasOpen.current) forgetEnded(act);
    wasOpen.current = isOpen;
  }, [isOpen, act]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    act.start({
      actions: actions.map(({ memberId, eventId }) => ({
        ...{ memberId, eventId, reason: oneLine(reason) },
      })),
    });
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t(`action.${decision}.title`, { count: actions.length })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form className="action-sheet" onSubmit={submit}>
        <p>{t(`action.${decision}.words`)}</p>
        <Textarea
          data-autofocus
          label={t('action.reason')}
          description={t(`action.${decision}.reasonWhy`)}
          autosize
          minRows={2}
          required
          withAsterisk={false}
          maxLength={MAX_REASON}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
        <TransactionStatus name={name} />
        <div className="action-ways">
          <Button variant="default" onClick={onClose}>
            {t('action.leave')}
          </Button>
          <ActButton
            needs="MANAGER"
            type="submit"
            {...(decision === 'void' && { className: 'danger-fill' })}
            loading={act.isUnderWay}
            disabled={reason.trim() === ''}
          >
            {t(`action.${decision}.go`)}
          </ActButton>
        </div>
      </form>
    </Modal>
  );
}
