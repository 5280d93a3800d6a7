import { cancelItemWithdrawal } from '../../services/catalogue/cancelItemWithdrawal.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { itemInput, itemPayload } from './catalogueFields.ts';
import { itemState } from '../mutations/states.ts';

contractMutation({
  name: 'itemWithdrawalCancel',
  kind: 'OPERATOR',
  description: 'Cancels a scheduled withdrawal of an item before it takes effect.',
  errors: ['NOT_FOUND', 'NO_WITHDRAWAL_SCHEDULED', 'NOT_OPERATOR'],
  input: (t) => ({ item: itemInput(t) }),
  resolve: (context, request, input) => cancelItemWithdrawal(context, request, input),
  payload: itemPayload,
  state: (context, input) => itemState(context, input),
});
