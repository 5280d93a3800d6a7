import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { composePeople, type PeopleParts } from '../composition/composePeople.ts';
import { PEOPLE_COLLECTIONS } from '../ports/people.ts';
import { silentLogger } from '../testing/foundation.ts';
import { openBrowser } from '../testing/people/people.ts';
import { startService, type TestService } from '../testing/service.ts';
import { prepareLogin, type DemoLogin } from './demoLogin.ts';
import { DEMO_ORGANISATION } from './demoProgram.ts';

let service: TestService;
let stateDir: string;
let count: (collection: string) => Promise<number>;
beforeAll(async () => {
  service = await startService({
    roles: ['both', 'api'],
    env: { DEWPOINT_TRUSTED_PROXIES: '1' },
  });
  stateDir = await mkdtemp(join(tmpdir(), 'dewpoint-login-'));
  const { peopleDatabase } = service.foundation.store;
  count = (collection) => peopleDatabase.collection(collection).countDocuments();
});
afterAll(async () => {
  await service.close();
  await rm(stateDir, { recursive: true, force: true });
});

/** As a server of its own has them. */
const peopleOf = (): PeopleParts['callers'] => {
  const settings = { mail: null, publicUrl: service.url };
  return composePeople(service.foundation, settings, silentLogger, () => service.url).callers;
};
const prepare = (): Promise<DemoLogin | null> =>
  prepareLogin({ stateDir }, { test: service.foundation, live: null }, peopleOf());

it('makes nobody where others could be served: on a public chain, and beside a live one', async () => {
  const { foundation } = service;
  const test = { ...foundation, chain: { ...foundation.chain, local: false } };
  expect(await prepareLogin({ stateDir }, { test, live: null }, peopleOf())).toBeNull();
  const live = foundation;
  expect(await prepareLogin({ stateDir }, { test: foundation, live }, peopleOf())).toBeNull();
  expect(await count(PEOPLE_COLLECTIONS.people)).toBe(0);
});

it('makes one owner of many starts at once, who signs in on every server', async () => {
  const logins = await Promise.all(Array.from({ length: 10 }, prepare));
  const [login] = logins;
  if (login == null) throw new Error('there is no login');
  expect(logins).toEqual(logins.map(() => login));
  expect(await prepare()).toEqual(login);
  const { people, passwords, organisations, team } = PEOPLE_COLLECTIONS;
  expect(await Promise.all([people, passwords, organisations, team].map(count))).toEqual([
    1, 1, 1, 1,
  ]);
  const kept = join(stateDir, 'demo-password');
  expect((await stat(kept)).mode & 0o777).toBe(0o600);
  expect((await readFile(kept, 'utf8')).trim()).toBe(login.password);
  for (const { url } of service.servers) {
    const browser = openBrowser(url);
    expect((await browser.post('/auth/sign-in/email', login)).status).toBe(200);
    const { data } = await browser.ask('{ person { memberships { role organisation { id } } } }');
    const memberships = [{ role: 'OWNER', organisation: { id: DEMO_ORGANISATION } }];
    expect(data).toEqual({ person: { memberships } });
  }
});

it('is good as it is printed, also after the person has chosen another password', async () => {
  const login = await prepare();
  if (login === null) throw new Error('there is no login');
  const browser = openBrowser(service.url);
  await browser.post('/auth/sign-in/email', login);
  const changed = await browser.post('/auth/change-password', {
    ...{ currentPassword: login.password, newPassword: 'another horse battery' },
  });
  expect(changed.status).toBe(200);
  const refused = await openBrowser(service.url).post('/auth/sign-in/email', login);
  expect(refused.status).toBe(401);
  expect(await prepare()).toEqual(login);
  expect((await openBrowser(service.url).post('/auth/sign-in/email', login)).status).toBe(200);
});
