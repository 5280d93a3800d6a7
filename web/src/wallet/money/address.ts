const ADDRESS = /^0x[0-9a-f]{40}$/i;
const NONE = /^0x0{40}$/i;
const GROUP = /.{1,4}/g;

/** Reads an address that was typed or pasted; null for what is none. Its capital letters are checked by the service. */
export function readAddress(text: string): `0x${string}` | null {
  const typed = text.trim();
  return ADDRESS.test(typed) && !NONE.test(typed) ? (typed as `0x${string}`) : null;
}

/** Splits an address into groups of four, as people compare it. */
export const groupsOf = (address: string): readonly string[] => [
  '0x',
  ...(address.slice(2).match(GROUP) ?? []),
];
