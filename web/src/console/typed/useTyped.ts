import { useState } from 'react';
import { stillTyped, typeOver, type Texts } from './touched.ts';

/**
 * Texts of a form that is filled with what is kept, which is asked for again and again. A field that nobody touched follows it; what
 * was typed stays until it is what is kept.
 */
export function useTyped<Fields extends Texts>(
  kept: Fields,
): readonly [Fields, (part: Partial<Fields>) => void] {
  const text = JSON.stringify(kept);
  const [{ over, touched }, setTyped] = useState<{
    readonly over: string;
    readonly touched: Partial<Fields>;
  }>({ over: text, touched: {} });
  const now = over === text ? touched : stillTyped(kept, touched);
  if (over !== text) setTyped({ over: text, touched: now });
  return [
    { ...kept, ...now },
    (part) => setTyped((known) => ({ ...known, touched: typeOver(kept, known.touched, part) })),
  ];
}
