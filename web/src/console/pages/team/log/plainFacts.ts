/** One thing that a JSON text says: where in it, and what. */
export interface PlainFact {
  readonly path: string;
  readonly value: string;
}

/** Most lines of one text. */
const MOST = 60;

function walk(value: unknown, path: string): PlainFact[] {
  if (typeof value !== 'object' || value === null) {
    return [{ path, value: typeof value === 'string' ? value : JSON.stringify(value) }];
  }
  const parts = Array.isArray(value)
    ? value.map((each: unknown, index) => [`${index + 1}`, each] as const)
    : Object.entries(value);
  return parts.flatMap(([name, each]) => walk(each, path === '' ? name : `${path} › ${name}`));
}

/** Reads a JSON text line by line, as people do; a text that is none is one line. */
export function plainFactsOf(json: string): readonly PlainFact[] {
  try {
    return walk(JSON.parse(json), '').slice(0, MOST);
  } catch {
    return [{ path: '', value: json }];
  }
}
