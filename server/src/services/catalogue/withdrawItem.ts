import type { WriteRequest } from '../transactions/contractWriter.ts';
import { writeOnItem, type ItemWriteDeps, type WrittenItem } from './itemWrites.ts';

/** Schedules the withdrawal of an item, one notice period from now. */
export function withdrawItem(
  deps: ItemWriteDeps,
  request: WriteRequest,
  { item }: { readonly item: number },
): Promise<WrittenItem> {
  return writeOnItem(deps, request, item, () => deps.calls.withdrawItem(request.program, item));
}
