import { UserError } from '../../domain/errors.ts';

/** Types that have global ids; an id of any other type is malformed. */
const NODE_TYPES = ['Program', 'RuleSet', 'Member', 'Change', 'Round', 'Item', 'Order'];
const MAX_GLOBAL_ID_CHARACTERS = 256;

/** Encodes an opaque id that is unique across types. */
export function encodeGlobalId(typename: string, id: string | number | bigint): string {
  return Buffer.from(`${typename}:${id}`).toString('base64url');
}

/**
 * Decodes a global id.
 *
 * @throws UserError MALFORMED for a text that {@link encodeGlobalId} never makes
 */
export function decodeGlobalId(globalId: string): { typename: string; id: string } {
  const text =
    globalId.length > MAX_GLOBAL_ID_CHARACTERS
      ? ''
      : Buffer.from(globalId, 'base64url').toString('utf8');
  const colon = text.indexOf(':');
  const typename = text.slice(0, Math.max(colon, 0));
  const id = text.slice(colon + 1);
  // Decoding leaves out what does not belong there; only one text is the id of an object.
  const isSame = encodeGlobalId(typename, id) === globalId;
  if (!NODE_TYPES.includes(typename) || id === '' || !isSame) {
    throw new UserError({
      code: 'MALFORMED',
      message: 'id is not a global id; it must be the value of an "id" field of this API.',
      field: 'id',
    });
  }
  return { typename, id };
}

/** Finds the id of the program that a global id names; null for any other text. */
export function idOfProgram(text: string): string | null {
  try {
    const { typename, id } = decodeGlobalId(text);
    return typename === 'Program' ? id : null;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}
