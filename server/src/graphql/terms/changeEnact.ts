import { enactChange } from '../../services/terms/enactChange.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changeInput, changePayload } from './changeFields.ts';

contractMutation({
  name: 'changeEnact',
  kind: 'OPERATOR',
  description:
    'Puts a change in force whose notice, and last round where one is owed, is over. On chain anybody may, and a worker does it by itself when it is due.',
  errors: ['NOT_FOUND', 'NOT_PENDING', 'NOTICE_RUNS', 'LAST_ROUND_OWED', 'OUTDATED'],
  input: (t) => ({ change: changeInput(t) }),
  resolve: (context, request, input) => enactChange(context, request, input),
  payload: changePayload,
});
