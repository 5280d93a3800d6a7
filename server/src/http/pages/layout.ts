import type { Language } from '../../graphql/errors/errorCatalogue.ts';
import { html, SafeHtml } from './html.ts';

/** A drop of water. */
const DROP = new SafeHtml(
  '<svg viewBox="0 0 22 26" aria-hidden="true"><path d="M11 0C11 0 1 10.6 1 16.2a10 9.8 0 0 0 20 0C21 10.6 11 0 11 0Zm-4.6 16.1a1.2 1.2 0 0 1 2.4 0 2.9 2.9 0 0 0 2.6 2.9 1.2 1.2 0 0 1-.2 2.4 5.3 5.3 0 0 1-4.8-5.3Z"/></svg>',
);

const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', zh: '中文' };
const TAGS: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-CN' };

const languageLinks = (language: Language): SafeHtml[] =>
  (['en', 'zh'] as const).map((other) =>
    other === language
      ? html`<b lang="${TAGS[other]}" aria-current="true">${LANGUAGE_NAMES[other]}</b>`
      : html`<a href="?lang=${other}" lang="${TAGS[other]}" hreflang="${TAGS[other]}"
          >${LANGUAGE_NAMES[other]}</a
        >`,
  );

/** Renders a whole page around its body. */
export function pageOf(args: {
  language: Language;
  title: string;
  description: string;
  body: SafeHtml;
  footer: string;
}): string {
  const { language, title, description, body, footer } = args;
  return html`<!doctype html>
    <html lang="${TAGS[language]}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content="${description}" />
        <title>${title}</title>
        <link rel="icon" href="/drop.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body>
        <header class="top">
          <div class="wrap">
            <a class="brand" href="/?lang=${language}">${DROP} Dewpoint</a>
            <nav class="languages" aria-label="Language">${languageLinks(language)}</nav>
          </div>
        </header>
        <main class="wrap">${body}</main>
        <footer><div class="wrap">${footer}</div></footer>
      </body>
    </html>`.text;
}

/** The icon of the pages. */
export const DROP_ICON = DROP.text.replace(
  '<svg viewBox',
  '<svg xmlns="http://www.w3.org/2000/svg" fill="#0b7a63" viewBox',
);
