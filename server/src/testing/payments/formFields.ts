/** Fields of a form as Stripe takes them: `a[b][0]=c` is `{ a: { b: ['c'] } }`. */
export type FormFields = Readonly<Record<string, unknown>>;

const isIndex = (name: string): boolean => /^\d+$/.test(name);

/** Turns objects whose names are 0, 1, 2 ... into lists. */
function withLists(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withLists(inner)] as const);
  if (entries.length > 0 && entries.every(([name]) => isIndex(name))) {
    return entries.map(([, inner]) => inner);
  }
  return Object.fromEntries(entries);
}

export function readForm(text: string): FormFields {
  const root: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/\[|\]/).filter((part) => part !== '');
    let at = root;
    path.forEach((part, index) => {
      if (index === path.length - 1) at[part] = value;
      else at = (at[part] ??= {}) as Record<string, unknown>;
    });
  }
  return withLists(root) as FormFields;
}
