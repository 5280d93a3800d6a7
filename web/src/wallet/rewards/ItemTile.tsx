import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { showPoints } from '../../shared/format/amounts.ts';
import { showDay } from '../../shared/format/dates.ts';
import { useItemWords } from '../../shared/items/itemWords.ts';
import { usePointName } from '../shell/useProgram.ts';
import { ItemPicture } from './ItemPicture.tsx';
import type { FullItem } from './queries.ts';

/** The one thing to know of an item beside its price: that it is gone, goes, gets dearer, or how many are left. */
function useItemNote(): (item: FullItem) => { readonly words: string; readonly look: string } {
  const { t, i18n } = useTranslation('wallet');
  const day = (iso: string): string => showDay(iso, i18n.language);
  return ({ stock, scheduledPrice, scheduledPriceAt, withdrawnAt }) => {
    if (stock === 0) return { words: t('rewards.noneLeft'), look: '' };
    if (withdrawnAt !== null) {
      return { words: t('rewards.soonOver', { day: day(withdrawnAt) }), look: 'is-waiting' };
    }
    if (scheduledPrice !== null && scheduledPriceAt !== null) {
      const price = showPoints(scheduledPrice);
      const words = t('rewards.soonMore', { price, day: day(scheduledPriceAt) });
      return { words, look: 'is-waiting' };
    }
    return { words: stock === null ? '' : t('rewards.left', { count: stock }), look: '' };
  };
}

/** One item of the grid; all of it leads to its page. */
export function ItemTile({ item }: { readonly item: FullItem }): JSX.Element {
  const { nameOf } = useItemWords();
  const points = usePointName();
  const noteOf = useItemNote();
  const { words, look } = noteOf(item);
  return (
    <li className={item.available ? 'item-tile' : 'item-tile is-gone'}>
      <Link href={`/rewards/${item.number}`}>
        <ItemPicture item={item} />
        <span className="item-words">
          <span className="item-name">{nameOf(item)}</span>
          <span className="item-price">
            {showPoints(item.price)} <small>{points}</small>
          </span>
          {words !== '' && <span className={`item-note ${look}`}>{words}</span>}
        </span>
      </Link>
    </li>
  );
}
