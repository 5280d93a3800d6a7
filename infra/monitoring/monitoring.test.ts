import { readFileSync } from 'node:fs';
import { createMetrics } from '@dewpoint/server/lib/metrics.ts';
import { ERROR_CODES } from '@dewpoint/server/domain/errors.ts';
import { readDocument } from '../src/testing/documents.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly targets?: readonly { readonly expr: string }[];
}

const read = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8');
const { groups } = parse(read('alerts.yml')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const { panels } = JSON.parse(read('dashboard.json')) as { panels: Panel[] };

const NAMES = /\b(?:dewpoint|process|nodejs)_[a-z0-9_]+/g;
/** What Prometheus makes of a histogram. */
const PARTS = /_(?:bucket|count|sum)$/;

let page: string;
beforeAll(async () => {
  const billing = {
    ...{ openHours: 0, oldestOpenHourSeconds: 0, stuckHours: 0 },
    ...{ openEvents: 0, oldestOpenEventSeconds: 0, stoppedOrganisations: 0 },
    ...{ openTopUps: 0, oldestClearedTopUpSeconds: 0, topUpDebts: 0 },
  };
  const metrics = createMetrics(
    () =>
      Promise.resolve({
        test: {
          openStatements: 0,
          oldestOpenStatementSeconds: 0,
          openTransactions: 0,
          oldestOpenTransactionSeconds: 0,
          readerLagBlocks: 0,
          gasTanks: { 'relayer 0': { balanceWei: 0n, low: false } },
          payingLanes: 0,
          openHooks: { waiting: 0, retrying: 0 },
          oldestHookSeconds: 0,
          deadHookEndpoints: 0,
        },
      }),
    () => Promise.resolve(billing),
  );
  metrics.countActions('recorded', 1);
  metrics.countRejected('REQUIRED');
  metrics.countError('INTERNAL');
  metrics.countHook('test', 'delivered');
  metrics.observeOperation('program', 1);
  metrics.observeRequest('/graphql', 200, 1);
  ({ text: page } = await metrics.page());
});

/** Each metric of the service, with the labels that it has. */
const known = (): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>();
  for (const [, name = ''] of page.matchAll(/^# TYPE (\S+)/gm)) found.set(name, new Set());
  for (const [, series = '', labels = ''] of page.matchAll(/^(\w+)\{([^}]*)\}/gm)) {
    const name = found.has(series) ? series : series.replace(PARTS, '');
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) found.get(name)?.add(label);
  }
  return found;
};

const expressions = (): string[] => [
  ...rules.map(({ expr }) => expr),
  ...panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr)),
];

describe('alerts and dashboard', () => {
  it('ask for metrics that exist', () => {
    const metrics = known();
    const unknown = expressions()
      .flatMap((expr) => expr.match(NAMES) ?? [])
      .filter((name) => !metrics.has(name) && !metrics.has(name.replace(PARTS, '')));
    expect(unknown).toEqual([]);
  });

  it('choose by labels and codes that exist', () => {
    for (const expr of expressions()) {
      const selectors = expr.matchAll(/\b(dewpoint_\w+)\{([^}]*)\}/g);
      for (const [, series = '', labels = ''] of selectors) {
        const has = known().get(series) ?? known().get(series.replace(PARTS, ''));
        for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
          expect(has, expr).toContain(label);
          if (label === 'code') expect(ERROR_CODES).toContain(value);
        }
      }
    }
  });

  it('leave out no metric of the service', () => {
    const asked = new Set(
      expressions()
        .flatMap((expr) => expr.match(NAMES) ?? [])
        .map((name) => name.replace(PARTS, '')),
    );
    const unseen = [...known().keys()].filter(
      (name) => name.startsWith('dewpoint_') && !asked.has(name),
    );
    expect(unseen).toEqual([]);
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s says what to do', (name, rule) => {
    expect(rule.annotations.summary).toMatch(/\.$/);
    expect(['page', 'ticket']).toContain(rule.labels.severity);
    expect(rule.for).toMatch(/^\d+m$/);
    expect(readDocument('docs/operations.md')).toContain(`\`${name}\``);
  });
});
