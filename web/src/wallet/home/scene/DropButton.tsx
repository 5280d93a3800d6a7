import { useLayoutEffect, useRef, type JSX, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../shared/format/amounts.ts';
import { showDay } from '../../../shared/format/dates.ts';
import { sizeOf, type BranchDrop } from '../data/branch.ts';
import { useRuleWords } from '../../points/ruleWords.ts';

/** Each drop swings at its own pace, chosen by its place. */
const PERIODS = [4.1, 3.4, 4.6, 3.8] as const;

/** Writes styles by script: the policy of the page forbids them in HTML, and allows this. */
function usePlace(
  element: RefObject<HTMLElement | null>,
  values: Readonly<Record<string, string>>,
): void {
  useLayoutEffect(() => {
    for (const [name, value] of Object.entries(values)) {
      element.current?.style.setProperty(name, value);
    }
  });
}

/** One drop on the branch. */
export function DropButton({
  drop,
  place,
  index,
  isCrowded,
  onTap,
  isFalling,
}: {
  readonly drop: BranchDrop;
  readonly place: { readonly x: number; readonly y: number };
  readonly index: number;
  readonly isCrowded: boolean;
  readonly onTap: (drop: BranchDrop, element: HTMLElement) => void;
  readonly isFalling: boolean;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const { nameOf } = useRuleWords();
  const button = useRef<HTMLButtonElement>(null);
  usePlace(button, {
    '--x': `${place.x}%`,
    '--y': `${place.y}px`,
    '--size': `${sizeOf(drop.points, isCrowded)}px`,
    '--period': `${PERIODS[index % PERIODS.length] ?? 4}s`,
    '--delay': `${-index * 1.1}s`,
  });
  const points = showPoints(drop.points);
  const name = nameOf(drop.rule);
  const day = drop.ripeAt === null ? '' : showDay(drop.ripeAt, i18n.language);
  const label = drop.kind === 'ripening' ? t('drop.ripe', { day }) : name;
  return (
    <button
      className={`drop ${drop.kind}`}
      type="button"
      ref={button}
      data-key={drop.key}
      disabled={isFalling}
      onClick={({ currentTarget }) => onTap(drop, currentTarget)}
    >
      <span className="drop-body">
        <svg viewBox="0 0 96 112" aria-hidden="true">
          <use href={drop.kind === 'ripening' ? '#dew-unripe' : '#dew'} />
        </svg>
        <span className="drop-points">{points}</span>
        {drop.kind === 'heldBack' && (
          <svg className="drop-clock" viewBox="0 0 20 20" aria-hidden="true">
            <circle cx="10" cy="10" r="9" />
            <path d="M10 5v5l3.5 2" />
          </svg>
        )}
      </span>
      <span className="drop-label">{label}</span>
      {drop.kind !== 'ready' && (
        <span className="visually-hidden">{drop.kind === 'heldBack' ? t('drop.later') : name}</span>
      )}
    </button>
  );
}
