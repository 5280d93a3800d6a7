import { Button, Modal } from '@mantine/core';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import type { Need } from '../../../access/barrier.ts';
import { ActButton } from '../../../access/ActButton.tsx';

/** Asks once more before something that can not be taken back. */
export function Sure({
  isOpen,
  title,
  words,
  go,
  needs,
  name,
  isUnderWay,
  isDanger = false,
  children,
  onClose,
  onGo,
}: {
  readonly isOpen: boolean;
  readonly title: string;
  readonly words: string;
  readonly go: string;
  readonly needs: Need;
  /** Name of the write. */
  readonly name: string;
  readonly isUnderWay: boolean;
  readonly isDanger?: boolean;
  readonly children?: ReactNode;
  readonly onClose: () => void;
  readonly onGo: () => void;
}): JSX.Element {
  const { t } = useTranslation('developers');
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className="dev-sure">
        <p>{words}</p>
        {children}
        <TransactionStatus name={name} />
        <div className="dev-ways">
          <Button variant="default" onClick={onClose}>
            {t('leave')}
          </Button>
          <ActButton
            needs={needs}
            loading={isUnderWay}
            {...(isDanger && { className: 'dev-danger' })}
            onClick={onGo}
          >
            {go}
          </ActButton>
        </div>
      </div>
    </Modal>
  );
}
