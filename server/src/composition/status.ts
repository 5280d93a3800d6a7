/** Reports the state of the service: health, metrics and the start page. */
import { readFileSync } from 'node:fs';
import type { Foundation, Services } from './composeServices.ts';
import type { Environment } from '../domain/environment.ts';
import { epochAt, epochStartMs, ruleSetOf } from '../domain/epochs.ts';
import type { Program } from '../domain/program.ts';
import { MEMBER_DOOR, type DemoLinks } from '../http/pages/demoDoor.ts';
import type { Readiness } from '../http/health.ts';
import type { DemoOverview, ShownRound } from '../http/pages/demoOverview.ts';
import type { Overview } from '../http/pages/homePage.ts';
import type { BillingGauges, Gauges } from '../lib/metrics.ts';
import { recent } from '../lib/recent.ts';
import type { WebhookBacklog } from '../ports/webhooks.ts';
import { within } from '../lib/within.ts';
import { createGasTanks } from '../services/transactions/queue/gasTanks.ts';

/** Everything here is for people and probes that wait: a part that is slow is shown as not known. */
const ANSWER_WITHIN_MS = 1_500;
/** These pages are public and may be loaded as often as visitors like. */
const KEPT_MS = 1_000;
const MS_PER_SECOND = 1_000;
const soon = <T>(work: () => Promise<T>): Promise<T | null> =>
  within<T | null>(ANSWER_WITHIN_MS, work, null);

/** @returns the version of the service, of its package */
export const packageVersion = (): string => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

export interface Status {
  gauges(): Promise<Readonly<Record<string, Gauges>>>;
  /** Null while payments are off, and when the database does not answer. */
  billing(): Promise<BillingGauges | null>;
  probe(): Promise<Readiness>;
  overview(): Promise<Overview>;
}

/** The demo as the start page shows it. */
export interface ShownDemo {
  readonly program: Program;
  readonly amountUnit: DemoOverview['amountUnit'];
}

type StatusServices = Pick<
  Services,
  'programs' | 'settlementProgress' | 'gasTank' | 'rounds' | 'changes'
>;

/** A chain of the service with what runs on it. */
export interface ServedChain {
  readonly foundation: Foundation;
  readonly services: StatusServices;
}

/** What is told of one chain. */
interface ChainStatus {
  readonly environment: Environment;
  headBlock(): Promise<number | null>;
  headAndLag(): Promise<{ readonly head: number | null; readonly lag: number | null }>;
  /** Lanes of the relayer that can pay; null when that is not known. */
  payingLanes(): Promise<number | null>;
  gauges(): Promise<Gauges>;
}

function createChainStatus({ foundation, services }: ServedChain): ChainStatus {
  const { environment, store, chain, keystore, lanes } = foundation;
  const headBlock = (): Promise<number | null> =>
    soon(async () => (await chain.reader.head()).number);
  /** Both are asked at the same time, so that one that hangs does not make the other late. */
  async function headAndLag(): Promise<{ head: number | null; lag: number | null }> {
    const [head, asOf] = await Promise.all([
      headBlock(),
      soon(() => store.totals.asOf(chain.chainId)),
    ]);
    return {
      head,
      lag: head === null || asOf === null ? null : Math.max(0, head - asOf.blockNumber),
    };
  }

  /** How many are open on this chain, and since when the oldest could be settled. */
  async function openStatements(): Promise<{ open: number; oldestSeconds: number }> {
    const programs = (await services.programs.list()).filter(
      ({ chainId }) => chainId === chain.chainId,
    );
    const { nowMs } = await chain.clock.now();
    const progress = await Promise.all(
      programs.map(async (program) => {
        const { open, oldestOpenEpoch } = await services.settlementProgress(program);
        if (oldestOpenEpoch === null) return { open, seconds: 0 };
        const closedAtMs = epochStartMs(program, oldestOpenEpoch + 1);
        return { open, seconds: Math.max(0, nowMs - closedAtMs) / MS_PER_SECOND };
      }),
    );
    return {
      open: progress.reduce((sum, { open }) => sum + open, 0),
      oldestSeconds: Math.max(0, ...progress.map(({ seconds }) => seconds)),
    };
  }

  const laneAddresses = Array.from({ length: lanes }, (_none, lane) =>
    keystore.signer.addressOf({ role: 'RELAYER', lane }),
  );

  const tanks = createGasTanks({ lanes: laneAddresses, gateway: chain.gateway, logger: null });
  const payingLanes = (): Promise<number | null> => soon(async () => (await tanks.paying()).size);

  async function gasTanks(): Promise<Gauges['gasTanks']> {
    const read = await soon(() => services.gasTank.read());
    const named = laneAddresses.map(
      (address, lane) => [`relayer ${lane} ${address}`, read?.[lane] ?? null] as const,
    );
    return Object.fromEntries(named);
  }

  async function openTransactions(): Promise<{ open: number; oldestSeconds: number }> {
    const lanesOpen = await Promise.all(
      laneAddresses.map(async (address) => {
        const [open, [oldest]] = await Promise.all([
          store.transactions.countOpen(chain.chainId, address),
          store.transactions.listOpen(chain.chainId, address, 1),
        ]);
        if (oldest === undefined) return { open, seconds: 0 };
        const agedMs = foundation.wallNowMs() - oldest.queuedAtMs;
        return { open, seconds: Math.max(0, agedMs) / MS_PER_SECOND };
      }),
    );
    return {
      open: lanesOpen.reduce((sum, { open }) => sum + open, 0),
      oldestSeconds: Math.max(0, ...lanesOpen.map(({ seconds }) => seconds)),
    };
  }

  async function openHooks(): Promise<WebhookBacklog & { dead: number }> {
    const [backlog, { DEAD: dead }] = await Promise.all([
      store.webhookDeliveries.backlog(environment),
      store.webhookEndpoints.counts(environment),
    ]);
    return { ...backlog, dead };
  }

  const secondsSince = (ms: number | null): number =>
    ms === null ? 0 : Math.max(0, foundation.wallNowMs() - ms) / MS_PER_SECOND;

  async function gauges(): Promise<Gauges> {
    const [statements, transactions, hooks, laneTanks, paying, { lag }] = await Promise.all([
      soon(openStatements),
      soon(openTransactions),
      soon(openHooks),
      gasTanks(),
      payingLanes(),
      headAndLag(),
    ]);
    return {
      openStatements: statements?.open ?? null,
      oldestOpenStatementSeconds: statements?.oldestSeconds ?? null,
      openTransactions: transactions?.open ?? null,
      oldestOpenTransactionSeconds: transactions?.oldestSeconds ?? null,
      readerLagBlocks: lag,
      gasTanks: laneTanks,
      payingLanes: paying,
      openHooks: { waiting: hooks?.waiting ?? null, retrying: hooks?.retrying ?? null },
      oldestHookSeconds: hooks === null ? null : secondsSince(hooks.oldestWaitingMs),
      deadHookEndpoints: hooks?.dead ?? null,
    };
  }

  return { environment, headBlock, headAndLag, payingLanes, gauges };
}

/**
 * Creates the status reports.
 *
 * @param served The test chain first.
 * @param demo Returns the demo program, once there is one.
 * @param readBilling Reads the numbers of billing.
 */
export function createStatus(
  served: readonly [ServedChain, ...ServedChain[]],
  demo: () => ShownDemo | null,
  links: Pick<DemoLinks, 'audit'>,
  readBilling: () => Promise<BillingGauges | null>,
): Status {
  const version = packageVersion();
  const [{ foundation, services }] = served;
  const { store, chain } = foundation;
  const chains = served.map(createChainStatus);
  const isDatabaseUp = (): Promise<boolean> =>
    within(ANSWER_WITHIN_MS, () => store.ping().then(() => true), false);

  /** What the buyback offers now, and how much of it is there. */
  async function buybackOf(program: Program): Promise<DemoOverview['buyback']> {
    const [current, next] = await Promise.all([
      services.rounds.current(program),
      services.rounds.next(program),
    ]);
    const terms = current?.state === 'OPEN' ? current.terms : next.terms;
    if (terms === null) return null;
    const shown = [...(current?.state === 'OPEN' ? [current] : []), next];
    return {
      pricePerPoint: terms.pricePerPoint,
      budgetPerRound: terms.budgetPerRound,
      minTender: terms.minTender,
      token: program.settlementToken,
      periodMs: program.roundPeriodMs,
      windowMs: program.roundWindowMs,
      rounds: shown.flatMap(({ round, state, opensAtMs, cover }): ShownRound[] =>
        cover === null
          ? []
          : [
              {
                number: round,
                isOpen: state === 'OPEN',
                opensAtMs,
                budget: cover.budget,
                available: cover.available,
              },
            ],
      ),
    };
  }

  async function demoOverview({ program, amountUnit }: ShownDemo): Promise<DemoOverview> {
    const known = (await services.programs.get(program.id)) ?? program;
    const { nowMs } = await chain.clock.now();
    const epoch = Math.max(0, epochAt(known, nowMs));
    const { issued, burned } = await store.totals.supply(known.id);
    const [{ open }, pending, buyback] = await Promise.all([
      services.settlementProgress(known),
      services.changes.pending(known),
      buybackOf(known),
    ]);
    return {
      name: known.name,
      symbol: known.symbol,
      address: known.address,
      epoch,
      epochLengthMs: known.epochLengthMs,
      amountUnit,
      openStatements: open,
      outstanding: issued - burned,
      rules: ruleSetOf(known, epoch)?.rules ?? [],
      noticePeriodMs: known.noticePeriodMs,
      objectionThresholdBps: known.objectionThresholdBps,
      isChanging: pending !== null,
      buyback,
      // Which visitors may go in is for the page to say.
      memberDoor: chain.local ? MEMBER_DOOR : null,
      auditDoor: links.audit() ?? '/audit/',
    };
  }

  async function gauges(): Promise<Readonly<Record<string, Gauges>>> {
    const read = chains.map(async (one) => [one.environment, await one.gauges()] as const);
    return Object.fromEntries(await Promise.all(read));
  }

  async function probe(): Promise<Readiness> {
    const [database, ...reported] = await Promise.all([
      isDatabaseUp(),
      ...chains.map(async (one) => {
        const [at, paying] = await Promise.all([one.headAndLag(), one.payingLanes()]);
        return { ...at, paying };
      }),
    ]);
    const lags = reported.map(({ lag }) => lag);
    const known = lags.filter((lag) => lag !== null);
    const paying = reported.map((one) => one.paying);
    return {
      database,
      chain: reported.every(({ head }) => head !== null),
      readerLagBlocks: known.length < lags.length ? null : Math.max(...known),
      relayerCanPay: paying.includes(null) ? null : !paying.includes(0),
    };
  }

  async function overview(): Promise<Overview> {
    const running = demo();
    const [head, engine, shown] = await Promise.all([
      chains[0]?.headBlock() ?? null,
      soon(() => store.engine()),
      running === null ? null : soon(() => demoOverview(running)),
    ]);
    return {
      version,
      nodeVersion: process.version,
      chain: { id: chain.chainId, blockNumber: head, answers: head !== null },
      database: { kind: engine ?? 'MongoDB', answers: engine !== null },
      demo: shown,
    };
  }

  return {
    gauges: recent(KEPT_MS, gauges),
    billing: recent(KEPT_MS, () => soon(readBilling)),
    probe: recent(KEPT_MS, probe),
    overview: recent(KEPT_MS, overview),
  };
}
