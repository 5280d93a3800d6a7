import { Textarea, TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../shared/transactions/TransactionStatus.tsx';
import { useDurationWords } from '../../../shared/ui/time/useDurationWords.ts';
import { ActButton } from '../../access/ActButton.tsx';
import { usePoller } from '../../../shared/polling/usePolled.ts';
import { fieldErrors, useAct } from '../../writes/useAct.ts';
import { ItemAdd } from './queries.ts';
import {
  itemText,
  MOST_TEXT_BYTES,
  textBytes,
  typedPrice,
  typedStock,
  typedText,
  type Typed,
} from './typed/typedItem.ts';
import { useFlawWords, useItemErrorWords } from './typed/useFlawWords.ts';

const NAME = 'itemAdd';
const EMPTY = { english: '', chinese: '', price: '', stock: '' } as const;

/** Adds an item: its words in both languages, a price, and how many there are. */
export function ItemAddPart({ noticeSeconds }: { readonly noticeSeconds: number }): JSX.Element {
  const { t } = useTranslation('catalogue');
  const { long } = useDurationWords();
  const flawOf = useFlawWords();
  const errorWords = useItemErrorWords();
  const poller = usePoller();
  const [typed, setTyped] = useState<Record<keyof typeof EMPTY, string>>(EMPTY);
  const [isTried, setTried] = useState(false);
  const done = useCallback(() => {
    setTyped(EMPTY);
    setTried(false);
    poller.quicken();
  }, [poller]);
  const act = useAct({ name: NAME, kind: 'itemAdd', document: ItemAdd }, done);
  const refused = fieldErrors(act.write, errorWords);
  const text = typedText(typed.english, typed.chinese);
  const price = typedPrice(typed.price);
  const stock = typedStock(typed.stock);
  const bytes = textBytes(itemText(typed.english, typed.chinese));
  const flawIn = <Value,>(read: Typed<Value>, field: keyof typeof EMPTY): string | undefined =>
    flawOf(read, isTried || typed[field] !== '');
  const textFlaw = 'flaw' in text && text.flaw === 'chinese' ? 'chinese' : 'english';
  const said = flawIn(text, typed.english === '' && typed.chinese !== '' ? 'chinese' : 'english');
  const set =
    (field: keyof typeof EMPTY) =>
    ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void => {
      const { value } = currentTarget;
      setTyped((known) => ({ ...known, [field]: value }));
    };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if ('flaw' in text || 'flaw' in price || 'flaw' in stock) return;
    const { value: pieces } = stock;
    act.start({ text: text.value, price: price.value, ...(pieces !== null && { stock: pieces }) });
  };
  return (
    <form className="panel" aria-labelledby="item-add" noValidate onSubmit={submit}>
      <div className="panel-head">
        <h2 id="item-add">{t('add.title')}</h2>
      </div>
      <div className="part item-form">
        <Textarea
          label={t('add.english')}
          description={t('add.englishWhy')}
          autosize={false}
          rows={2}
          error={(textFlaw === 'english' ? said : undefined) ?? refused['text']}
          value={typed.english}
          onChange={set('english')}
        />
        <Textarea
          label={t('add.chinese')}
          rows={2}
          error={textFlaw === 'chinese' ? said : undefined}
          value={typed.chinese}
          onChange={set('chinese')}
        />
        <p className="fine">{t('add.bytes', { bytes, most: MOST_TEXT_BYTES })}</p>
        <div className="item-two">
          <TextInput
            label={t('price.label')}
            inputMode="decimal"
            autoComplete="off"
            error={flawIn(price, 'price') ?? refused['price']}
            value={typed.price}
            onChange={set('price')}
          />
          <TextInput
            label={t('stock.label')}
            placeholder={t('stock.endless')}
            inputMode="numeric"
            autoComplete="off"
            error={flawIn(stock, 'stock') ?? refused['stock']}
            value={typed.stock}
            onChange={set('stock')}
          />
        </div>
        <ul className="item-effects">
          <li>{t('add.atOnce')}</li>
          <li>{t('add.forEver')}</li>
          <li>{t('add.later', { notice: long(noticeSeconds * 1_000) })}</li>
        </ul>
        <ActButton needs="MANAGER" type="submit" fullWidth disabled={act.isUnderWay}>
          {t('add.go')}
        </ActButton>
        <TransactionStatus name={NAME} />
      </div>
    </form>
  );
}
