import type { Request } from 'express';

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Tells whether a request names this machine as its host: a page elsewhere that makes its own name point to this machine does not.
 */
export const namesThisMachine = (request: Request): boolean =>
  LOOPBACK_HOSTS.has(request.host.replace(/:\d+$/, ''));
