import type { AccountBalance, MemberBalance } from '../../services/members/members.ts';
import type { Locked } from '../../services/members/lockedPoints.ts';
import { builder, MEMBER_READERS } from '../core/builder.ts';

/** Accounts that the cost of a query counts with: the gasless one, and wallets that a member moved to one after the other. */
const SHOWN_ACCOUNTS = 5;

/** A field with points in escrow, of one account or of all. */
const inEscrow = (description: string, part: (locked: Locked) => bigint) => ({
  type: 'Points' as const,
  description,
  resolve: ({ locked }: { readonly locked: Locked }): bigint => part(locked),
});
const LOCKED = inEscrow(
  'Points in escrow, in addition to `settled`: the sum of `tendered`, `objected` and `ordered`. Source: events of the contracts up to `asOfBlock`.',
  ({ tendered, objected, ordered }) => tendered + objected + ordered,
);
const TENDERED = inEscrow(
  'Part of `locked` that is in buyback rounds, including points that wait to be claimed back.',
  ({ tendered }) => tendered,
);
const OBJECTED = inEscrow(
  'Part of `locked` that objects to changes of terms.',
  ({ objected }) => objected,
);
const ORDERED = inEscrow('Part of `locked` that pays for open orders.', ({ ordered }) => ordered);

const SignerEnum = builder.enumType('AccountSigner', {
  description: 'Who signs for an account.',
  values: {
    SERVICE: { description: 'The service: mutations with `memberId` use this account alone.' },
    OWN_WALLET: {
      description: "The member's own wallet: mutations with `ownWallet` hand it the call.",
    },
  } as const,
});

const AccountType = builder.objectRef<AccountBalance>('AccountBalance').implement({
  description: 'What one account of a member holds, and who can use it.',
  authScopes: MEMBER_READERS,
  fields: (t) => ({
    account: t.expose('account', { type: 'Address', description: 'The account.' }),
    signer: t.expose('signer', { type: SignerEnum, description: 'Who signs for it.' }),
    receives: t.exposeBoolean('receives', {
      description: 'Whether points of the next epochs are minted to it.',
    }),
    settled: t.expose('settled', {
      type: 'Points',
      description: 'Points in this account. Source: Transfer events of the chain.',
    }),
    locked: t.field(LOCKED),
    tendered: t.field(TENDERED),
    objected: t.field(OBJECTED),
    ordered: t.field(ORDERED),
    pending: t.expose('pending', {
      type: 'Points',
      description:
        'Points that are earned and will be minted to this account, including `maturing`. Source: the action log.',
    }),
    maturing: t.expose('maturing', {
      type: 'Points',
      description: 'Part of `pending` whose actions have not matured. Source: the action log.',
    }),
  }),
});

/** Shows the points of a member, in all and in each account. */
export const BalanceType = builder.objectRef<MemberBalance>('MemberBalance').implement({
  description:
    'Points of a member: settled, locked and not settled yet, over all accounts. After `accountMove` a member has several; `accounts` says what is where.',
  authScopes: MEMBER_READERS,
  fields: (t) => ({
    accounts: t.expose('accounts', {
      extensions: { rows: SHOWN_ACCOUNTS },
      type: [AccountType],
      description:
        'The account that the service signs for, then the wallets that it moved to: what each holds. All other fields are their sums.',
    }),
    settled: t.expose('settled', {
      type: 'Points',
      description:
        'Points in the accounts of the member. Source: Transfer events of the chain up to `asOfBlock`.',
    }),
    locked: t.field(LOCKED),
    tendered: t.field(TENDERED),
    objected: t.field(OBJECTED),
    ordered: t.field(ORDERED),
    pending: t.expose('pending', {
      type: 'Points',
      description:
        'Points that are earned and not settled yet, including `maturing`. Source: the action log less what is settled.',
    }),
    maturing: t.expose('maturing', {
      type: 'Points',
      description:
        'Part of `pending` whose actions have not matured and can be voided. Source: the action log.',
    }),
    asOfBlock: t.expose('asOfBlock', {
      type: 'UInt',
      description: 'Block up to which the chain has been read for this answer.',
    }),
    stale: t.exposeBoolean('stale', {
      description:
        'Whether `settled` and `locked` may be out of date, as no node of the chain answers.',
    }),
  }),
});
