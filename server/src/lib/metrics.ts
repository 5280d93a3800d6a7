import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Numbers that are read at each scrape; null when the part that has them does not answer. */
export interface Gauges {
  /** Statements that are not settled in full yet. */
  readonly openStatements: number | null;
  /** Transactions that are queued, signed or broadcast and not final. */
  readonly openTransactions: number | null;
  /** Blocks between the chain's head and what the indexer has read. */
  readonly readerLagBlocks: number | null;
  /** Balance of each of the service's own accounts, in wei. */
  readonly gasTanksWei: Readonly<Record<string, bigint | null>>;
}

export type RecordingOutcome = 'recorded' | 'duplicate' | 'rejected' | 'voided';

/** Counts and durations for Prometheus. No ids, names or amounts of members: the page is public. */
export interface Metrics {
  countActions(outcome: RecordingOutcome, count: number): void;
  observeRequest(route: string, status: number, seconds: number): void;
  /** Renders the text page of a scrape. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>;
}

const DURATION_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const WEI_PER_ETHER = 1e18;

/**
 * Creates the registry of one server, so that several servers in one process do not share counts.
 *
 * @param readGauges Called once for each scrape.
 */
export function createMetrics(readGauges: () => Promise<Gauges>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const actions = new Counter({
    name: 'dewpoint_actions_total',
    help: 'Actions reported by apps, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const requests = new Histogram({
    name: 'dewpoint_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['route', 'status'],
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
  const openStatements = gauge('dewpoint_open_statements', 'Statements not settled in full yet.');
  const openTransactions = gauge('dewpoint_open_transactions', 'Transactions that are not final.');
  const readerLag = gauge(
    'dewpoint_reader_lag_blocks',
    'Blocks that the indexer is behind the chain.',
  );
  const gasTank = new Gauge({
    name: 'dewpoint_gas_tank_ether',
    help: "Balances of the service's own accounts, which pay for gas.",
    labelNames: ['account'],
    registers,
  });

  // NaN is how Prometheus writes "not known": a stale number would hide that a part is down.
  const set = (target: Gauge, value: number | null): void => target.set(value ?? Number.NaN);

  return {
    countActions: (outcome, count) => actions.inc({ outcome }, count),
    observeRequest: (route, status, seconds) =>
      requests.observe({ route, status: String(status) }, seconds),
    async page() {
      const now = await readGauges();
      set(openStatements, now.openStatements);
      set(openTransactions, now.openTransactions);
      set(readerLag, now.readerLagBlocks);
      for (const [account, wei] of Object.entries(now.gasTanksWei)) {
        gasTank.set({ account }, wei === null ? Number.NaN : Number(wei) / WEI_PER_ETHER);
      }
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
