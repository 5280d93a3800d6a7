import type { WriteRequest } from '../transactions/contractWriter.ts';
import { writeOnOrder, type OrderWriteDeps, type WrittenOrder } from './orderWrites.ts';

/** Returns the points of an open order. */
export function refundOrder(
  deps: OrderWriteDeps,
  request: WriteRequest,
  { order }: { readonly order: number },
): Promise<WrittenOrder> {
  return writeOnOrder(deps, request, order, deps.calls.refundOrder(request.program, order));
}
