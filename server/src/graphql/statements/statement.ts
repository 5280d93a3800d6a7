import { heldBackOf } from '../../domain/statements/parts.ts';
import type { Program } from '../../domain/program.ts';
import type { StatementRecord } from '../../domain/statements/statementRecord.ts';
import { builder } from '../core/builder.ts';
import { HeldBackEnum } from './heldBack.ts';
import { RECEIPT_COST, ReceiptType } from './receipt.ts';

const ONLY_READERS = { 'members:read': true } as const;

/** A statement with its program, and the app's own id of its member. */
interface StatementOfMember {
  readonly program: Program;
  readonly statement: StatementRecord;
  readonly externalId: string;
  readonly closesAtMs: number;
}

/** Shows a statement. */
export const StatementType = builder.objectRef<StatementOfMember>('Statement').implement({
  description:
    'What a member did in one epoch, as it is handed to the contract. Source: the action log, and events of the Points contract.',
  authScopes: ONLY_READERS,
  fields: (t) => ({
    epoch: t.field({
      type: 'UInt',
      description: 'Epoch of the actions.',
      resolve: ({ statement }) => statement.epoch,
    }),
    account: t.field({
      type: 'Address',
      description: 'Account that the points are minted to.',
      resolve: ({ statement }) => statement.account,
    }),
    points: t.field({
      type: 'Points',
      description: 'Points that all actions of the epoch earn so far, minted or not.',
      resolve: ({ statement }) => statement.points,
    }),
    minted: t.field({
      type: 'Points',
      description: 'Points that the contract has minted for the epoch.',
      resolve: ({ statement }) => statement.settledPoints,
    }),
    maturing: t.field({
      type: 'Points',
      description: 'Points to be added when actions mature, unless they are voided.',
      resolve: ({ statement }) => statement.expectedPoints - statement.points,
    }),
    settlesAfter: t.field({
      type: 'DateTime',
      description: 'Time from which the service settles the points by itself.',
      resolve: ({ statement }) => statement.settleAfterMs,
    }),
    closesAt: t.field({
      type: 'DateTime',
      description: 'Time from which the contract accepts no statement of this epoch.',
      resolve: ({ closesAtMs }) => closesAtMs,
    }),
    askedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description:
        'Time at which the member asked for the points before `settlesAfter`; null when it did not, or has them.',
      resolve: ({ statement }) => statement.askedAtMs,
    }),
    heldBack: t.field({
      type: HeldBackEnum,
      nullable: true,
      description:
        'What holds back points that were handed to the contract; null while nothing does.',
      resolve: ({ program, statement }) => heldBackOf(program, statement),
    }),
    receipt: t.field({
      extensions: { cost: RECEIPT_COST },
      type: ReceiptType,
      nullable: true,
      description: 'Signed statement for this epoch; null while nothing has matured.',
      resolve: ({ externalId, statement }, _args, context) =>
        context.receiptFor(externalId, statement.epoch),
    }),
  }),
});
