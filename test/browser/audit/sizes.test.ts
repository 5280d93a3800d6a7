import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { AUDIT_DIST } from './auditSite.ts';

const PAGE_BYTES = 60_000;
const WORKER_BYTES = 50_000;

const FILES = join(AUDIT_DIST, 'assets');
const gzipped = (file: string): number =>
  gzipSync(readFileSync(join(FILES, file)), { level: 9 }).length;
const scripts = (): string[] => readdirSync(FILES).filter((file) => file.endsWith('.js'));

it('shows a program with little more than what the verifier takes', () => {
  const worker = scripts().filter((file) => file.startsWith('worker-'));
  const index = scripts().filter((file) => file.startsWith('index-'));
  // Of the words, the larger language.
  const words = Math.max(
    ...scripts()
      .filter((file) => /^(audit|shared)-/.test(file))
      .map(gzipped),
  );
  const sizes = {
    page: index.map(gzipped).reduce((a, b) => a + b) + words,
    worker: worker.map(gzipped)[0],
  };
  console.log(`Audit page: ${JSON.stringify(sizes)} bytes gzipped.`);
  expect(worker).toHaveLength(1);
  expect(sizes.page).toBeLessThan(PAGE_BYTES);
  expect(sizes.worker).toBeLessThan(WORKER_BYTES);
});

it('names its files by relative addresses, so that it works in any folder', () => {
  const page = readFileSync(join(AUDIT_DIST, 'index.html'), 'utf8');
  const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses.length).toBeGreaterThan(1);
  for (const address of addresses) expect(address).toMatch(/^(\.\/|data:)/);
});
