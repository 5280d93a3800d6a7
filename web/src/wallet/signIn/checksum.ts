import { keccak256 } from '../keep/keccak.ts';

const ABOVE_HALF = 8;
const HALF_BYTE = 4;

/** Gives an address the capital letters that are its checksum (EIP-55). */
export function withCapitals(address: string): string {
  const digits = address.slice(2).toLowerCase();
  const hash = keccak256(new TextEncoder().encode(digits));
  const capital = (digit: string, index: number): string => {
    const byte = hash[index >> 1] ?? 0;
    const half = index % 2 === 0 ? byte >> HALF_BYTE : byte & (2 ** HALF_BYTE - 1);
    return half >= ABOVE_HALF ? digit.toUpperCase() : digit;
  };
  return `0x${[...digits].map(capital).join('')}`;
}
