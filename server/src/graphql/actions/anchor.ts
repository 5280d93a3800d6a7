import type { Anchor } from '../../domain/actions/anchor.ts';
import type { DecisionKind } from '../../domain/actions/reviewRules.ts';
import { nameForm } from '../../domain/names.ts';
import type { ActionProofView } from '../../services/actions/anchoredLogs.ts';
import { builder, PUBLIC, MEMBER_READERS } from '../core/builder.ts';
import { MemberType } from '../members/member.ts';
import { ProgramType } from '../programs/program.ts';

/** The action, the log and one chunk of it: 130 kB, hashed once more. */
const PROOF_COST = 1_000;

/** Shows what was published of the log of one epoch. */
export const AnchorType = builder.objectRef<Anchor>('Anchor').implement({
  description:
    'Log of the actions that were recorded in one epoch, as it stands on chain for ever: whatever is changed in it or taken out of it later shows. Source: the `Anchored` event of the Points contract.',
  authScopes: PUBLIC,
  fields: (t) => ({
    epoch: t.expose('epoch', {
      type: 'UInt',
      description: 'Epoch in which the entries were recorded.',
    }),
    root: t.expose('root', {
      type: 'Hex',
      description: 'Root of the Merkle trees of the entries; all zero where there were none.',
    }),
    count: t.expose('count', {
      type: 'UInt',
      description: 'Number of entries: actions, and what was decided on them.',
    }),
    blockNumber: t.expose('blockNumber', {
      type: 'UInt',
      description: 'Block in which the log was anchored.',
    }),
    transactionHash: t.expose('transactionHash', {
      type: 'Hex',
      description: 'Transaction that anchored the log.',
    }),
  }),
});

const ActionProofType = builder.objectRef<ActionProofView>('ActionProof').implement({
  description:
    'Proof that an action, or a decision on it, stood in the log of its day, which needs no service.',
  authScopes: MEMBER_READERS,
  fields: (t) => ({
    anchor: t.expose('anchor', {
      type: AnchorType,
      description: 'Anchor of the log that the entry is in.',
    }),
    file: t.exposeString('file', {
      description:
        'Proof as a file in JSON, for `npm run verify -- --proof FILE`: the entry with its salt, and the hashes up to the root.',
    }),
  }),
});

builder.objectField(ProgramType, 'anchor', (t) =>
  t.field({
    extensions: { cost: 20 },
    type: AnchorType,
    nullable: true,
    authScopes: PUBLIC,
    description:
      'Anchor of the log of one epoch; null while there is none. The log of an epoch is anchored in the epoch after it, or never.',
    args: {
      epoch: t.arg({
        type: 'UInt',
        required: true,
        description: 'Epoch in which the entries were recorded.',
      }),
    },
    resolve: (program, { epoch }, { anchoredLogs }) => anchoredLogs.anchorOf(program, epoch),
  }),
);

builder.objectField(MemberType, 'actionProof', (t) =>
  t.field({
    extensions: { cost: PROOF_COST },
    type: ActionProofType,
    nullable: true,
    authScopes: MEMBER_READERS,
    description:
      'Proof that an action of the member stands in the anchored log; null for an unknown action, and until the log of the epoch in which it was recorded is anchored.',
    args: {
      eventId: t.arg.string({ required: true, description: "The app's own id of the action." }),
    },
    resolve: (member, { eventId }, { anchoredLogs, program }) =>
      anchoredLogs.proofOf(program, member, { kind: 'action', eventId: nameForm(eventId) }),
  }),
);

/** Adds the field that proves a decision on an action. */
function decisionProof(kind: DecisionKind, name: string, what: string): void {
  builder.objectField(MemberType, name, (t) =>
    t.field({
      extensions: { cost: PROOF_COST },
      type: ActionProofType,
      nullable: true,
      authScopes: MEMBER_READERS,
      description: `Proof that the ${what} of an action of the member stands in the anchored log, and since when; null for an action without one, and until the log of the epoch in which it was decided is anchored.`,
      args: {
        eventId: t.arg.string({ required: true, description: "The app's own id of the action." }),
      },
      resolve: (member, { eventId }, { anchoredLogs, program }) =>
        anchoredLogs.proofOf(program, member, { kind, eventId: nameForm(eventId) }),
    }),
  );
}
decisionProof('void', 'voidProof', 'void');
decisionProof('hold', 'holdProof', 'hold');
decisionProof('release', 'releaseProof', 'release');
