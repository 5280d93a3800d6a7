import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CONFIG_VARIABLES } from '@dewpoint/server/config/config.ts';
import { MAX_AHEAD_MS } from '@dewpoint/server/domain/actions/actionRules.ts';
import { VOID_MARGIN_MS } from '@dewpoint/server/domain/actions/reviewRules.ts';
import { GRACE_MS } from '@dewpoint/server/domain/epochs.ts';
import { MAX_RECEIPTS_PER_CALL } from '@dewpoint/server/graphql/core/context.ts';
import { DEFAULT_PAGE_ROWS, MAX_PAGE_ROWS } from '@dewpoint/server/graphql/core/pages.ts';
import {
  MAX_PUBLIC_QUERY_COST,
  MAX_QUERY_COST,
} from '@dewpoint/server/graphql/limits/queryCost.ts';
import { MAX_BODY_BYTES, MAX_PUBLIC_BODY_BYTES } from '@dewpoint/server/http/core/httpErrors.ts';
import { MAX_ACTIONS_PER_CALL } from '@dewpoint/server/services/actions/recordActions.ts';
import { MAX_REQUESTS_PER_HOUR } from '@dewpoint/server/services/transactions/relaying/quota.ts';
import { describe, expect, it } from 'vitest';
import { INFRA_VARIABLES } from './src/environment.ts';
import { ROOT_DIR } from './src/paths.ts';
import { blocksOf, listDocuments, readDocument } from './src/testing/documents.ts';

const MAX_README_WORDS = 800;
const DOCUMENTS = listDocuments();
const OTHERS = ['CHANGELOG.md', 'contracts/README.md', 'infra/README.md'];

it('the README is read in a few minutes', () => {
  expect(readDocument('README.md').trim().split(/\s+/).length).toBeLessThanOrEqual(
    MAX_README_WORDS,
  );
});

describe.each([...DOCUMENTS, ...OTHERS])('%s', (file) => {
  const text = readDocument(file);

  it('has links that lead somewhere', () => {
    const broken = [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !/^https?:/.test(target) && !leadsSomewhere(file, target));
    expect(broken).toEqual([]);
  });

  it('names scripts of npm that exist', () => {
    const named = [...text.matchAll(/\bnpm run (?:--silent )?([a-z][\w:-]*)(?: -w (\S+))?/g)];
    const missing = named.filter(([, script = '', workspace]) => {
      const folder = workspace === undefined ? '' : `${workspace.replace('@dewpoint/', '')}/`;
      return !(script in scriptsOf(folder));
    });
    expect(missing.map(([whole]) => whole)).toEqual([]);
  });
});

it('every block says in which language it is', () => {
  const known = ['sh', 'graphql', 'js', 'json', 'mermaid', 'text'];
  const others = DOCUMENTS.flatMap(blocksOf).filter(({ language }) => !known.includes(language));
  expect(others.map(({ file, line }) => `${file}:${line}`)).toEqual([]);
});

describe('the table of variables', () => {
  const rows = [...readDocument('docs/configuration.md').matchAll(/^\| `(\w+)` +\|(.+)\|$/gm)];
  const table = new Map(
    rows.map(([, name = '', rest = '']) => {
      const [readBy = '', , value = '', required = ''] = rest.split('|').map((cell) => cell.trim());
      return [name, { readBy: readBy.split(', '), value, required }];
    }),
  );

  it('has every variable once', () => {
    expect(table.size).toBe(rows.length);
    expect([...table.keys()].sort()).toEqual([...variablesInCode()].sort());
  });

  it.each(CONFIG_VARIABLES)('says of $name what the config module says', (variable) => {
    const row = table.get(variable.name);
    expect(row?.readBy).toContain('server');
    // Folders are named from the root of the repository.
    const value = String(variable.default ?? 'none').replace(ROOT_DIR, '');
    expect(row?.value.replaceAll('`', '')).toBe(value);
    expect(/^(server: )?yes/.test(row?.required ?? '')).toBe(variable.required);
  });

  it('marks as the server’s nothing else', () => {
    const servers = [...table].filter(([, { readBy }]) => readBy.includes('server'));
    expect(servers.map(([name]) => name).sort()).toEqual(
      CONFIG_VARIABLES.map(({ name }) => name).sort(),
    );
  });

  it.each(INFRA_VARIABLES)('has %s for npm start', (name) => {
    expect(table.get(name)?.readBy).toEqual(['start']);
  });
});

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const count = (value: number): string => value.toLocaleString('en');

it.each([
  ['actions in a call', count(MAX_ACTIONS_PER_CALL)],
  ['rows in a page', `${DEFAULT_PAGE_ROWS} by default, at most ${MAX_PAGE_ROWS}`],
  ['receipts in a call', count(MAX_RECEIPTS_PER_CALL)],
  [
    'body of a request',
    `${count(MAX_BODY_BYTES)} bytes; ${count(MAX_PUBLIC_BODY_BYTES)} without a key`,
  ],
  ['cost of a query', `${count(MAX_QUERY_COST)}; ${count(MAX_PUBLIC_QUERY_COST)} without a key`],
  ['mutations on chain', `${MAX_REQUESTS_PER_HOUR} in an hour`],
  [
    '`occurredAt`',
    `at most ${MAX_AHEAD_MS / MINUTE_MS} minutes ahead, and until ${GRACE_MS / HOUR_MS} hours`,
  ],
  ['`maturesAt`', `until ${VOID_MARGIN_MS / MINUTE_MS} minutes before`],
])('the API guide gives the limit of %s that the service holds', (what, limit) => {
  const rows = readDocument('docs/api-guide.md').split('\n');
  expect(rows.filter((row) => row.startsWith(`| ${what}`)).join()).toContain(limit);
});

it('the API guide uses names of the API', () => {
  const api = ['server/schema.graphql', 'server/src/graphql/errors/errorShape.ts'].map(
    readDocument,
  );
  const names = [...readDocument('docs/api-guide.md').matchAll(/`([a-z]+[A-Z]\w*)`/g)];
  const unknown = names.filter(([, name]) => !new RegExp(`\\b${name}\\b`).test(api.join()));
  expect(unknown.map(([whole]) => whole)).toEqual([]);
  expect(names.length).toBeGreaterThan(10);
});

/** Of the system and of tools, which nobody sets for Dewpoint, and three of the examples. */
const NOT_OURS = /^(PATH|NODE_ENV|npm_\w+|MONGOMS_\w+|FOUNDRY_\w+|DEWPOINT_(URL|KEY|PROGRAM))$/;

/** Every variable that code reads, tests aside: they make names up. */
function variablesInCode(): Set<string> {
  const files = ['contracts/ts', 'contracts/script', 'infra', 'server/src', 'test'].flatMap(
    (folder) =>
      readdirSync(join(ROOT_DIR, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(ts|mjs|js)$/.test(name) && !name.includes('node_modules'))
        .map((name) => `${folder}/${name}`),
  );
  // The test of the lint rules shows code that is forbidden.
  const own = files.filter((file) => !/^infra\/(documents|lint\/layers)\.test\.ts$/.test(file));
  const names = own.flatMap((file) => {
    const text = readDocument(file);
    const read = [...text.matchAll(/process\.env(?:\.|\[')(\w+)/g)].map(([, name = '']) => name);
    if (file.endsWith('.test.ts')) return read;
    return [
      ...read,
      ...(text.match(
        /\b(?:DEWPOINT_[A-Z_]+[A-Z]|MONGODB_URI|SMTP_URL|OTEL_[A-Z_]+[A-Z]|STRIPE_[A-Z_]+[A-Z]|(?:LIVE_)?RPC_URL)\b/g,
      ) ?? []),
    ];
  });
  return new Set(names.filter((name) => !NOT_OURS.test(name)));
}

function scriptsOf(folder: string): Readonly<Record<string, string>> {
  const manifest = JSON.parse(readDocument(`${folder}package.json`)) as {
    scripts: Record<string, string>;
  };
  return manifest.scripts;
}

/** As GitHub makes them. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

function leadsSomewhere(from: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? from : join(dirname(from), path);
  if (!existsSync(join(ROOT_DIR, file))) return false;
  if (anchor === undefined) return true;
  const headings = [...readDocument(file).matchAll(/^#+ (.+)$/gm)];
  return headings.some(([, heading = '']) => anchorOf(heading) === anchor);
}
