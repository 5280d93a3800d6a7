import type { WriteRequest } from '../transactions/contractWriter.ts';
import { writeOnItem, type ItemWriteDeps, type WrittenItem } from './itemWrites.ts';

/** Cancels the withdrawal of an item that has not taken effect. */
export function cancelItemWithdrawal(
  deps: ItemWriteDeps,
  request: WriteRequest,
  { item }: { readonly item: number },
): Promise<WrittenItem> {
  return writeOnItem(deps, request, item, () =>
    deps.calls.cancelItemWithdrawal(request.program, item),
  );
}
