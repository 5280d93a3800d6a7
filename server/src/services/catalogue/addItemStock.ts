import { checkUint32 } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { WriteRequest } from '../transactions/contractWriter.ts';
import { MAX_STOCK, writeOnItem, type ItemWriteDeps, type WrittenItem } from './itemWrites.ts';

/** Adds pieces to the stock of an item. */
export function addItemStock(
  deps: ItemWriteDeps,
  request: WriteRequest,
  { item, added }: { readonly item: number; readonly added: number },
): Promise<WrittenItem> {
  refuseIfAny(checkUint32('added', added, 1, MAX_STOCK));
  return writeOnItem(deps, request, item, () =>
    deps.calls.addItemStock(request.program, item, added),
  );
}
