import { POINT_DECIMALS, toBase } from '../../shared/format/amounts.ts';

/** Reads what was typed, with a comma or a point, in base units; null for what is no amount above nothing. */
export function typedPoints(text: string): bigint | null {
  try {
    const units = toBase(text.trim().replace(',', '.').replace(/\.$/, ''), POINT_DECIMALS);
    return units > 0n ? units : null;
  } catch {
    // It is being typed.
    return null;
  }
}
