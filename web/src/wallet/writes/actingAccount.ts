/** Accounts of a member, as the API tells them. */
export interface Accounts {
  readonly account: `0x${string}`;
  readonly ownAccount: `0x${string}` | null;
  readonly isCustodial: boolean;
}

/** Who writes for an account: part of the input of a mutation. */
export interface WrittenFor {
  /** Set for an own wallet, which sends the call itself. */
  readonly ownWallet?: `0x${string}`;
}

/** Account that a member offers, objects and orders with: the own wallet, once there is one. */
export const actingAccount = ({ account, ownAccount, isCustodial }: Accounts): `0x${string}` =>
  isCustodial || ownAccount === null ? account : ownAccount;

/** Says who writes for an account of a member: the service for the one that it signs for, else the wallet. */
export const writtenFor = (
  { account }: Pick<Accounts, 'account'>,
  holder: `0x${string}`,
): WrittenFor => (holder === account ? {} : { ownWallet: holder });
