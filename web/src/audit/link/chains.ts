import chainsFile from '../public/chains.json';

/** A chain that the page knows by name. Any other is audited by its number and a node. */
export interface KnownChain {
  readonly id: number;
  readonly name: { readonly en: string; readonly zh: string };
  /** A node that anybody may ask. */
  readonly node: string;
  readonly explorer?: string;
  /** Nothing on it is worth money. */
  readonly test?: boolean;
}

/** The chain of a computer of one's own: it is as short as it is slow to be wrong about. */
export const LOCAL_CHAIN = 31_337;

const BUILT_IN: readonly KnownChain[] = chainsFile;

/** Reads the list that the host of the page may edit; from a disk, or without one, the list that is built in. */
export async function loadChains(): Promise<readonly KnownChain[]> {
  if (location.protocol === 'file:') return BUILT_IN;
  try {
    const response = await fetch('./chains.json');
    const chains: unknown = response.ok ? await response.json() : null;
    return Array.isArray(chains) ? (chains as KnownChain[]) : BUILT_IN;
  } catch {
    return BUILT_IN;
  }
}
