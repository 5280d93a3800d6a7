import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Response } from 'express';

/** HTML files that the bundler wrote, by the name of their face. */
export interface BuiltPages {
  /**
   * Sends the page of a face; says how to build it where it is not built.
   *
   * @param change of what was built, for this answer alone: nothing keeps it
   */
  send(response: Response, face: string, change?: (page: string) => string): Promise<void>;
}

const SERVICE_UNAVAILABLE = 503;

export function createBuiltPages(webDist: string): BuiltPages {
  const pages = new Map<string, string>();
  const read = async (face: string): Promise<string | null> => {
    const known = pages.get(face);
    if (known !== undefined) return known;
    try {
      const page = await readFile(join(webDist, face, 'index.html'), 'utf8');
      pages.set(face, page);
      return page;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  };
  return {
    send: async (response, face, change) => {
      const page = await read(face);
      // It names the files of this very build: an older one would ask for files that are gone.
      response
        .type('html')
        .setHeader('cache-control', change === undefined ? 'no-cache' : 'no-store');
      if (page !== null) {
        response.send(change?.(page) ?? page);
        return;
      }
      response
        .status(SERVICE_UNAVAILABLE)
        .send(
          '<!doctype html><title>Not built</title><p>This page is not built yet. ' +
            'Build it with <code>npm run build -w web</code> and load it again.',
        );
    },
  };
}
