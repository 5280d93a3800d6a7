import { TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../shared/format/amounts.ts';
import { showMoment } from '../../../shared/format/dates.ts';
import { usePoller } from '../../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { ActButton } from '../../access/ActButton.tsx';
import { fieldErrors, useAct } from '../../writes/useAct.ts';
import { ItemPriceSet, type WholeItem } from './queries.ts';
import { priceEffect, typedPrice } from './typed/typedItem.ts';
import { useFlawWords, useItemErrorWords } from './typed/useFlawWords.ts';

/** Sets the price, and says before it when members would pay it. @param props.noticeEndsAt of a rise that is scheduled now */
export function ItemPricePart({
  item,
  noticeEndsAt,
}: {
  readonly item: WholeItem;
  readonly noticeEndsAt: string;
}): JSX.Element {
  const { t, i18n } = useTranslation('catalogue');
  const flawOf = useFlawWords();
  const errorWords = useItemErrorWords();
  const poller = usePoller();
  const { number, price, scheduledPrice, scheduledPriceAt, stale } = item;
  const name = `itemPriceSet:${number}`;
  const [typed, setTyped] = useState('');
  const done = useCallback(() => {
    setTyped('');
    poller.quicken();
  }, [poller]);
  const act = useAct({ name, kind: 'itemPriceSet', document: ItemPriceSet }, done);
  const read = typedPrice(typed);
  const effect = 'value' in read ? priceEffect(read.value, item) : null;
  const values = {
    now: showPoints(price),
    ...{ price: 'value' in read ? showPoints(read.value) : '' },
    at: showMoment(noticeEndsAt, i18n.language),
  };
  const isNew = effect !== null && effect !== 'same' && effect !== 'scheduled';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if ('value' in read && isNew) act.start({ item: number, price: read.value });
  };
  return (
    <form className="part item-form" aria-labelledby="item-price" noValidate onSubmit={submit}>
      <h3 id="item-price">{t('price.title')}</h3>
      {scheduledPrice !== null && scheduledPriceAt !== null && (
        <p className="item-effect waits">
          {t('price.scheduled', {
            price: showPoints(scheduledPrice),
            at: showMoment(scheduledPriceAt, i18n.language),
          })}
        </p>
      )}
      <TextInput
        label={t('price.new')}
        description={t('price.is', values)}
        inputMode="decimal"
        autoComplete="off"
        error={flawOf(read, typed !== '') ?? fieldErrors(act.write, errorWords)['price']}
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <p className={`item-effect ${effect === 'rise' ? 'waits' : ''}`} role="status">
        {t(`price.effects.${effect ?? 'none'}`, values)}
      </p>
      <ActButton
        needs="MANAGER"
        type="submit"
        fullWidth
        barrier={stale ? t('item.stale') : null}
        disabled={!isNew || act.isUnderWay}
      >
        {effect === 'rise' ? t('price.goRise') : t('price.go')}
      </ActButton>
      <TransactionStatus name={name} />
    </form>
  );
}
