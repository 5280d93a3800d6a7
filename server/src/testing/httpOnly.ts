import type { Express } from 'express';
import { createSharedCalls } from '../graphql/core/sharedCalls.ts';
import { startApollo } from '../graphql/apollo.ts';
import type { GraphqlServices } from '../graphql/core/context.ts';
import { createApp } from '../http/app.ts';
import type { RateLimits } from '../http/rateLimit.ts';
import type { Overview } from '../http/pages/homePage.ts';
import { createLogger } from '../lib/logger.ts';
import { createMetrics } from '../lib/metrics.ts';
import type { KeyScope } from '../domain/organisations/scopes.ts';
import { createCallers } from '../services/access/callers.ts';
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
    noticePeriodMs: 604_800_000,
    objectionThresholdBps: 1_000,
    isChanging: true,
    buyback: {
      pricePerPoint: 100_000n,
      budgetPerRound: 3_000_000n,
      minTender: 500n,
      token: INVENTED_PROGRAM.settlementToken,
      periodMs: 604_800_000,
      windowMs: 259_200_000,
      rounds: [
        { number: 2, isOpen: true, opensAtMs: 0, budget: 3_000_000n, available: 2_200_000n },
      ],
    },
    memberDoor: '/demo/wallet',
    auditDoor: '/audit/#/1/0x1',
  },
};

/**
 * The HTTP and GraphQL layers alone, for what they answer by themselves: services that a test does not name are not
 * there, so reaching one is a failure.
 */
export async function createHttpOnlyApp(args: {
  services?: Partial<GraphqlServices>;
  scopes?: readonly KeyScope[];
  webDist?: string;
  requestTimeoutMs?: number;
  rateLimits?: RateLimits;
  trustedProxies?: number;
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
      test: {
        openStatements: 2,
        oldestOpenStatementSeconds: 3_600,
        openTransactions: 1,
        oldestOpenTransactionSeconds: 2,
        readerLagBlocks: null,
        gasTanks: {
          'relayer 0': { balanceWei: 1_500_000_000_000_000_000n, low: false },
          'relayer 1': null,
        },
        payingLanes: 1,
        openHooks: { waiting: 3, retrying: null },
        oldestHookSeconds: 4,
        deadHookEndpoints: 0,
      },
    }),
  );
  const common = { chainId: 31_337, metrics, sharedCalls: createSharedCalls() };
  const services = { ...common, ...args.services } as GraphqlServices;
  return createApp({
    apollo: await startApollo(log, metrics),
    services: { of: () => services, in: () => services },
    log,
    metrics,
    paymentEvents: null,
    callers: createCallers({
      apiKeys: {
        authenticate: (key) =>
          Promise.resolve(
            key === GOOD_KEY
              ? {
                  id: 'key_0000000000000001',
                  organisationId: INVENTED_PROGRAM.organisationId,
                  environment: INVENTED_PROGRAM.environment,
                  programId: INVENTED_PROGRAM.id,
                  name: 'test',
                  hash: '',
                  scopes: args.scopes ?? ['actions:write'],
                  createdAtMs: 0,
                  expiresAtMs: null,
                  lastUsedAtMs: null,
                  revokedAtMs: null,
                }
              : null,
          ),
      },
      memberSessions: { authenticate: () => Promise.resolve(null) },
      people: { sessionOf: () => Promise.resolve(null), isTrustedOrigin: () => false },
      teams: { membership: () => Promise.resolve(null) },
      programs: { get: () => Promise.resolve(INVENTED_PROGRAM) },
    }),
    signIn: {
      answer: () => Promise.reject(new Error('nobody signs in here')),
      publicUrl: () => 'http://127.0.0.1:4000',
      addressHeader: 'address',
      isMailReal: true,
    },
    probe: () =>
      Promise.resolve({
        database: args.isDatabaseUp ?? true,
        chain: false,
        readerLagBlocks: null,
        relayerCanPay: true,
      }),
    overview: () => Promise.resolve(OVERVIEW),
    demoKey: () => GOOD_KEY,
    demoLinks: { wallet: () => Promise.resolve('/w/prg_1#t=1'), audit: () => '/audit/#/1/0x1' },
    webDist: args.webDist ?? '/nowhere',
    trustedProxies: args.trustedProxies ?? 0,
    rateLimits: args.rateLimits ?? { keyPerMinute: 0, sessionPerMinute: 0, addressPerMinute: 0 },
    requestTimeoutMs: args.requestTimeoutMs ?? 30_000,
  });
}
