import type { JSX } from 'react';

const MARKED = /<(b|small|s)>(.*?)<\/\1>/g;

/** A sentence of the catalogue, with what it marks: `<b>`, `<small>` and `<s>`. */
export function Rich({ text }: { text: string }): JSX.Element {
  const parts: (string | JSX.Element)[] = [];
  let at = 0;
  for (const found of text.matchAll(MARKED)) {
    const [whole, tag = 'b', inner = ''] = found;
    const Tag = tag as 'b' | 'small' | 's';
    parts.push(text.slice(at, found.index), <Tag key={found.index}>{inner}</Tag>);
    at = found.index + whole.length;
  }
  return <>{[...parts, text.slice(at)]}</>;
}
