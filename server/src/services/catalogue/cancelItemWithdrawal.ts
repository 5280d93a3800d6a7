import type { WriteRequest } from '../transactions/contractWriter.ts';
import { writeOnItem, type ItemWriteDeps, type WrittenItem } from './itemWrites.ts';

/** Cancels a scheduled withdrawal of an item before it takes effect. */
export function cancelItemWithdrawal(
  deps: ItemWriteDeps,
  request: WriteRequest,
  { item }: { readonly item: number },
): Promise<WrittenItem> {
  return writeOnItem(deps, request, item, () =>
    deps.calls.cancelItemWithdrawal(request.program, item),
  );
}
