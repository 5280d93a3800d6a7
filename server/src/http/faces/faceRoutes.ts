import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Router } from 'express';
import type { ProgramLook } from '../../domain/programs/look.ts';
import { builtFiles } from './builtFiles.ts';
import { createBuiltPages } from './builtPages.ts';
import { OWN_CAMERA, OWN_FILES_ONLY, policyText, withPolicy, type Policy } from './faceHeaders.ts';

/** What the faces need of the service. */
export interface FaceDeps {
  /** Folder with what the bundler wrote, a folder a face. */
  readonly webDist: string;
  /** Finds the look of a program by its id; null when there is no such program. */
  lookOf(programId: string): Promise<ProgramLook | null>;
}

/** Their names have their content in them. */
const FOR_EVER = { maxAge: '365d', immutable: true } as const;
/** The loader keeps its address over versions of the service. */
const LOADER = { maxAge: '1h', immutable: false } as const;

/** At the top wallets come into the page, and announce themselves with icons, which are "data:" addresses. */
const TOP_POLICY = {
  ...OWN_FILES_ONLY,
  'img-src': ["'self'", 'data:'],
  'frame-ancestors': ["'none'"],
};

/** Reads the chain from the node that its visitor names, and asks nothing of this service. */
const AUDIT_POLICY = {
  ...OWN_FILES_ONLY,
  'worker-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'", 'https:', 'http://127.0.0.1:*', 'http://localhost:*'],
  'frame-ancestors': ['*'],
};

/** Its parts write styles of their own, which have the nonce of their answer; it pays at Stripe, and shows the wallet in a frame. */
const consolePolicy = (nonce: string): Policy => ({
  ...OWN_FILES_ONLY,
  'style-src': ["'self'", `'nonce-${nonce}'`],
  // Pictures of wallets come as `data:`.
  'img-src': ["'self'", 'blob:', 'data:'],
  'frame-src': ["'self'"],
  'form-action': ["'self'", 'https://checkout.stripe.com', 'https://billing.stripe.com'],
  'frame-ancestors': ["'none'"],
});
/** The place in the built page for the nonce. */
const NONCE_PLACE = 'NONCE-OF-THIS-ANSWER';
const NONCE_BYTES = 16;

/** Serves the console (`/console`), the wallet (`/w/:program`, `/embed/:program`), the audit page (`/audit/`) and the loader (`/embed/v1.js`). */
export function createFaceRoutes({ webDist, lookOf }: FaceDeps): Router {
  const router = Router();
  const pages = createBuiltPages(webDist);

  router.use('/fonts', builtFiles(join(webDist, 'fonts'), { ...FOR_EVER, immutable: false }));
  router.use('/assets/wallet', builtFiles(join(webDist, 'wallet'), FOR_EVER));
  router.get('/embed/v1.js', (_request, response, next) => {
    // Any page may load it; it has no secret, and does nothing for a page that a program does not allow.
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    next();
  });
  router.use('/embed', builtFiles(join(webDist, 'embed'), LOADER));
  router.get('/embed/:program', async (request, response, next) => {
    const look = await lookOf(request.params.program);
    if (look === null) return next();
    // Our own pages may show it too: the preview of the console.
    const ancestors = ["'self'", ...look.origins];
    response.removeHeader('x-frame-options');
    response.setHeader(
      'content-security-policy',
      policyText({ ...OWN_FILES_ONLY, 'frame-ancestors': ancestors }),
    );
    await pages.send(response, 'wallet');
  });
  router.get('/w/:program{/link}', async (request, response, next) => {
    if ((await lookOf(request.params.program)) === null) return next();
    response
      .setHeader('content-security-policy', policyText(TOP_POLICY))
      // Some wallets are pages that open beside this one.
      .setHeader('cross-origin-opener-policy', 'same-origin-allow-popups');
    await pages.send(response, 'wallet');
  });
  router.use('/assets/console', builtFiles(join(webDist, 'console'), FOR_EVER));
  router.get(['/console', '/console/*page'], async (_request, response) => {
    const nonce = randomBytes(NONCE_BYTES).toString('base64');
    response
      .setHeader('content-security-policy', policyText(consolePolicy(nonce)))
      // It scans what members show at a counter.
      .setHeader('permissions-policy', OWN_CAMERA);
    // One nonce is for one answer.
    await pages.send(response, 'console', (page) => page.replace(NONCE_PLACE, nonce));
  });
  router.get('/audit', (request, response, next) => {
    // Its files have relative addresses.
    if (request.path.endsWith('/')) next();
    else response.redirect('/audit/');
  });
  router.get('/audit/', withPolicy(AUDIT_POLICY), async (_request, response) => {
    response.removeHeader('x-frame-options');
    await pages.send(response, 'audit');
  });
  router.get(
    ['/audit/audit.html', '/audit/chains.json'],
    withPolicy(AUDIT_POLICY),
    (request, response) => {
      const name = request.path.slice('/audit/'.length);
      // Their addresses stay over versions of the service.
      response.setHeader('cache-control', 'no-cache');
      // The page in one file is for a disk: here its policy would not let its own script run.
      if (name === 'audit.html') response.attachment('dewpoint-audit.html');
      response.sendFile(name, { root: join(webDist, 'audit'), cacheControl: false });
    },
  );
  router.use('/audit', withPolicy(AUDIT_POLICY), builtFiles(join(webDist, 'audit'), FOR_EVER));
  return router;
}
