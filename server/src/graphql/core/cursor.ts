import { UserError } from '../../domain/errors.ts';

const MAX_CURSOR_CHARACTERS = 256;
const SEPARATOR = ' ';

/** Names a list by what it lists and whose it is: `['Round', program.id]`. */
export type ListName = readonly [kind: string, owner: string];

const prefixOf = (list: ListName): string => `${list.join(SEPARATOR)}${SEPARATOR}`;

/** Makes the opaque cursor of a row; it is good for this list alone. */
export function sealCursor(list: ListName, position: string): string {
  return Buffer.from(`${prefixOf(list)}${position}`).toString('base64url');
}

/**
 * Reads the position in a cursor of this list; null when none is given.
 *
 * @throws UserError MALFORMED for a cursor of another list, and for a text that {@link sealCursor} never makes
 */
export function openCursor(list: ListName, after: string | null | undefined): string | null {
  if (after === null || after === undefined) return null;
  const isLong = after.length > MAX_CURSOR_CHARACTERS;
  const text = isLong ? '' : Buffer.from(after, 'base64url').toString('utf8');
  const position = text.startsWith(prefixOf(list)) ? text.slice(prefixOf(list).length) : '';
  if (position === '' || sealCursor(list, position) !== after) throw badCursor();
  return position;
}

/** Refuses a text that is no cursor of the list. */
export const badCursor = (): UserError =>
  new UserError({
    code: 'MALFORMED',
    message: 'after is not a cursor of this connection; it must be an "endCursor" of it.',
    field: 'after',
  });
