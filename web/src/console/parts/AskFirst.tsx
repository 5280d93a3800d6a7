import { Button, Modal, TextInput } from '@mantine/core';
import { useState, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../shared/transactions/TransactionStatus.tsx';
import { isFinal } from '../../shared/transactions/transactionState.ts';
import { useWrite } from '../../shared/transactions/useWrite.ts';
import { ActButton } from '../access/ActButton.tsx';
import type { Need } from '../access/barrier.ts';

interface Question {
  readonly go: string;
  readonly needs: Need;
  /** Name of the write. */
  readonly name: string;
  /** What has to be typed: what it is asked by, and the text itself; null for nothing. */
  readonly typed?: { readonly label: string; readonly text: string } | null;
  readonly isUnderWay: boolean;
  readonly isDanger?: boolean;
  /** What it does. */
  readonly children: ReactNode;
  readonly onClose: () => void;
  readonly onGo: () => void;
}

/** Asks once more before something that can not be taken back; what is grave wants a name typed. */
export function AskFirst({
  isOpen,
  title,
  ...question
}: Question & { readonly isOpen: boolean; readonly title: string }): JSX.Element {
  const { t } = useTranslation('console');
  return (
    <Modal
      opened={isOpen}
      onClose={question.onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('ask.close') }}
    >
      <AskForm {...question} />
    </Modal>
  );
}

function AskForm({
  go,
  needs,
  name,
  typed = null,
  isUnderWay,
  isDanger = false,
  children,
  onClose,
  onGo,
}: Question): JSX.Element {
  const { t } = useTranslation('console');
  const [text, setText] = useState('');
  const write = useWrite(name);
  // How it ended before it was asked for again is nothing of this sheet; what was answered stays, as a secret that is shown once.
  const [ended] = useState(write !== null && isFinal(write) ? write : null);
  const isOld = ended !== null && write?.idempotencyKey === ended.idempotencyKey;
  const isTyped = typed === null || text.trim() === typed.text.trim();
  return (
    <form
      className="ask-first"
      onSubmit={(event) => {
        event.preventDefault();
        // A form around the sheet is not sent with it.
        event.stopPropagation();
        if (isTyped) onGo();
      }}
    >
      {children}
      {typed !== null && (
        <TextInput
          label={typed.label}
          autoComplete="off"
          value={text}
          onChange={({ currentTarget }) => setText(currentTarget.value)}
        />
      )}
      {!isOld && <TransactionStatus name={name} />}
      <div className="ask-ways">
        <Button variant="default" onClick={onClose}>
          {t('ask.leave')}
        </Button>
        <ActButton
          needs={needs}
          type="submit"
          loading={isUnderWay}
          disabled={!isTyped}
          {...(isDanger && { className: 'danger-fill' })}
        >
          {go}
        </ActButton>
      </div>
    </form>
  );
}
