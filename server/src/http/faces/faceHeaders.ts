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

/** What pages may do with the device: nothing. */
export const NO_DEVICES = 'camera=(), geolocation=(), microphone=()';
/** Pages that read codes see by the camera, and let no frame in them. */
export const OWN_CAMERA = 'camera=(self), geolocation=(), microphone=()';

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
