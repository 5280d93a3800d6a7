import { objectToChange } from '../../services/terms/objectToChange.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changeInput, objectionPayload } from './changeFields.ts';

contractMutation({
  name: 'changeObject',
  kind: 'MEMBER',
  description:
    'Locks points of a member against a change while its notice runs; enough of them strike it down.',
  errors: ['NOT_FOUND', 'NOT_PENDING', 'NOTICE_OVER', 'INSUFFICIENT_POINTS', 'OUT_OF_RANGE'],
  input: (t) => ({
    change: changeInput(t),
    amount: t.field({
      type: 'Points',
      required: true,
      description: 'Points to lock until the end of the notice, on top of what is locked.',
    }),
  }),
  resolve: (context, request, input) => objectToChange(context, request, input),
  payload: objectionPayload,
});
