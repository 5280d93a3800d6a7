import { fulfilOrder } from '../../services/catalogue/fulfilOrder.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { orderInput, orderPayload } from './catalogueFields.ts';
import { orderState } from '../mutations/states.ts';

contractMutation({
  name: 'orderFulfil',
  kind: 'OPERATOR',
  scope: 'orders:write',
  description: 'Declares an order fulfilled before its deadline, which burns its points.',
  errors: ['NOT_FOUND', 'ORDER_NOT_OPEN', 'DEADLINE_PASSED', 'NOT_OPERATOR'],
  input: (t) => ({ order: orderInput(t) }),
  resolve: (context, request, input) => fulfilOrder(context, request, input),
  payload: orderPayload,
  state: (context, input) => orderState(context, input),
});
