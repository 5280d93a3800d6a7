/**
 * Writes a value as JSON that is the same for equal values: names of fields in order, no blanks, whole numbers of any size as
 * text, and no fields that are undefined. It is what hashes are taken of.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'bigint') return `"${value}"`;
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value)
      .filter(([, inner]) => inner !== undefined && typeof inner !== 'function')
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`);
    return `{${fields.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}
