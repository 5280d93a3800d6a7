import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Numbers of one environment that are read at each scrape; null when the part that has them does not answer. */
export interface Gauges {
  /** Statements that are not settled in full yet. */
  readonly openStatements: number | null;
  /** Since the oldest epoch closed that has such a statement, by the clock of the chain; 0 while there is none. */
  readonly oldestOpenStatementSeconds: number | null;
  /** Transactions that are queued, signed or broadcast and not final. */
  readonly openTransactions: number | null;
  /** Since the oldest of them was queued; 0 while there is none. */
  readonly oldestOpenTransactionSeconds: number | null;
  /** Blocks between the chain's head and what the indexer has read. */
  readonly readerLagBlocks: number | null;
  /** Of each of the service's own accounts: what it has in wei, and whether that is low. */
  readonly gasTanks: Readonly<
    Record<string, { readonly balanceWei: bigint; readonly low: boolean } | null>
  >;
  /** Lanes of the relayer that can pay for a full batch at the price of the moment. */
  readonly payingLanes: number | null;
  /** Deliveries of webhooks by state: `waiting` for their first attempt, `retrying` after a failure. */
  readonly openHooks: Readonly<Record<'waiting' | 'retrying', number | null>>;
  /** Since the oldest that waits for its first attempt was made; 0 while there is none. */
  readonly oldestHookSeconds: number | null;
  /** Endpoints that were given up. */
  readonly deadHookEndpoints: number | null;
}

/** Numbers of billing that are read at each scrape. */
export interface BillingGauges {
  /** Hours of the ledger that the provider has not confirmed. */
  readonly openHours: number;
  /** Since the oldest of them ended; 0 while there is none. */
  readonly oldestOpenHourSeconds: number;
  /** Hours that wait for a person. */
  readonly stuckHours: number;
  /** Messages of the provider that are not worked off. */
  readonly openEvents: number;
  /** Since the oldest of them came; 0 while there is none. */
  readonly oldestOpenEventSeconds: number;
  /** Organisations whose live actions are not recorded. */
  readonly stoppedOrganisations: number;
  /** Top-ups by card that are paid and not credited. */
  readonly openTopUps: number;
  /** Since the oldest of them cleared; 0 while none has. */
  readonly oldestClearedTopUpSeconds: number;
  /** Credited top-ups whose money went back to the card, or is disputed. */
  readonly topUpDebts: number;
}

/** How an attempt to send a webhook ended. */
export type HookOutcome = 'delivered' | 'failed' | 'refused' | 'dead';
export type RecordingOutcome = 'recorded' | 'duplicate' | 'rejected' | 'voided';

/** Counts and durations for Prometheus. No ids, names or amounts of members: the page is public. */
export interface Metrics {
  countActions(outcome: RecordingOutcome, count: number): void;
  /** @param code of the error catalogue */
  countRejected(code: string): void;
  /** @param environment that of the endpoint */
  countHook(environment: string, outcome: HookOutcome): void;
  /** Counts an error of a whole request. @param code of the error catalogue */
  countError(code: string): void;
  /** @param field of `Query` or `Mutation`, each that a request has */
  observeOperation(field: string, seconds: number): void;
  observeRequest(route: string, status: number, seconds: number): void;
  /** Renders the text page of a scrape. */
  page(): Promise<{ readonly contentType: string; readonly text: string }>;
}

const DURATION_BUCKETS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const WEI_PER_ETHER = 1e18;

/** Makes the metrics of billing. */
function createBillingMetrics(registers: Registry[]): (now: BillingGauges | null) => void {
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
  const gauges: Readonly<Record<keyof BillingGauges, Gauge>> = {
    openHours: gauge(
      'dewpoint_meter_hours_open',
      'Hours of live actions that the provider of payments has not confirmed.',
    ),
    oldestOpenHourSeconds: gauge(
      'dewpoint_oldest_open_meter_hour_seconds',
      'Time since the oldest hour ended that is not confirmed.',
    ),
    stuckHours: gauge(
      'dewpoint_meter_hours_stuck',
      'Hours that were refused or are in no sum of the provider: they wait for a person.',
    ),
    openEvents: gauge(
      'dewpoint_stripe_events_open',
      'Messages of the provider of payments that are not worked off.',
    ),
    oldestOpenEventSeconds: gauge(
      'dewpoint_oldest_open_stripe_event_seconds',
      'Time since the oldest such message came.',
    ),
    stoppedOrganisations: gauge(
      'dewpoint_billing_stopped_organisations',
      'Organisations whose live actions are not recorded, as they have not paid.',
    ),
    openTopUps: gauge(
      'dewpoint_top_ups_open',
      'Top-ups of reserves by card that are paid and not credited.',
    ),
    oldestClearedTopUpSeconds: gauge(
      'dewpoint_oldest_cleared_top_up_seconds',
      'Time since the oldest of them cleared that is not credited.',
    ),
    topUpDebts: gauge(
      'dewpoint_top_up_debts',
      'Top-ups that are owed: credited, and then disputed or refunded.',
    ),
  };
  return (now) => {
    for (const name of Object.keys(gauges) as (keyof BillingGauges)[]) {
      gauges[name].set(now?.[name] ?? Number.NaN);
    }
  };
}

/**
 * Creates the registry of one server, so that several servers in one process do not share counts.
 *
 * @param readGauges Called once for each scrape; by environment.
 * @param readBilling The same of billing; null while payments are off, or when the database does not answer.
 */
export function createMetrics(
  readGauges: () => Promise<Readonly<Record<string, Gauges>>>,
  readBilling: () => Promise<BillingGauges | null> = () => Promise.resolve(null),
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const setBilling = createBillingMetrics(registers);
  collectDefaultMetrics({ register: registry });
  const actions = new Counter({
    name: 'dewpoint_actions_total',
    help: 'Actions reported by apps, by outcome.',
    labelNames: ['outcome'],
    registers,
  });
  const rejected = new Counter({
    name: 'dewpoint_actions_rejected_total',
    help: 'Actions that were rejected, by code of the error catalogue.',
    labelNames: ['code'],
    registers,
  });
  const errors = new Counter({
    name: 'dewpoint_graphql_errors_total',
    help: 'Errors of whole requests to the API, by code of the error catalogue.',
    labelNames: ['code'],
    registers,
  });
  const operations = new Histogram({
    name: 'dewpoint_graphql_operation_duration_seconds',
    help: 'Time that requests to the API took, by each field of Query or Mutation in them.',
    labelNames: ['field'],
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const requests = new Histogram({
    name: 'dewpoint_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['route', 'status'],
    buckets: DURATION_BUCKETS_S,
    registers,
  });
  const hooks = new Counter({
    name: 'dewpoint_webhook_attempts_total',
    help: 'Attempts to send webhooks, by outcome: delivered, failed, refused for their address, or dead after a day.',
    labelNames: ['environment', 'outcome'],
    registers,
  });
  const labelNames = ['environment'] as const;
  type OfEnvironment = Gauge<'environment'>;
  const gauge = (name: string, help: string): OfEnvironment =>
    new Gauge({ name, help, labelNames, registers });
  const openStatements = gauge('dewpoint_open_statements', 'Statements not settled in full yet.');
  const oldestStatement = gauge(
    'dewpoint_oldest_open_statement_seconds',
    'Time since the oldest epoch closed that is not settled in full.',
  );
  const openTransactions = gauge('dewpoint_open_transactions', 'Transactions that are not final.');
  const oldestTransaction = gauge(
    'dewpoint_oldest_open_transaction_seconds',
    'Time since the oldest transaction was queued that is not final.',
  );
  const readerLag = gauge(
    'dewpoint_reader_lag_blocks',
    'Blocks that the indexer is behind the chain.',
  );
  const gasTank = new Gauge({
    name: 'dewpoint_gas_tank_ether',
    help: "Balances of the service's own accounts, which pay for gas.",
    labelNames: ['environment', 'account'],
    registers,
  });
  const gasLow = new Gauge({
    name: 'dewpoint_gas_tank_low',
    help: '1 while an account that pays for gas has less than DEWPOINT_LOW_GAS costs at present, else 0.',
    labelNames: ['environment', 'account'],
    registers,
  });

  const payingLanes = gauge(
    'dewpoint_relayer_lanes_paying',
    'Lanes of the relayer with gas money for a full batch. At 0 nothing is sent.',
  );

  const openHooks = new Gauge({
    name: 'dewpoint_webhooks_open',
    help: 'Deliveries of webhooks that are to be sent: waiting for the first attempt, or retrying.',
    labelNames: ['environment', 'state'],
    registers,
  });
  const oldestHook = gauge(
    'dewpoint_oldest_webhook_seconds',
    'Time that the oldest webhook has waited for its first attempt.',
  );
  const deadEndpoints = gauge(
    'dewpoint_webhook_endpoints_dead',
    'Endpoints of webhooks that took nothing for a day and were given up.',
  );

  // NaN is how Prometheus writes "not known": a stale number would hide that a part is down.
  const set = (target: OfEnvironment, environment: string, value: number | null): void =>
    target.set({ environment }, value ?? Number.NaN);

  return {
    countActions: (outcome, count) => actions.inc({ outcome }, count),
    countRejected: (code) => rejected.inc({ code }),
    countHook: (environment, outcome) => hooks.inc({ environment, outcome }),
    countError: (code) => errors.inc({ code }),
    observeOperation: (field, seconds) => operations.observe({ field }, seconds),
    observeRequest: (route, status, seconds) =>
      requests.observe({ route, status: String(status) }, seconds),
    async page() {
      setBilling(await readBilling());
      for (const [environment, now] of Object.entries(await readGauges())) {
        set(openStatements, environment, now.openStatements);
        set(oldestStatement, environment, now.oldestOpenStatementSeconds);
        set(openTransactions, environment, now.openTransactions);
        set(oldestTransaction, environment, now.oldestOpenTransactionSeconds);
        set(readerLag, environment, now.readerLagBlocks);
        set(payingLanes, environment, now.payingLanes);
        set(oldestHook, environment, now.oldestHookSeconds);
        set(deadEndpoints, environment, now.deadHookEndpoints);
        for (const [state, open] of Object.entries(now.openHooks)) {
          openHooks.set({ environment, state }, open ?? Number.NaN);
        }
        for (const [account, tank] of Object.entries(now.gasTanks)) {
          const ether = tank === null ? Number.NaN : Number(tank.balanceWei) / WEI_PER_ETHER;
          gasTank.set({ environment, account }, ether);
          gasLow.set({ environment, account }, tank === null ? Number.NaN : Number(tank.low));
        }
      }
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}
