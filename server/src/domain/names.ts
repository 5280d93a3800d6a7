/**
 * What ids and names may be made of, and when two of them are one: names that look alike are not two names. Pure.
 *
 * Ids of apps are kept and compared in the form NFC, whichever form they come in. Words that are published on chain must
 * come in NFC: what is published is what was sent, to the byte.
 */

/**
 * What nobody sees or can tell apart: control, format and unassigned characters, blanks other than the ASCII one, and what
 * is drawn as nothing. A variation selector is part of the picture or the Han character before it.
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}|(?!\p{Variation_Selector})\p{Default_Ignorable_Code_Point}|(?<![\p{Extended_Pictographic}\p{Script=Han}])\p{Variation_Selector}/u;

/** What {@link flawOf} asks for, for messages. */
export const NAME_RULE =
  'without blanks at its ends, control characters, invisible characters and blanks other than the ASCII space';

/** Returns the form in which an id or a name is kept and compared: NFC. */
export function nameForm(text: string): string {
  return text.normalize('NFC');
}

/** Tells whether two names are one: what looks the same in two forms of Unicode is the same. */
export function isSameName(a: string, b: string): boolean {
  return nameForm(a) === nameForm(b);
}

/** Counts the characters of a text as people do: code points. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Says what no id and no name may have, to go on after its field, such as "has a blank at its end"; null for a good one. */
export function flawOf(text: string): string | null {
  if (text.startsWith(' ')) return 'has a blank at its start';
  if (text.endsWith(' ')) return 'has a blank at its end';
  const found = UNSEEN.exec(text);
  if (found === null) return null;
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  const place = codePoints(text.slice(0, found.index)) + 1;
  return `has the character U+${code} at place ${place}`;
}
