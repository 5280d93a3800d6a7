import { useEffect, useRef, type RefObject } from 'react';

/** Keeps the current entry of a row that scrolls in sight; the page itself stays where it is. @param at changes with the entry */
export function useInRow<Row extends HTMLElement>(at: unknown): RefObject<Row | null> {
  const row = useRef<Row>(null);
  useEffect(() => {
    const { current } = row;
    const entry = current?.querySelector<HTMLElement>('[aria-current]');
    if (current == null || entry == null) return;
    const left = entry.getBoundingClientRect().left - current.getBoundingClientRect().left;
    current.scrollLeft += left - (current.clientWidth - entry.clientWidth) / 2;
  }, [at]);
  return row;
}
