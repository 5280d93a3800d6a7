import { withdrawChange } from '../../services/terms/withdrawChange.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changeInput, changePayload } from './changeFields.ts';
import { termsState } from '../mutations/states.ts';

contractMutation({
  name: 'changeWithdraw',
  kind: 'OPERATOR',
  forOwners: 'ALL',
  description:
    'Withdraws a pending change; for one notice period, no change that hurts members or holders can be announced.',
  errors: ['NOT_FOUND', 'NOT_PENDING', 'NOT_OPERATOR'],
  input: (t) => ({ change: changeInput(t) }),
  resolve: (context, request, input) => withdrawChange(context, request, input),
  payload: changePayload,
  state: termsState,
});
