import { cancelItemWithdrawal } from '../../services/catalogue/cancelItemWithdrawal.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { itemInput, itemPayload } from './catalogueFields.ts';

contractMutation({
  name: 'itemWithdrawalCancel',
  kind: 'OPERATOR',
  description: 'Cancels the withdrawal of an item that has not taken effect.',
  errors: ['NOT_FOUND', 'NO_WITHDRAWAL_SCHEDULED', 'NOT_OPERATOR'],
  input: (t) => ({ item: itemInput(t) }),
  resolve: (context, request, input) => cancelItemWithdrawal(context, request, input),
  payload: itemPayload,
});
