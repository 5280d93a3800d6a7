/* eslint-disable @typescript-eslint/explicit-module-boundary-types -- Pothos reads the types of fields from what is inferred here. */
import type { ChangeView, ObjectionView } from '../../services/terms/changes.ts';
import type { InputFields, PayloadFields } from '../mutations/mutation.ts';
import { ChangeType, ObjectionType } from './change.ts';

/** Makes the input field that names a change. */
export const changeInput = (t: InputFields) =>
  t.field({ type: 'UInt', required: true, description: 'Number of the change, from 1.' });

/** Makes the payload field for the change after a write. */
export const changePayload = (t: PayloadFields<{ readonly change?: ChangeView | null }>) => ({
  change: t.field({
    type: ChangeType,
    nullable: true,
    description:
      'The change after the write; null until the transaction is mined and when there are userErrors.',
    resolve: ({ change }, _args, { program }) => (change ? { ...change, program } : null),
  }),
});

/** Makes the payload fields for the change and the member's objection after a write. */
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
    description: 'Objection of the account after the write; null when it has none.',
    resolve: ({ objection }, _args, { program }) => (objection ? { ...objection, program } : null),
  }),
});
