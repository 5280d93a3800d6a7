/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- Pothos reads the types of fields from what is inferred here. */
import type { ChangeView, ObjectionView } from '../../services/terms/changes.ts';
import type { InputFields, PayloadFields } from '../mutations/mutation.ts';
import { ChangeType, ObjectionType } from './change.ts';

/** Names a change in an input. */
export const changeInput = (t: InputFields) =>
  t.field({ type: 'UInt', required: true, description: 'Number of the change.' });

/** Shows the change after a write. */
export const changePayload = (t: PayloadFields<{ readonly change?: ChangeView | null }>) => ({
  change: t.field({
    type: ChangeType,
    nullable: true,
    description: 'The change after the write; null until it is mined, and with userErrors.',
    resolve: ({ change }, _args, { program }) => (change ? { ...change, program } : null),
  }),
});

/** Shows the change and the objection of a member after a write. */
export const objectionPayload = (
  t: PayloadFields<{
    readonly change?: ChangeView | null;
    readonly objection?: ObjectionView | null;
  }>,
) => ({
  ...changePayload(t),
  objection: t.field({
    type: ObjectionType,
    nullable: true,
    description: 'What the account has locked after the write; null for nothing.',
    resolve: ({ objection }, _args, { program }) => (objection ? { ...objection, program } : null),
  }),
});
