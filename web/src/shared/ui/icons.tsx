import type { JSX, SVGProps } from 'react';

const LINE: SVGProps<SVGSVGElement> = {
  ...{ viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.8 },
  ...{ strokeLinecap: 'round', strokeLinejoin: 'round', 'aria-hidden': true },
};

const line =
  (path: string): (() => JSX.Element) =>
  () => (
    <svg {...LINE}>
      <path d={path} />
    </svg>
  );

/** Icons that rules and items may be shown with, by the name that operators write. */
const LINE_ICONS: Readonly<Record<string, string>> = {
  bag: 'M5 8h14l-1 12H6ZM9 8V6a3 3 0 0 1 6 0v2',
  cup: 'M5 7h10v6a5 5 0 0 1-10 0ZM15 8.5h1.5a2.5 2.5 0 0 1 0 5H15M7 3v1.5M11 3v1.5M4 21h13',
  pot: 'M7 10h9.5v4.5a5 5 0 0 1-5 5H12a5 5 0 0 1-5-5ZM16.5 11h1.5a2.2 2.2 0 0 1 0 4.4h-1.5M7 14.5 3.5 11.5M8.5 10a3.3 3.3 0 0 1 6.5 0M11.7 6.8V5.5M8 22h8',
  leaf: 'M5 19c-1.5-8 3-14 15-14 .5 11-5 16-12.5 14M4 21c2-5 5.5-8 10-10',
  star: 'm12 4 2.4 5 5.6.7-4.1 3.9 1.1 5.5L12 16.4 7 19.1l1.1-5.5L4 9.7 9.6 9Z',
  pin: 'M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11ZM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  gift: 'M4 11h16v9H4ZM3 7h18v4H3ZM12 7v13M12 7c-2 0-5-.8-5-3 0-2.5 4-2 5 3 1-5 5-5.5 5-3 0 2.2-3 3-5 3Z',
  coins:
    'M9 13a5 3 0 1 0 0-6 5 3 0 0 0 0 6ZM4 10v4c0 1.7 2.2 3 5 3s5-1.3 5-3v-4M14 9.2c3.3 0 6 1.3 6 3v3.3c0 1.7-2.7 3-6 3-1.5 0-2.8-.3-3.9-.8',
  hand: 'M8 11V5.5a1.5 1.5 0 0 1 3 0V10m0-1V4.5a1.5 1.5 0 0 1 3 0V10m0-.5V6a1.5 1.5 0 0 1 3 0v8a6 6 0 0 1-6 6c-3 0-4.5-1.5-6-4.5L4 12c1-1 2.5-.5 4 1.5',
  back: 'M4 9a8 8 0 0 1 14-3l2 2M20 4v4h-4M20 15a8 8 0 0 1-14 3l-2-2M4 20v-4h4',
  move: 'M4 8h14l-4-4M20 16H6l4 4',
  drop: 'M12 2.5c.8 4 7.5 7.6 7.5 12.5a7.5 7.5 0 0 1-15 0c0-4.9 6.7-8.5 7.5-12.5Z',
};

const EMOJI = /\p{Extended_Pictographic}/u;

/** The icon that an operator chose: an emoji, or the name of one of ours; else the one of the place. */
export function LookIcon({
  icon,
  otherwise,
}: {
  readonly icon: string | null | undefined;
  /** Name of an icon of ours. */
  readonly otherwise: string;
}): JSX.Element {
  if (icon != null && EMOJI.test(icon)) {
    return (
      <span className="emoji" aria-hidden="true">
        {icon}
      </span>
    );
  }
  const path = LINE_ICONS[icon ?? ''] ?? LINE_ICONS[otherwise] ?? '';
  return (
    <svg {...LINE}>
      <path d={path} />
    </svg>
  );
}

export const CloseIcon = line('M6 6l12 12M18 6 6 18');
export const BackIcon = line('M15 5l-7 7 7 7');
export const ForwardIcon = line('M9 5l7 7-7 7');
export const GlobeIcon = line(
  'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
);
export const ListIcon = line('M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01');
export const SceneIcon = line(
  'M3 7c6-3 12-2 18 1M8 6.5c.5 2 2.5 3 2.5 5.2a2.5 2.5 0 0 1-5 0C5.5 9.5 7.5 8.5 8 6.5ZM15.5 7.2c.6 2.2 3 3.5 3 6a3 3 0 0 1-6 0c0-2.5 2.4-3.8 3-6ZM3 20c3-2 6-2 9 0s6 2 9 0',
);
export const GiftIcon = line(LINE_ICONS['gift'] ?? '');
export const BuybackIcon = line(LINE_ICONS['back'] ?? '');
export const RulesIcon = line('M5 4h14v16l-3-2-2 2-2-2-2 2-2-2-3 2ZM9 9h6M9 13h6');
export const MeIcon = line(
  'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5c1-4 4-6 7.5-6s6.5 2 7.5 6',
);

/** The one icon that is filled: the drop. */
export function DropIcon(): JSX.Element {
  return (
    <svg viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
      <path d={LINE_ICONS['drop']} />
    </svg>
  );
}
