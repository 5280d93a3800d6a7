import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { ERROR_CODES, SERVICE_ERROR_CODES } from '@dewpoint/server/domain/errors.ts';
import { MAX_DOCUMENTS_A_DAY } from '@dewpoint/server/domain/terms/document.ts';
import { MAX_ENDPOINTS } from '@dewpoint/server/domain/webhooks/endpoint.ts';
import type { MutationDeclaration } from '@dewpoint/server/graphql/mutations/mutation.ts';
import { schema } from '@dewpoint/server/graphql/schema.ts';
import { MAX_GOOD_KEYS } from '@dewpoint/server/services/access/manageKeys.ts';
import { expect, it } from 'vitest';

const WEB = join(ROOT_DIR, 'web/src');
const MESSAGES = join(WEB, 'shared/i18n/messages');
/** What a document asks for, be it under another name. */
const ASKED = /mutation \w+\([^)]*\) \{\s*(?:\w+: )?(\w+)\(/g;
/** Answered to the provider of payments alone, and by nothing at all. */
const OF_NO_PAGE = ['INVALID_WEBHOOK', 'NOTHING_TO_SETTLE'];

const declared = Object.values(schema.getMutationType()?.getFields() ?? {}).map(
  ({ extensions }) => extensions['mutation'] as MutationDeclaration,
);

/** Names of the mutations that the console asks for; examples in comments are none of them. */
function askedByConsole(): ReadonlySet<string> {
  const files = ['console', 'shared'].flatMap((folder) =>
    readdirSync(join(WEB, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.'))
      .map((file) => readFileSync(join(WEB, folder, file), 'utf8')),
  );
  return new Set(
    files
      .map((code) => code.replaceAll(/\/\*\*[^]*?\*\//g, ''))
      .flatMap((code) => [...code.matchAll(ASKED)].map(([, name = '']) => name)),
  );
}

/**
 * Codes that a person in the console may be answered: those that its mutations declare, those of requests that fail as a whole, and
 * those that no mutation declares, as they are of any request at all or of one action among several.
 */
function codesOfConsole(): readonly string[] {
  const asked = askedByConsole();
  const theirs = declared.filter(({ name }) => asked.has(name));
  expect(theirs.map(({ name }) => name).sort()).toEqual([...asked].sort());
  expect(theirs.length).toBeGreaterThan(50);
  const ofAny = new Set(declared.flatMap(({ errors }) => errors));
  const ofTheirs = new Set([...theirs.flatMap(({ errors }) => errors), ...SERVICE_ERROR_CODES]);
  return ERROR_CODES.filter((code) => ofTheirs.has(code) || !ofAny.has(code)).filter(
    (code) => !OF_NO_PAGE.includes(code),
  );
}

/** What `useErrorWords` finds in the console: its own words before those for members. */
function wordsIn(language: string): Readonly<Record<string, string>> {
  const errorsOf = (name: string): Readonly<Record<string, string>> => {
    const file = readFileSync(join(MESSAGES, language, `${name}.json`), 'utf8');
    return (JSON.parse(file) as { readonly errors: Readonly<Record<string, string>> }).errors;
  };
  return { ...errorsOf('shared'), ...errorsOf('console') };
}

it.each(['en', 'zh'])('has words in the console for every code it may be answered, %s', (tag) => {
  const words = wordsIn(tag);
  expect(codesOfConsole().filter((code) => (words[code] ?? '') === '')).toEqual([]);
});

it.each(['en', 'zh'])('names the limits that the service has, %s', (tag) => {
  const { QUOTA_USED_UP, TOO_MANY_ENDPOINTS, TOO_MANY_KEYS } = wordsIn(tag);
  expect(QUOTA_USED_UP).toContain(` ${MAX_DOCUMENTS_A_DAY} `);
  expect(TOO_MANY_ENDPOINTS).toContain(` ${MAX_ENDPOINTS} `);
  expect(TOO_MANY_KEYS).toContain(` ${MAX_GOOD_KEYS} `);
});
