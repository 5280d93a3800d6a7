import { Textarea } from '@mantine/core';
import type { FormEvent, JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../shared/ui/States.tsx';
import { ActButton } from '../../access/ActButton.tsx';
import { useMay } from '../../access/barrier.ts';
import { useTyped } from '../../typed/useTyped.ts';
import { fieldErrors, useAct } from '../../writes/useAct.ts';
import { OrderNoteSet, type WholeOrder } from './queries.ts';

const MOST_CHARACTERS = 2_000;
/** As the service takes it: lines, and nothing in them that nobody sees. */
const LINES = /^[^\p{Cc}\p{Cs}]*(?:\n[^\p{Cc}\p{Cs}]*)*$/u;

/** What the member is told about an order: a voucher, or where to pick it up. */
export function OrderNotePart({ order }: { readonly order: WholeOrder }): JSX.Element {
  const { t } = useTranslation('orders');
  const errorWords = useErrorWords();
  const name = `orderNoteSet:${order.number}`;
  const [{ note: typed }, setTyped] = useTyped({ note: order.note ?? '' });
  const act = useAct({ name, kind: 'orderNoteSet', document: OrderNoteSet });
  const count = [...typed].length;
  const flaw =
    count > MOST_CHARACTERS
      ? t('note.tooLong', { count, most: MOST_CHARACTERS })
      : LINES.test(typed)
        ? undefined
        : t('note.unseen');
  const isSame = typed === (order.note ?? '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (flaw === undefined && !isSame) act.start({ order: order.number, note: typed });
  };
  return (
    <form className="panel" aria-labelledby="order-note" noValidate onSubmit={submit}>
      <div className="panel-head">
        <h2 id="order-note">{t('note.title')}</h2>
      </div>
      <div className="part order-note-form">
        <Textarea
          label={t('note.label')}
          description={t('note.why')}
          rows={3}
          readOnly={!useMay('FULFILLER')}
          error={flaw ?? fieldErrors(act.write, errorWords)['note']}
          value={typed}
          onChange={({ currentTarget }) => setTyped({ note: currentTarget.value })}
        />
        <ActButton
          needs="FULFILLER"
          type="submit"
          variant="default"
          disabled={isSame || flaw !== undefined || act.isUnderWay}
        >
          {typed === '' && !isSame ? t('note.remove') : t('note.go')}
        </ActButton>
        <TransactionStatus name={name} />
      </div>
    </form>
  );
}
