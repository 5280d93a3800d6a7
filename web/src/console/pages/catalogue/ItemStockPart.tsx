import { TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { usePoller } from '../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { ActButton } from '../../access/ActButton.tsx';
import { fieldErrors, useAct } from '../../writes/useAct.ts';
import { ItemStockAdd, type WholeItem } from './queries.ts';
import { typedPieces } from './typed/typedItem.ts';
import { useFlawWords, useItemErrorWords } from './typed/useFlawWords.ts';

/** Adds pieces to the stock; of an item without end there is nothing to add. */
export function ItemStockPart({ item }: { readonly item: WholeItem }): JSX.Element {
  const { t } = useTranslation('catalogue');
  const flawOf = useFlawWords();
  const errorWords = useItemErrorWords();
  const poller = usePoller();
  const { number, stock, stale } = item;
  const name = `itemStockAdd:${number}`;
  const [typed, setTyped] = useState('');
  const done = useCallback(() => {
    setTyped('');
    poller.quicken();
  }, [poller]);
  const act = useAct({ name, kind: 'itemStockAdd', document: ItemStockAdd }, done);
  const read = typedPieces(typed, stock ?? 0);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if ('value' in read) act.start({ item: number, added: read.value });
  };
  return (
    <form className="part item-form" aria-labelledby="item-stock" noValidate onSubmit={submit}>
      <h3 id="item-stock">{t('stock.title')}</h3>
      {stock === null ? (
        <p className="item-effect">{t('stock.noEnd')}</p>
      ) : (
        <>
          <TextInput
            label={t('stock.added')}
            inputMode="numeric"
            autoComplete="off"
            error={flawOf(read, typed !== '') ?? fieldErrors(act.write, errorWords)['added']}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          <p className="item-effect" role="status">
            {'value' in read
              ? t('stock.will', { count: stock + read.value })
              : t('stock.have', { count: stock })}
          </p>
          <ActButton
            needs="MANAGER"
            type="submit"
            variant="default"
            barrier={stale ? t('item.stale') : null}
            disabled={!('value' in read) || act.isUnderWay}
          >
            {t('stock.go')}
          </ActButton>
        </>
      )}
      <TransactionStatus name={name} />
    </form>
  );
}
