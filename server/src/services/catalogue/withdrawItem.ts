import type { WriteRequest } from '../transactions/contractWriter.ts';
import { writeOnItem, type ItemWriteDeps, type WrittenItem } from './itemWrites.ts';

/** Withdraws an item after the notice period. */
export function withdrawItem(
  deps: ItemWriteDeps,
  request: WriteRequest,
  { item }: { readonly item: number },
): Promise<WrittenItem> {
  return writeOnItem(deps, request, item, () => deps.calls.withdrawItem(request.program, item));
}
