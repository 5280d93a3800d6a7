import type { Address } from '@dewpoint/contracts/statement.ts';
import type { MergedMembers } from '../../services/members/mergeMembers.ts';
import { mergeState } from '../mutations/states.ts';
import { idempotencyKeyInput, mutation } from '../mutations/mutation.ts';

const EMPTY: Partial<MergedMembers> = {};
const orNull = <Value>(value: Value | null | undefined): Value | null => value ?? null;

mutation({
  name: 'memberMerge',
  kind: null,
  scope: 'members:write',
  isAudited: true,
  cost: 1_000,
  description:
    'Merges a member into another one, for good: from `fromEpoch` on, what is recorded under either id is earned by the member of `intoMemberId`. Each keeps what it earned in earlier epochs; settled points of `fromMemberId` are moved to the account of the other, those that are settled or come back from escrow later as well. Safe to repeat with the same idempotencyKey.',
  errors: [
    'BUSY',
    'CHAIN_STALE',
    'NOT_FOUND',
    'INVALID_MERGE',
    'ALREADY_MERGED',
    'IDEMPOTENCY_KEY_REUSED',
  ],
  input: (t) => ({
    fromMemberId: t.string({
      required: true,
      description: "The app's own id of the member that is merged into the other one.",
    }),
    intoMemberId: t.string({
      required: true,
      description: "The app's own id of the member that goes on.",
    }),
    idempotencyKey: idempotencyKeyInput(t),
  }),
  payload: (t) => ({
    fromEpoch: t.field({
      type: 'UInt',
      nullable: true,
      description: 'First epoch of the merge, which has not begun; null when there are userErrors.',
      resolve: ({ fromEpoch }) => orNull(fromEpoch),
    }),
    startsAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Time at which that epoch begins; null when there are userErrors.',
      resolve: ({ startsAtMs }) => orNull(startsAtMs),
    }),
    fromAccount: t.field({
      type: 'Address',
      nullable: true,
      description:
        'Account of `fromMemberId` that the service signs for, whose points are moved from then on; null when there are userErrors.',
      resolve: ({ fromAccount }) => orNull(fromAccount),
    }),
    intoAccount: t.field({
      type: 'Address',
      nullable: true,
      description:
        'Account of `intoMemberId` that the service signs for, to which they are moved; null when there are userErrors.',
      resolve: ({ intoAccount }) => orNull(intoAccount),
    }),
    ownWallet: t.field({
      type: 'Address',
      nullable: true,
      description:
        'Own wallet of `fromMemberId`, which keeps its points and gets those of earlier epochs; null for none.',
      resolve: ({ ownWallet }) => orNull<Address>(ownWallet),
    }),
  }),
  empty: EMPTY,
  resolve: ({ memberMerger, program }, input) => memberMerger.merge(program, input),
  state: (context, input) => mergeState(context, input),
});
