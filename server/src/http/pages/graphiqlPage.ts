import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import { namesThisMachine } from '../core/loopback.ts';
import { escapeHtml } from './html.ts';

/** The place in the built page for the key of a local demo. */
const KEY_PLACEHOLDER = 'data-api-key=""';
const SERVICE_UNAVAILABLE = 503;

/** GraphiQL as a page of our own, from our own bundle: nothing is loaded from elsewhere. */
export interface GraphiqlPage {
  send(request: Request, response: Response): void;
}

/** Scripts only from us; styles are also set by CodeMirror at run time. */
export const GRAPHIQL_CSP = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

const readPage = (webDist: string): string | null => {
  try {
    return readFileSync(join(webDist, 'graphiql', 'index.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const notBuilt = (webDist: string): string =>
  `<!doctype html><title>GraphiQL is not built</title><p>There is no page in ${escapeHtml(webDist)} yet. ` +
  'Build it with <code>npm run build -w web</code> and load this page again.';

/**
 * @param demoKey Put into the headers tab for a browser on this machine, so that the local demo answers at once; null
 * everywhere else.
 */
export function createGraphiqlPage(args: {
  webDist: string;
  demoKey: () => string | null;
}): GraphiqlPage {
  let page: string | null = null;
  return {
    send(request, response) {
      page ??= readPage(args.webDist);
      response.vary('accept');
      if (page === null) {
        response.status(SERVICE_UNAVAILABLE).type('html').send(notBuilt(args.webDist));
        return;
      }
      // A page elsewhere that makes its name point to this machine must not read the key.
      const key = namesThisMachine(request) ? (args.demoKey() ?? '') : '';
      response
        .type('html')
        .setHeader('cache-control', 'no-store')
        .send(page.replace(KEY_PLACEHOLDER, () => `data-api-key="${escapeHtml(key)}"`));
    },
  };
}
