/** Shows what a member may do now, and what it is doing. */
import { newestAccount } from '../../domain/members/accounts.ts';
import { MAX_OPEN_SHOWN } from '../../services/transactions/transactions.ts';
import type { MemberQuota } from '../../services/transactions/relaying/quota.ts';
import { builder, MEMBER_READERS } from '../core/builder.ts';
import { TransactionType } from '../transactions/transaction.ts';
import { MemberType } from './member.ts';

const MemberQuotaType = builder.objectRef<MemberQuota>('MemberQuota').implement({
  description:
    'Writes of a member that the service still pays for. A wallet that sends its own calls has no quota.',
  authScopes: MEMBER_READERS,
  fields: (t) => ({
    left: t.expose('left', {
      type: 'UInt',
      description: 'Number of writes left in the hour that ends now, of 60.',
    }),
    renewsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time at which there is one more; null while all are left.',
      resolve: ({ renewsAtMs }) => renewsAtMs,
    }),
  }),
});

builder.objectFields(MemberType, (t) => ({
  isCustodial: t.boolean({
    description:
      'Whether the points of the next epochs are minted to the account that the service signs for; false once the member moved to its own wallet.',
    resolve: (member) => newestAccount(member) === member.account,
  }),
  ownAccount: t.field({
    type: 'Address',
    nullable: true,
    description:
      "The member's own wallet, to which it moved last and which signs it in; null while there is none.",
    resolve: (member) => {
      const newest = newestAccount(member);
      return newest === member.account ? null : newest;
    },
  }),
  quota: t.field({
    extensions: { cost: 20 },
    type: MemberQuotaType,
    authScopes: MEMBER_READERS,
    description: 'What the member has left of the writes that the service pays for.',
    resolve: (member, _args, { transactions }) => transactions.quotaOf(member),
  }),
  openTransactions: t.field({
    extensions: { cost: 20, rows: MAX_OPEN_SHOWN },
    type: [TransactionType],
    authScopes: MEMBER_READERS,
    description: `Transactions that are under way for the member, oldest first, at most ${MAX_OPEN_SHOWN}: what a page that was loaded again goes on with.`,
    resolve: (member, _args, { transactions }) => transactions.openOf(member),
  }),
}));
