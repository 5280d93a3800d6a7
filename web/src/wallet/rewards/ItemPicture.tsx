import type { JSX } from 'react';
import { LookIcon } from '../../shared/ui/icons.tsx';
import { iconOfItem, type NamedItem } from '../../shared/items/itemWords.ts';

/** An item in the morning by the water: its icon in a drop of glass, over the hills. */
export function ItemPicture({ item }: { readonly item: NamedItem }): JSX.Element {
  return (
    <span className="item-picture">
      <svg
        className="item-hills"
        viewBox="0 0 240 150"
        preserveAspectRatio="xMidYMax slice"
        aria-hidden="true"
      >
        <path className="hill far" d="M0 96c34-24 62-26 94-14s58 10 84-6 46-12 62-2v76H0Z" />
        <path className="hill mid" d="M0 116c40-16 74-20 110-8s66 14 92 2 30-8 38-6v46H0Z" />
        <path className="hill near" d="M0 134c32-12 70-14 108-4s84 8 132-10v30H0Z" />
      </svg>
      <span className="item-glass">
        <LookIcon icon={item.look?.icon} otherwise={iconOfItem(item)} />
      </span>
    </span>
  );
}
