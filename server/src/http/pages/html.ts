const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes text for HTML, in elements and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
}

/** HTML that is safe to put into a page as it stands. */
export class SafeHtml {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | SafeHtml | readonly SafeHtml[];

const textOf = (part: Part): string => {
  if (part instanceof SafeHtml) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escapeHtml(String(part));
};

/** Renders a template and escapes its values, unless they come from such a template themselves. */
export function html(pieces: TemplateStringsArray, ...parts: readonly Part[]): SafeHtml {
  return new SafeHtml(
    pieces
      .map((piece, index) => piece + (index < parts.length ? textOf(parts[index] ?? '') : ''))
      .join(''),
  );
}
