import { refundOrder } from '../../services/catalogue/refundOrder.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { orderInput, orderPayload } from './catalogueFields.ts';

contractMutation({
  name: 'orderRefund',
  kind: 'OPERATOR',
  description:
    'Gives the points of an open order back; before its deadline the order counts as refused, after it as overdue.',
  errors: ['NOT_FOUND', 'ORDER_NOT_OPEN', 'DEADLINE_NOT_REACHED'],
  input: (t) => ({ order: orderInput(t) }),
  resolve: (context, request, input) => refundOrder(context, request, input),
  payload: orderPayload,
});
