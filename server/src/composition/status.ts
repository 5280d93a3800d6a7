/** Reports the state of the service: health, metrics and the start page. */
import { readFileSync } from 'node:fs';
import type { Foundation, Services } from './composeServices.ts';
import { epochAt, ruleSetOf } from '../domain/epochs.ts';
import type { Program } from '../domain/program.ts';
import type { Readiness } from '../http/health.ts';
import type { Overview } from '../http/pages/homePage.ts';
import type { Gauges } from '../lib/metrics.ts';
import { recent } from '../lib/recent.ts';
import { within } from '../lib/within.ts';

/** Everything here is for people and probes that wait: a part that is slow is shown as not known. */
const ANSWER_WITHIN_MS = 1_500;
/** These pages are public and may be loaded as often as visitors like. */
const KEPT_MS = 1_000;
const soon = <T>(work: () => Promise<T>): Promise<T | null> =>
  within<T | null>(ANSWER_WITHIN_MS, work, null);

const packageVersion = (): string => {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
};

export interface Status {
  gauges(): Promise<Gauges>;
  probe(): Promise<Readiness>;
  overview(): Promise<Overview>;
}

/** The demo as the start page shows it. */
export interface ShownDemo {
  readonly program: Program;
  readonly amountUnit: NonNullable<Overview['demo']>['amountUnit'];
}

/** Creates the status reports. @param demo Returns the demo program, once there is one. */
export function createStatus(
  { store, chain, keystore, lanes }: Foundation,
  services: Pick<Services, 'programs' | 'settlementProgress'>,
  demo: () => ShownDemo | null,
): Status {
  const version = packageVersion();
  const headBlock = (): Promise<number | null> =>
    soon(async () => (await chain.reader.head()).number);
  const isDatabaseUp = (): Promise<boolean> =>
    within(ANSWER_WITHIN_MS, () => store.ping().then(() => true), false);

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

  async function openStatements(): Promise<number> {
    const programs = await services.programs.list();
    const progress = await Promise.all(
      programs.map((program) => services.settlementProgress(program)),
    );
    return progress.reduce((sum, { open }) => sum + open, 0);
  }

  async function demoOverview({ program, amountUnit }: ShownDemo): Promise<Overview['demo']> {
    const known = (await services.programs.get(program.id)) ?? program;
    const { nowMs } = await chain.clock.now();
    const epoch = Math.max(0, epochAt(known, nowMs));
    const { issued, burned } = await store.totals.supply(known.id);
    const { open } = await services.settlementProgress(known);
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
    };
  }

  const laneAddresses = Array.from({ length: lanes }, (_none, lane) =>
    keystore.signer.addressOf({ role: 'RELAYER', lane }),
  );

  async function gasTanks(): Promise<Gauges['gasTanksWei']> {
    const balances = laneAddresses.map(
      async (address, lane) =>
        [`relayer ${lane} ${address}`, await soon(() => chain.gateway.balance(address))] as const,
    );
    return Object.fromEntries(await Promise.all(balances));
  }

  async function openTransactions(): Promise<number> {
    const counts = await Promise.all(
      laneAddresses.map((address) => store.transactions.countOpen(chain.chainId, address)),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  async function gauges(): Promise<Gauges> {
    const [statements, transactions, gasTanksWei, { lag }] = await Promise.all([
      soon(openStatements),
      soon(openTransactions),
      gasTanks(),
      headAndLag(),
    ]);
    return {
      openStatements: statements,
      openTransactions: transactions,
      readerLagBlocks: lag,
      gasTanksWei,
    };
  }

  async function probe(): Promise<Readiness> {
    const [database, { head, lag }] = await Promise.all([isDatabaseUp(), headAndLag()]);
    return { database, chain: head !== null, readerLagBlocks: lag };
  }

  async function overview(): Promise<Overview> {
    const running = demo();
    const [head, engine, shown] = await Promise.all([
      headBlock(),
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
    probe: recent(KEPT_MS, probe),
    overview: recent(KEPT_MS, overview),
  };
}
