import { Router } from 'express';
import type { Metrics } from '../lib/metrics.ts';
import { within } from '../lib/within.ts';

/** Whether the database and all chains answer now. */
export interface Readiness {
  readonly database: boolean;
  readonly chain: boolean;
  /** Blocks between a chain's head and what the indexer has read, the most of all chains; null when that is not known. */
  readonly readerLagBlocks: number | null;
  /** Whether any lane of the relayer has gas money for a full batch; null when that is not known. */
  readonly relayerCanPay: boolean | null;
}

/** Time after which a part counts as not answering. */
const PROBE_TIMEOUT_MS = 2_000;
const SERVICE_UNAVAILABLE = 503;

const NOBODY_ANSWERS: Readiness = {
  database: false,
  chain: false,
  readerLagBlocks: null,
  relayerCanPay: null,
};

/**
 * `/healthz`: the process is up (restart it when it does not answer). `/readyz`: it can serve (send it no calls while
 * it says 503). Recording needs the database alone, so a chain that is away, or a relayer without gas, is told and does not make
 * it unready.
 * `/metrics`: for Prometheus; counts only, so it is open.
 */
export function createHealthRoutes(args: {
  probe: () => Promise<Readiness>;
  metrics: Metrics;
}): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'up' });
  });
  router.get('/readyz', async (_request, response) => {
    const readiness = await within(PROBE_TIMEOUT_MS, args.probe, NOBODY_ANSWERS);
    response
      .status(readiness.database ? 200 : SERVICE_UNAVAILABLE)
      .json({ status: readiness.database ? 'ready' : 'not ready', ...readiness });
  });
  router.get('/metrics', async (_request, response) => {
    const { contentType, text } = await args.metrics.page();
    response.setHeader('content-type', contentType).send(text);
  });
  return router;
}
