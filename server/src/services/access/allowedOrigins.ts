import type { Program } from '../../domain/program.ts';
import type { Looks } from '../programs/looks.ts';

/** Tells which web pages may act for members of a program. */
export interface AllowedOrigins {
  /** @param origin Scheme, host and port, as browsers write it: `https://app.example`. */
  allows(program: Program, origin: string): Promise<boolean>;
}

const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/**
 * Allows the service's own pages, those that the look of the program names and, where the chain is on this machine, those of this
 * machine too.
 */
export const createAllowedOrigins = ({
  looks,
  publicUrl,
  isLocal,
}: {
  readonly looks: Pick<Looks, 'of'>;
  /** Scheme, host and port under which people reach the service; null where that is not known. */
  readonly publicUrl: string | null;
  readonly isLocal: boolean;
}): AllowedOrigins => ({
  allows: async ({ id }, origin) =>
    origin === publicUrl ||
    (isLocal && LOOPBACK.test(origin)) ||
    (await looks.of(id)).origins.includes(origin),
});
