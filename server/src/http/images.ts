import { Router } from 'express';
import type { Looks } from '../services/programs/looks.ts';

const HASH = /^[0-9a-f]{64}$/;
const ONE_YEAR = 'public, max-age=31536000, immutable';
/** An image is shown, and can do nothing, also when it is opened by itself. */
const IMAGE_CSP = "default-src 'none'; sandbox";

/** `/images/:hash`: logos of programs. What is at an address never changes. */
export function createImageRoute(looks: Pick<Looks, 'image'>): Router {
  const router = Router();
  router.get('/images/:hash', async (request, response, next) => {
    const { hash } = request.params;
    const bytes = HASH.test(hash) ? await looks.image(hash) : null;
    if (bytes === null) {
      next();
      return;
    }
    response
      .setHeader('content-security-policy', IMAGE_CSP)
      .setHeader('cache-control', ONE_YEAR)
      .type('image/webp')
      .send(bytes);
  });
  return router;
}
