import type { WriteRequest } from '../transactions/contractWriter.ts';
import { writeOnOrder, type OrderWriteDeps, type WrittenOrder } from './orderWrites.ts';

/** Declares an order fulfilled before its deadline, which burns its points. */
export function fulfilOrder(
  deps: OrderWriteDeps,
  request: WriteRequest,
  { order }: { readonly order: number },
): Promise<WrittenOrder> {
  return writeOnOrder(deps, request, order, deps.calls.fulfilOrder(request.program, order));
}
