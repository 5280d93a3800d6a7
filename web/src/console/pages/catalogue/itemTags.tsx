import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../shared/format/amounts.ts';
import { showMoment } from '../../../shared/format/dates.ts';
import { iconOfItem } from '../../../shared/items/itemWords.ts';
import { LookIcon } from '../../../shared/ui/icons.tsx';
import type { DeskItem } from './queries.ts';

/** The sign of an item, on a tile. */
export function ItemSign({ item }: { readonly item: DeskItem }): JSX.Element {
  return (
    <span className="item-sign">
      <LookIcon icon={item.look?.icon} otherwise={iconOfItem(item)} />
    </span>
  );
}

/** Whether an item can be got now, and what is to come of it. @param props.now by the API, in Unix milliseconds */
export function ItemTags({
  item,
  now,
}: {
  readonly item: DeskItem;
  readonly now: number;
}): JSX.Element {
  const { t, i18n } = useTranslation('catalogue');
  const { available, stock, scheduledPrice, scheduledPriceAt, withdrawnAt } = item;
  const at = (iso: string): string => showMoment(iso, i18n.language);
  const isGone = withdrawnAt !== null && Date.parse(withdrawnAt) <= now;
  const state = available ? 'offered' : isGone ? 'gone' : 'soldOut';
  const LOOKS = { offered: 'better', gone: '', soldOut: 'waiting' } as const;
  return (
    <span className="item-tags">
      <span className={`tag ${LOOKS[state]}`}>{t(`state.${state}`)}</span>
      {!isGone && scheduledPrice !== null && scheduledPriceAt !== null && (
        <span className="tag waiting">
          {t('rises', { price: showPoints(scheduledPrice), at: at(scheduledPriceAt) })}
        </span>
      )}
      {!isGone && withdrawnAt !== null && (
        <span className="tag worse">{t('ends', { at: at(withdrawnAt) })}</span>
      )}
      {available && stock !== null && <span className="tag">{t('left', { count: stock })}</span>}
    </span>
  );
}
