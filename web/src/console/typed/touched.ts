/** Texts of a form, by field. */
export type Texts = Readonly<Record<string, string>>;

/** What was typed over what is kept; a field that is as it is kept is untouched. */
export function typeOver<Fields extends Texts>(
  kept: Fields,
  touched: Partial<Fields>,
  part: Partial<Fields>,
): Partial<Fields> {
  const fields = Object.entries({ ...touched, ...part }).filter(
    ([name, text]) => text !== kept[name],
  );
  return Object.fromEntries(fields) as Partial<Fields>;
}

const bare = (text: string): string => text.trim().normalize('NFC');

/** What stays typed when other texts are kept than before: what was saved is untouched again, whatever spaces were around it. */
export function stillTyped<Fields extends Texts>(
  kept: Fields,
  touched: Partial<Fields>,
): Partial<Fields> {
  const fields = Object.entries(touched as Texts).filter(
    ([name, text]) => bare(text) !== bare(kept[name] ?? ''),
  );
  return Object.fromEntries(fields) as Partial<Fields>;
}
