import { tabStorage } from '../../../../shared/storage/tabStorage.ts';
import type { WriteState } from '../../../../shared/transactions/transactionState.ts';

/** What tells the program that was created here. Of an answer that was lost, its transaction does. */
export interface Made {
  readonly address: string | null;
  readonly hash: string | null;
}

/** Reads from a write that was done what it made. */
export function madeBy({ payload, transaction }: WriteState): Made {
  const { address = null } = (payload ?? {}) as { readonly address?: string | null };
  return { address, hash: transaction?.hash ?? null };
}

/** Tells whether a program is the one. */
export function isMade(
  { address, hash }: Made,
  program: {
    readonly address: string;
    readonly createdAt: { readonly transactionHash: string };
  },
): boolean {
  const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();
  if (address !== null) return isSame(program.address, address);
  return hash !== null && isSame(program.createdAt.transactionHash, hash);
}

const nameOf = (of: string): string => `dewpoint.console.made ${of}`;

/** Reads what was created in this tab, and was not read from the chain yet; null for nothing. @param of as for the draft */
export function keptMade(of: string): Made | null {
  try {
    const kept = JSON.parse(tabStorage().get(nameOf(of)) ?? 'null') as Partial<Made> | null;
    return kept === null ? null : { address: kept.address ?? null, hash: kept.hash ?? null };
  } catch {
    return null;
  }
}

/** Keeps it, as the write that made it is not known any more once it is done: a page that is loaded again would offer to create it again. */
export const keepMade = (of: string, made: Made): void =>
  tabStorage().set(nameOf(of), JSON.stringify(made));
export const forgetMade = (of: string): void => tabStorage().remove(nameOf(of));
