/** Tells which accounts a member has. Pure. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { ChainPosition } from '../statements/statementRecord.ts';

/** An own wallet that a member's gasless account moved to. */
export interface AccountLink {
  readonly account: Address;
  /** Statements of this and later epochs are for this account. */
  readonly fromEpoch: number;
  /** Position of the `AccountMoved` event. */
  readonly at: ChainPosition;
}

/** The accounts of a member: the one derived from its id, and those that it moved to, in chain order. */
export interface Accounts {
  /** The gasless account. */
  readonly account: Address;
  readonly links: readonly AccountLink[];
}

/** Returns the account of a new statement of an epoch. An existing statement keeps its account. */
export function accountAt({ account, links }: Accounts, epoch: number): Address {
  return links.findLast(({ fromEpoch }) => fromEpoch <= epoch)?.account ?? account;
}

/** Returns the account that a member's points are minted to from the next epoch on. */
export function newestAccount({ account, links }: Accounts): Address {
  return links.at(-1)?.account ?? account;
}

/** Lists each account that a member has or had, once. */
export function allAccounts({ account, links }: Accounts): Address[] {
  return [...new Set([account, ...links.map((link) => link.account)])];
}

const isSame = (a: ChainPosition, b: ChainPosition): boolean =>
  a.blockNumber === b.blockNumber && a.logIndex === b.logIndex;

/** Adds a move in chain order; a known move, or one to the newest account, changes nothing. */
export function withLink(links: readonly AccountLink[], link: AccountLink): readonly AccountLink[] {
  if (links.some(({ at }) => isSame(at, link.at))) return links;
  return links.at(-1)?.account === link.account ? links : [...links, link];
}
