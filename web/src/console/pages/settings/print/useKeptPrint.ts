import { useCallback, useEffect, useState } from 'react';
import { tabStorage } from '../../../../shared/storage/tabStorage.ts';

/** A small print on its way. */
export interface NewPrint {
  readonly text: string;
  /** What was handed in last; null for nothing. */
  readonly sent: string | null;
  /** What the service has, by its hash; null for nothing. */
  readonly stored: { readonly text: string; readonly hash: `0x${string}` } | null;
}

const EMPTY: NewPrint = { text: '', sent: null, stored: null };

function read(name: string): NewPrint {
  try {
    const known = JSON.parse(tabStorage().get(name) ?? 'null') as Partial<NewPrint> | null;
    return { ...EMPTY, ...known };
  } catch {
    // Another page of this origin wrote it.
    return EMPTY;
  }
}

/** Keeps a small print in the tab from its first letter until it is announced: it is long, and a reload must not take it away. */
export function useKeptPrint(
  programId: string,
): readonly [NewPrint, (part: Partial<NewPrint>) => void, () => void] {
  const name = `dewpoint.print.${programId}`;
  const [print, setPrint] = useState(() => read(name));
  useEffect(() => {
    if (print.text === '') tabStorage().remove(name);
    else tabStorage().set(name, JSON.stringify(print));
  }, [name, print]);
  const set = useCallback(
    (part: Partial<NewPrint>) => setPrint((known) => ({ ...known, ...part })),
    [],
  );
  const forget = useCallback(() => tabStorage().remove(name), [name]);
  return [print, set, forget];
}
