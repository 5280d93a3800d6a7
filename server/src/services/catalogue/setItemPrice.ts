import { checkPoints } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { WriteRequest } from '../transactions/contractWriter.ts';
import { writeOnItem, type ItemWriteDeps, type WrittenItem } from './itemWrites.ts';

/** Sets the price of an item: at once when it is not higher than now, else after the notice period. @param input Base units of points. */
export function setItemPrice(
  deps: ItemWriteDeps,
  request: WriteRequest,
  { item, price }: { readonly item: number; readonly price: bigint },
): Promise<WrittenItem> {
  refuseIfAny(checkPoints('price', price));
  return writeOnItem(deps, request, item, () =>
    deps.calls.setItemPrice(request.program, item, price),
  );
}
