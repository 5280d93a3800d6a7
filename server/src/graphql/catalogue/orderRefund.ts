import { refundOrder } from '../../services/catalogue/refundOrder.ts';
import { contractMutation } from '../mutations/contractMutation.ts';
import { orderInput, orderPayload } from './catalogueFields.ts';

contractMutation({
  name: 'orderRefund',
  kind: 'OPERATOR',
  description:
    'Returns the points of an open order to the member; the order counts as refused before its deadline, and as overdue after it.',
  errors: ['NOT_FOUND', 'ORDER_NOT_OPEN', 'DEADLINE_NOT_REACHED'],
  input: (t) => ({ order: orderInput(t) }),
  resolve: (context, request, input) => refundOrder(context, request, input),
  payload: orderPayload,
});
