import { withdrawItem } from '../../services/catalogue/withdrawItem.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { itemInput, itemPayload } from './catalogueFields.ts';
import { itemState } from '../mutations/states.ts';

contractMutation({
  name: 'itemWithdraw',
  kind: 'OPERATOR',
  description:
    'Schedules the withdrawal of an item, one notice period from now; a withdrawal that is scheduled already keeps its time.',
  errors: ['NOT_FOUND', 'ITEM_WITHDRAWN', 'NOT_OPERATOR'],
  input: (t) => ({ item: itemInput(t) }),
  resolve: (context, request, input) => withdrawItem(context, request, input),
  payload: itemPayload,
  state: (context, input) => itemState(context, input),
});
