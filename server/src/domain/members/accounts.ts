/** Which accounts a member has. Pure. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import type { ChainPosition } from '../statements/statementRecord.ts';

/** An own wallet that a member's gasless account moved to. */
export interface AccountLink {
  readonly account: Address;
  /** Statements of this epoch and later ones name it. */
  readonly fromEpoch: number;
  /** Of the `AccountMoved` event. */
  readonly at: ChainPosition;
}

/** The accounts of a member: derived from its id for ever, and those that it moved to, in chain order. */
export interface Accounts {
  /** The gasless account. */
  readonly account: Address;
  readonly links: readonly AccountLink[];
}

/** Whom a new statement of an epoch names. One that is there already keeps the account that it has. */
export function accountAt({ account, links }: Accounts, epoch: number): Address {
  return links.findLast(({ fromEpoch }) => fromEpoch <= epoch)?.account ?? account;
}

/** The account that a member's points are minted for from the next epoch on. */
export function newestAccount({ account, links }: Accounts): Address {
  return links.at(-1)?.account ?? account;
}

/** Each account that a member has or had, once. */
export function allAccounts({ account, links }: Accounts): Address[] {
  return [...new Set([account, ...links.map((link) => link.account)])];
}

const isSame = (a: ChainPosition, b: ChainPosition): boolean =>
  a.blockNumber === b.blockNumber && a.logIndex === b.logIndex;

/** With one more move, in chain order; a move that is known, or that leads where the newest one led, changes nothing. */
export function withLink(links: readonly AccountLink[], link: AccountLink): readonly AccountLink[] {
  if (links.some(({ at }) => isSame(at, link.at))) return links;
  return links.at(-1)?.account === link.account ? links : [...links, link];
}
