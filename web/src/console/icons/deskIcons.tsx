import type { JSX } from 'react';

/** Lines of the icons, by the noun of the page. */
const PATHS = {
  today: 'M3 9.500 10 4l7 5.500V17h-4.500v-4h-5v4H3Z',
  rules:
    'M4 6h7M15 6h1M4 14h1M9 14h7M15 6a2 2 0 1 1-4 0 2 2 0 0 1 4 0ZM9 14a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z',
  changes: 'M4 8v4h3l6 4V4L7 8ZM16 8v4',
  buyback:
    'M3 8a7 7 0 0 1 12-2.500l1.500 1.500M16.500 3v4h-4M17 12a7 7 0 0 1-12 2.500L3.500 13M3.500 17v-4h4',
  liability: 'M3 16V4M3 16h14M6 13l3-4 3 2 4-6',
  catalogue:
    'M3 9h14v8H3ZM2.500 6h15v3h-15ZM10 6v11M10 6C8 6 6 5.500 6 4s3-1.500 4 2c1-3.500 4-3.500 4-2s-2 2-4 2Z',
  orders: 'M5 3h10v14l-2.500-1.500L10 17l-2.500-1.500L5 17ZM8 7h4M8 10.500h4',
  members: 'M13 7a3 3 0 1 1-6 0 3 3 0 0 1 6 0ZM4 17c.8-3.300 3.200-5 6-5s5.200 1.700 6 5',
  review:
    'M10 3 4 5.500V10c0 3.600 2.500 6 6 7 3.500-1 6-3.400 6-7V5.500ZM7.500 10l1.800 1.800 3.200-3.600',
  developers: 'M10.500 13a3.500 3.500 0 1 1-7 0 3.500 3.500 0 0 1 7 0ZM9.500 10.500l7-7M13 7l2 2',
  team: 'M9.500 7a2.500 2.500 0 1 1-5 0 2.500 2.500 0 0 1 5 0ZM2.500 16c.5-3 2.300-4.500 4.500-4.500s4 1.500 4.500 4.500M13 5a2.500 2.500 0 0 1 0 4.800M14.500 12c1.700.5 2.700 2 3 4',
  billing:
    'M4.500 5h11a2 2 0 0 1 2 2v6.500a2 2 0 0 1-2 2h-11a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2ZM2.500 8.500h15',
  settings:
    'M10 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5ZM10 2.500v2M10 15.500v2M2.500 10h2M15.500 10h2M4.700 4.700l1.400 1.400M13.900 13.900l1.400 1.400M4.700 15.300l1.400-1.400M13.900 6.100l1.400-1.400',
} as const;

/** What a page is about. The same nouns name folders, addresses and words. */
export type DeskNoun = keyof typeof PATHS;

/** The icon of a page. */
export function DeskIcon({ noun }: { readonly noun: DeskNoun }): JSX.Element {
  return (
    <svg
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[noun]} />
    </svg>
  );
}
