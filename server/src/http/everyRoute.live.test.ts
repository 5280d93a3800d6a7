import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../testing/service.ts';
import { AUDIT_DOOR, MEMBER_DOOR } from './pages/demoDoor.ts';

/** What a caller that is no person of an organisation gets of a route. */
type Gets = 'PAGE' | 'ELSEWHERE' | 'NO_CREDENTIALS' | 'OWN' | 'NOTHING';

/** Every route but those of signing in (`auth/signIn.live.test.ts`) and the API, with what everybody gets. */
const ROUTES: Readonly<Record<string, Gets>> = {
  '/': 'PAGE',
  '/errors': 'PAGE',
  '/page.css': 'PAGE',
  '/drop.svg': 'PAGE',
  '/favicon.ico': 'PAGE',
  '/healthz': 'PAGE',
  '/readyz': 'PAGE',
  '/metrics': 'PAGE',
  // By the hash of what is shown to everybody: who has the hash has been shown it.
  '/images/:hash': 'NOTHING',
  '/exports/audit-log.csv': 'NO_CREDENTIALS',
  '/exports/:list': 'OWN',
  // Folders of files; what is in them is the same for everybody.
  '/fonts': 'NOTHING',
  '/assets/wallet': 'NOTHING',
  '/assets/console': 'NOTHING',
  '/embed': 'NOTHING',
  '/embed/v1.js': 'PAGE',
  // One page for all programs: what it shows, it asks of the API.
  '/embed/:program': 'PAGE',
  '/w/:program': 'PAGE',
  '/w/:program/link': 'PAGE',
  '/console': 'PAGE',
  '/console/*page': 'PAGE',
  '/audit': 'ELSEWHERE',
  '/audit/': 'PAGE',
  '/audit/audit.html': 'PAGE',
  '/audit/chains.json': 'PAGE',
  // Takes messages that are signed, by POST, and answers nothing but that it has kept them.
  '/webhooks/stripe': 'NOTHING',
  // Only a demo has them.
  [MEMBER_DOOR]: 'NOTHING',
  [AUDIT_DOOR]: 'NOTHING',
};
const STATUSES: Readonly<Record<Gets, readonly number[]>> = {
  ...{ PAGE: [200], ELSEWHERE: [302], NO_CREDENTIALS: [401, 403], OWN: [200, 401, 403] },
  NOTHING: [404],
};
/** Have tests of their own. */
const ELSEWHERE = ['/graphql', '/console/graphql', '/graphiql', '/auth'];

const FOLDER = new URL('./', import.meta.url);
/** Files that `npm run build` makes, by their place: the service is asked as if they were there. */
const BUILT = [
  ...[
    'wallet/index.html',
    'console/index.html',
    'audit/index.html',
    'audit/audit.html',
    'audit/chains.json',
  ],
  'embed/v1.js',
];
const PATH = /\b(?:app|router)\s*\.\s*(?:get|post|use|all)\(\s*\[?((?:\s*'\/[^']*',?)+)/g;

/** Routes whose paths are not said where they are added. */
const UNSAID = /\b(?:app|router)\s*\.\s*(?:get|post|all)\((?!\s*\[?\s*')/;

/** Sources of the folder, by their names. */
const SOURCES = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => [name, readFileSync(new URL(name, FOLDER), 'utf8')]),
);

/** A path with a part that may be left out is two. */
const bothOf = (path: string): string[] => {
  const [, start = '', part] = /^(.*)\{(.*)\}$/.exec(path) ?? [];
  return part === undefined ? [path] : [start, start + part];
};

/** Paths in the sources of the folder. */
const pathsOf = (): string[] =>
  [...SOURCES.values()].flatMap((source) =>
    [...source.matchAll(PATH)].flatMap(([, paths = '']) =>
      [...paths.matchAll(/'([^']*)'/g)].flatMap(([, path = '']) => bothOf(path)),
    ),
  );

const webDist = mkdtempSync(join(tmpdir(), 'dewpoint-routes-'));
let service: TestService;
const MEMBER = 'member-of-theirs-5e1f';
beforeAll(async () => {
  for (const name of BUILT) {
    mkdirSync(join(webDist, dirname(name)), { recursive: true });
    writeFileSync(join(webDist, name), JSON.stringify(name));
  }
  service = await startService({ env: { DEWPOINT_WEB_DIST: webDist } });
  const action = `{ memberId: "${MEMBER}", eventId: "e", rule: "visit", occurredAt: "2026-01-01T00:00:00Z" }`;
  await service.ask(
    service.theirs.key,
    `mutation { actionsRecord(input: { actions: [${action}] }) { results { status } } }`,
  );
});
afterAll(async () => {
  await service.close();
  rmSync(webDist, { recursive: true });
});

describe('the routes', () => {
  it('are all here: say of a new one what everybody gets of it', () => {
    const unsaid = pathsOf().filter((path) => !(path in ROUTES) && !ELSEWHERE.includes(path));
    expect(unsaid).toEqual([]);
  });

  it('say their paths where they are added, but for the doors into a demo', () => {
    const names = [...SOURCES].flatMap(([name, source]) => (UNSAID.test(source) ? [name] : []));
    expect(names).toEqual(['pages/demoDoor.ts']);
  });

  it.each(Object.entries(ROUTES))(
    '%s shows nothing of a tenant to anybody: %s',
    async (path, gets) => {
      const credentials: Readonly<Record<string, string>>[] = [
        {},
        { authorization: `Bearer ${service.mine.key}` },
        { authorization: `Bearer dw_test_${'0'.repeat(128)}` },
        { cookie: 'dewpoint.session_token=x.y', origin: service.url },
      ];
      for (const headers of credentials) {
        const { program, key } = service.theirs;
        const at = path
          .replace(':hash', '0'.repeat(64))
          .replace(':program', program.id)
          .replace(':list', 'members.csv');
        const { status, text = '' } = await request(service.url).get(at).set(headers);
        expect(STATUSES[gets], `${path} ${status}`).toContain(status);
        for (const secret of [MEMBER, key, program.id, program.organisationId]) {
          expect(text).not.toContain(secret);
        }
      }
    },
  );
});
