import type { Express } from 'express';
import { startApollo } from '../graphql/apollo.ts';
import type { GraphqlServices } from '../graphql/core/context.ts';
import { createApp } from '../http/app.ts';
import type { Overview } from '../http/pages/homePage.ts';
import { createLogger } from '../lib/logger.ts';
import { createMetrics } from '../lib/metrics.ts';
import type { Scope } from '../ports/stores/access.ts';
import { INVENTED_PROGRAM } from './builders/program.ts';

export const GOOD_KEY = 'dw_test_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa';

const OVERVIEW: Overview = {
  version: '0.1.0',
  nodeVersion: 'v20',
  chain: { id: 31_337, blockNumber: 12, answers: true },
  database: { kind: 'MongoDB', answers: true },
  demo: {
    name: 'Café <script>',
    symbol: 'T',
    address: INVENTED_PROGRAM.address,
    epoch: 3,
    epochLengthMs: INVENTED_PROGRAM.epochLengthMs,
    amountUnit: null,
    openStatements: 0,
    outstanding: 1250n,
    rules: [],
  },
};

/**
 * The HTTP and GraphQL layers alone, for what they answer by themselves: services that a test does not name are not
 * there, so reaching one is a failure.
 */
export async function createHttpOnlyApp(args: {
  services?: Partial<GraphqlServices>;
  scopes?: readonly Scope[];
  webDist?: string;
  requestTimeoutMs?: number;
  isDatabaseUp?: boolean;
  logLines?: string[];
}): Promise<Express> {
  const log = createLogger({
    level: 'debug',
    pretty: false,
    destination: { write: (line) => void args.logLines?.push(line) },
  });
  const metrics = createMetrics(() =>
    Promise.resolve({
      openStatements: 2,
      openTransactions: 1,
      readerLagBlocks: null,
      gasTanksWei: { 'relayer 0': 1_500_000_000_000_000_000n, 'relayer 1': null },
    }),
  );
  return createApp({
    apollo: await startApollo(log),
    services: { metrics, ...args.services } as GraphqlServices,
    log,
    metrics,
    directory: {
      authenticate: (key) =>
        Promise.resolve(
          key === GOOD_KEY
            ? {
                id: 'key_0000000000000001',
                programId: INVENTED_PROGRAM.id,
                name: 'test',
                hash: '',
                scopes: args.scopes ?? ['actions:write'],
                createdAtMs: 0,
                revokedAtMs: null,
              }
            : null,
        ),
      get: () => Promise.resolve(INVENTED_PROGRAM),
    },
    probe: () =>
      Promise.resolve({
        database: args.isDatabaseUp ?? true,
        chain: false,
        readerLagBlocks: null,
      }),
    overview: () => Promise.resolve(OVERVIEW),
    demoKey: () => GOOD_KEY,
    webDist: args.webDist ?? '/nowhere',
    trustedProxies: 0,
    requestTimeoutMs: args.requestTimeoutMs ?? 30_000,
  });
}
