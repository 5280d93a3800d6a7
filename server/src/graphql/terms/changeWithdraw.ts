import { withdrawChange } from '../../services/terms/withdrawChange.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { changeInput, changePayload } from './changeFields.ts';

contractMutation({
  name: 'changeWithdraw',
  kind: 'OPERATOR',
  description:
    "Takes a pending change back with the operator's key. No hurtful change may follow for one notice period.",
  errors: ['NOT_FOUND', 'NOT_PENDING', 'NOT_OPERATOR'],
  input: (t) => ({ change: changeInput(t) }),
  resolve: (context, request, input) => withdrawChange(context, request, input),
  payload: changePayload,
});
