import { UserError } from '../errors.ts';

/**
 * Refuses a request without items or with too many.
 *
 * @throws UserError REQUIRED or LIMIT_EXCEEDED
 */
export function checkCallSize(field: string, items: number, maxItems: number): void {
  if (items === 0) {
    throw new UserError({
      code: 'REQUIRED',
      field,
      message: `${field} is empty; it must have 1 to ${maxItems} items.`,
    });
  }
  if (items > maxItems) {
    throw new UserError({
      code: 'LIMIT_EXCEEDED',
      field,
      message: `${field} has ${items} items; a call may have at most ${maxItems}. Send the rest in further calls.`,
    });
  }
}
