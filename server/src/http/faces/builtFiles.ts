import type { RequestHandler } from 'express';
import staticGzip from 'express-static-gzip';

/** How long browsers may keep a file. */
export interface KeptFor {
  /** As Express writes it: `365d`. */
  readonly maxAge: string;
  /** Whether another version has another name. */
  readonly immutable: boolean;
}

const isReadable = (path: string): boolean => {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
};

/** Serves the files that the bundler wrote into a folder, in the smallest form that the browser can read; never a page in the place of one that is gone. */
export function builtFiles(folder: string, { maxAge, immutable }: KeptFor): RequestHandler {
  const send = staticGzip(folder, {
    enableBrotli: true,
    orderPreference: ['br', 'gzip'],
    index: false,
    serveStatic: { redirect: false, maxAge, immutable },
  });
  return (request, response, next) => {
    // It would answer in words of its own; there is no such file either way.
    if (isReadable(request.path)) send(request, response, next);
    else next();
  };
}
