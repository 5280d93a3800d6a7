import type { RequestHandler } from 'express';

/** Sources of a Content-Security-Policy, by directive. */
export type Policy = Readonly<Record<string, readonly string[]>>;

/** Scripts, styles, fonts, pictures and calls of our own, and nothing else. */
export const OWN_FILES_ONLY: Policy = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'font-src': ["'self'"],
  'img-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/** Writes a policy as the header has it. */
export const policyText = (policy: Policy): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join(';');

/** Gives all answers behind it a policy, in the place of the one of pages without scripts. */
export function withPolicy(policy: Policy): RequestHandler {
  const text = policyText(policy);
  return (_request, response, next) => {
    response.setHeader('content-security-policy', text);
    next();
  };
}
