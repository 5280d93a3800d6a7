/** Long values are cut in messages: an error must not be as long as the body that caused it. */
const MAX_SHOWN_CHARACTERS = 60;

const textOf = (value: unknown): string => {
  // Lists within lists can be nested deeper than any function can call itself.
  if (typeof value === 'object' && value !== null)
    return Array.isArray(value) ? 'a list' : 'an object';
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  return JSON.stringify(value) ?? String(value);
};

/** Shows a value in a message as it came, cut when it is long. */
export function show(value: unknown): string {
  const text = textOf(value);
  return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}...` : text;
}
