import { objectToChange } from '../../services/terms/objectToChange.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changeInput, objectionPayload } from './changeFields.ts';

contractMutation({
  name: 'changeObject',
  kind: 'MEMBER',
  description:
    'Locks points of a member in objection to a change while its notice runs; enough points of all holders strike the change down.',
  errors: ['NOT_FOUND', 'NOT_PENDING', 'NOTICE_OVER', 'INSUFFICIENT_POINTS', 'OUT_OF_RANGE'],
  input: (t) => ({
    change: changeInput(t),
    amount: t.field({
      type: 'Points',
      required: true,
      description: 'Points to lock until the notice ends, in addition to those locked already.',
    }),
  }),
  resolve: (context, request, input) => objectToChange(context, request, input),
  payload: objectionPayload,
});
