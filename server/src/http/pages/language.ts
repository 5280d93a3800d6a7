import type { Request } from 'express';
import { LANGUAGES, type Language } from '../../graphql/errors/errorCatalogue.ts';

/** Returns the language that a visitor chose by `?lang=`, else the one that the browser prefers. */
export function languageOf(request: Request): Language {
  const chosen = request.query['lang'];
  const known = LANGUAGES.find((language) => language === chosen);
  if (known !== undefined) return known;
  const preferred = request.acceptsLanguages(['en', 'zh-CN', 'zh']);
  return preferred !== false && preferred.startsWith('zh') ? 'zh' : 'en';
}
