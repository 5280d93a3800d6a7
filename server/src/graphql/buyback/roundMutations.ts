import type { WrittenRound, WrittenShare } from '../../services/buyback/roundWrites.ts';
import type { RoundView, ShareView } from '../../services/buyback/rounds.ts';
import {
  WRITE_ERRORS,
  writeFields,
  idempotencyKeyField,
  memberWriteFields,
  memberInputFields,
  NOTHING_DONE,
  ONLY_MEMBERS,
  ONLY_OPERATORS,
  whoIs,
  type WritePayload,
  type MemberWritePayload,
} from '../transactions/transaction.ts';
import { builder } from '../core/builder.ts';
import { RoundType, ShareType } from './round.ts';
import type { OfProgram } from '../core/connection.ts';
import type { GraphqlContext } from '../core/context.ts';
import { withUserErrors } from '../errors/userErrors.ts';

const ROUND = 'Number of the round.';

const RoundSettleInput = builder.inputType('RoundSettleInput', {
  description: 'Settles whatever is due.',
  fields: (t) => ({ idempotencyKey: idempotencyKeyField(t) }),
});

interface RoundPayload extends WritePayload {
  readonly round: OfProgram<RoundView> | null;
}

const RoundSettlePayload = builder.objectRef<RoundPayload>('RoundSettlePayload').implement({
  description: 'The newest round after the act.',
  authScopes: ONLY_OPERATORS,
  fields: (t) => ({
    ...writeFields(t),
    round: t.expose('round', {
      type: RoundType,
      nullable: true,
      description: 'The newest round that has opened; null before the first and with userErrors.',
    }),
  }),
});

const settled = async (
  { program }: GraphqlContext,
  acting: Promise<WrittenRound>,
): Promise<Omit<RoundPayload, 'userErrors'>> => {
  const { round, transaction } = await acting;
  return { transaction, round: round && { ...round, program } };
};

builder.mutationField('roundSettle', (t) =>
  t.field({
    type: RoundSettlePayload,
    description: `Computes the results of all rounds that have closed; does nothing when none is due. On chain anybody may; a worker does it by itself. ${WRITE_ERRORS}.`,
    authScopes: ONLY_OPERATORS,
    args: { input: t.arg({ type: RoundSettleInput, required: true }) },
    resolve: (_root, { input }, context) =>
      withUserErrors<Omit<RoundPayload, 'userErrors'>>({ transaction: null, round: null }, () =>
        settled(context, context.roundWrites.settle(context.program, input)),
      ),
  }),
);

const RoundTenderInput = builder.inputType('RoundTenderInput', {
  description: 'Who tenders how much in which round.',
  fields: (t) => ({
    ...memberInputFields(t),
    round: t.field({ type: 'UInt', required: true, description: ROUND }),
    amount: t.field({
      type: 'Points',
      required: true,
      description: 'Points, on top of what the account has in the round.',
    }),
  }),
});

const RoundUntenderInput = builder.inputType('RoundUntenderInput', {
  description: 'Who takes how much out of which round.',
  fields: (t) => ({
    ...memberInputFields(t),
    round: t.field({ type: 'UInt', required: true, description: ROUND }),
    amount: t.field({
      type: 'Points',
      required: true,
      description: 'Points; what stays is nothing, or the least tender at least.',
    }),
  }),
});

const ClaimAsset = builder.enumType('ClaimAsset', {
  description: 'The two halves of a share. They are independent of each other.',
  values: {
    POINTS: { description: 'The points that were not bought.' },
    MONEY: { description: 'The money for the points that were bought.' },
  } as const,
});

const RoundClaimInput = builder.inputType('RoundClaimInput', {
  description: 'Who claims what in which round.',
  fields: (t) => ({
    ...memberInputFields(t),
    round: t.field({ type: 'UInt', required: true, description: ROUND }),
    asset: t.field({ type: ClaimAsset, required: true, description: 'Which half of the share.' }),
  }),
});

interface SharePayload extends MemberWritePayload {
  readonly round: OfProgram<RoundView> | null;
  readonly share: OfProgram<ShareView> | null;
}

const ShareActPayload = builder.objectRef<SharePayload>('ShareActPayload').implement({
  description: 'The round and the share after the act.',
  authScopes: ONLY_MEMBERS,
  fields: (t) => ({
    ...memberWriteFields(t),
    round: t.expose('round', {
      type: RoundType,
      nullable: true,
      description: 'The round as it is read by now; null with userErrors.',
    }),
    share: t.expose('share', {
      type: ShareType,
      nullable: true,
      description: 'What the account has in it, as it is read by now; null for nothing.',
    }),
  }),
});

const shared = (
  { program }: GraphqlContext,
  acting: () => Promise<WrittenShare>,
): ReturnType<typeof withUserErrors<Omit<SharePayload, 'userErrors'>>> =>
  withUserErrors<Omit<SharePayload, 'userErrors'>>(
    { ...NOTHING_DONE, round: null, share: null },
    async () => {
      const { round, share, transaction, call } = await acting();
      return {
        transaction,
        call,
        round: round && { ...round, program },
        share: share && { ...share, program },
      };
    },
  );

builder.mutationField('roundTender', (t) =>
  t.field({
    type: ShareActPayload,
    description: `Offers points of a member in the round that is open. ${WRITE_ERRORS}, NOT_FOUND, ROUND_NOT_OPEN, BELOW_MIN_TENDER, INSUFFICIENT_POINTS (points that are earned and not settled are then settled at once), OUT_OF_RANGE.`,
    authScopes: ONLY_MEMBERS,
    args: { input: t.arg({ type: RoundTenderInput, required: true }) },
    resolve: (_root, { input }, context) =>
      shared(context, () =>
        context.roundWrites.tender(context.program, { ...input, ...whoIs(input) }),
      ),
  }),
);

builder.mutationField('roundUntender', (t) =>
  t.field({
    type: ShareActPayload,
    description: `Takes points of a member out of the round that is open, at once. ${WRITE_ERRORS}, NOT_FOUND, ROUND_NOT_OPEN, BELOW_MIN_TENDER, INSUFFICIENT_TENDER, OUT_OF_RANGE.`,
    authScopes: ONLY_MEMBERS,
    args: { input: t.arg({ type: RoundUntenderInput, required: true }) },
    resolve: (_root, { input }, context) =>
      shared(context, () =>
        context.roundWrites.untender(context.program, { ...input, ...whoIs(input) }),
      ),
  }),
);

builder.mutationField('roundClaim', (t) =>
  t.field({
    type: ShareActPayload,
    description: `Hands a member half of a share: the points that were not bought, or the money for those that were. On chain anybody may; a worker does it for gasless members by itself. ${WRITE_ERRORS}, NOT_FOUND, ROUND_NOT_SETTLED, NOTHING_TO_CLAIM.`,
    authScopes: ONLY_MEMBERS,
    args: { input: t.arg({ type: RoundClaimInput, required: true }) },
    resolve: (_root, { input }, context) =>
      shared(context, () =>
        context.roundWrites.claim(context.program, { ...input, ...whoIs(input) }),
      ),
  }),
);
