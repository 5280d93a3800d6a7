import { refundOrder, refundOwnOrder } from '../../services/catalogue/refundOrder.ts';
import { contractMutation, holderOf } from '../mutations/contractMutation.ts';
import { orderInput, orderPayload } from './catalogueFields.ts';
import { orderState } from '../mutations/states.ts';

const ITSELF = { memberId: null, ownWallet: null };

contractMutation({
  name: 'orderRefund',
  kind: 'OPERATOR',
  scope: 'orders:write',
  isForMembers: true,
  description:
    'Returns the points of an open order to the member; the order counts as refused before its deadline, and as overdue after it. A session of a member has its own order refunded after the deadline; a worker does so by itself.',
  errors: ['NOT_FOUND', 'ORDER_NOT_OPEN', 'DEADLINE_NOT_REACHED', 'QUOTA_USED_UP'],
  input: (t) => ({ order: orderInput(t) }),
  resolve: async (context, request, input) =>
    context.caller?.kind === 'MEMBER'
      ? refundOwnOrder(context, { ...request, ...(await holderOf(context, ITSELF)) }, input)
      : refundOrder(context, request, input),
  payload: orderPayload,
  state: (context, input) => orderState(context, input),
});
