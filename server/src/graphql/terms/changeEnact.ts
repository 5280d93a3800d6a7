import { enactChange } from '../../services/terms/enactChange.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changeInput, changePayload } from './changeFields.ts';
import { termsState } from '../mutations/states.ts';

contractMutation({
  name: 'changeEnact',
  kind: 'OPERATOR',
  description:
    'Enacts a pending change once its notice, and any last round it owes, is over. A worker does so when it is due, and any account may on chain.',
  errors: ['NOT_FOUND', 'NOT_PENDING', 'NOTICE_RUNS', 'LAST_ROUND_OWED', 'OUTDATED'],
  input: (t) => ({ change: changeInput(t) }),
  resolve: (context, request, input) => enactChange(context, request, input),
  payload: changePayload,
  state: termsState,
});
