import type { RequestHandler } from 'express';
import { sendError } from './httpErrors.ts';

const METHOD_NOT_ALLOWED = 405;

/** Answers requests by other methods. @param allowed methods, as the header `allow` lists them */
export const onlyThese =
  (allowed: string): RequestHandler =>
  (request, response) => {
    response.setHeader('allow', allowed);
    sendError(response, {
      code: 'MALFORMED_REQUEST',
      message: `The method is ${request.method}; it must be ${allowed.split(', ').at(-1) ?? ''}.`,
      status: METHOD_NOT_ALLOWED,
    });
  };
