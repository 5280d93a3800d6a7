import { Router, type Request } from 'express';
import { namesThisMachine } from '../core/loopback.ts';

/** Where a visitor on this machine goes in as a member of the demo, and where its numbers are checked. */
export const MEMBER_DOOR = '/demo/wallet';
export const AUDIT_DOOR = '/demo/audit';

const LOOPBACK_ADDRESSES = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** Makes links into a local demo. */
export interface DemoLinks {
  /** A link into the wallet of a member, with a ticket that is good once; null where there is no demo on a local chain. */
  wallet(): Promise<string | null>;
  /** The link to the audit page of the demo; null where there is none. */
  audit(): string | null;
}

/** Tells whether a browser on this machine asks, by the name of this machine. */
export const isOnThisMachine = (request: Request): boolean =>
  namesThisMachine(request) && LOOPBACK_ADDRESSES.has(request.socket.remoteAddress ?? '');

/** Leads visitors on this machine into a local demo. The ticket is in the fragment, which no server sees. */
export function createDemoDoors(links: DemoLinks): Router {
  const router = Router();
  const lead = (path: string, linkTo: () => Promise<string | null>): void => {
    router.get(path, async (request, response, next) => {
      const link = isOnThisMachine(request) ? await linkTo() : null;
      if (link === null) return next();
      response.setHeader('cache-control', 'no-store');
      response.redirect(link);
    });
  };
  lead(MEMBER_DOOR, () => links.wallet());
  lead(AUDIT_DOOR, () => Promise.resolve(links.audit()));
  return router;
}
