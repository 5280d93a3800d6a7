import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase, type Database } from '@dewpoint/infra/database/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY_MS } from '../testing/builders/time.ts';
import { silentLogger } from '../testing/foundation.ts';
import { rootRequests, type RootRequest } from '../testing/sampleInput.ts';
import { startService, type Answer, type TestService } from '../testing/service.ts';
import { startApollo } from './apollo.ts';
import { createContext, type GraphqlContext } from './core/context.ts';
import { encodeGlobalId } from './core/globalId.ts';

let dir: string;
let database: Database;
let service: TestService;
let requests: RootRequest[];
let context: GraphqlContext;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dewpoint-away-'));
  database = await startDatabase({ dir, environment: { ...process.env, MONGODB_URI: '' } });
  service = await startService({ databaseUri: database.uri });
  const { program } = service.mine;
  await service.earn('mia', 5);
  const mia = await service.services.members.find(program, 'mia');
  const visit = { memberId: 'mia', eventId: 'e', rule: 'visit' };
  const recorded = [{ ...visit, occurredAt: new Date(program.startsAtMs).toISOString() }];
  requests = rootRequests(
    {
      memberId: 'mia',
      id: encodeGlobalId('Member', mia?.id ?? ''),
      ids: [encodeGlobalId('Member', mia?.id ?? '')],
      'program.id': encodeGlobalId('Program', service.theirs.program.id),
      'transaction.id': 'none',
      to: '0x000000000000000000000000000000000000dEaD',
      deadline: new Date(program.startsAtMs + DAY_MS).toISOString(),
    },
    { actionsRecord: { actions: recorded } },
  );
  const { store, chain } = service.foundation;
  const key = await service.services.apiKeys.authenticate(service.mine.key);
  if (key === null) throw new Error('the key is gone');
  const metrics = { countActions: () => undefined };
  const known = (await service.services.programs.get(program.id)) ?? program;
  context = createContext(
    { ...service.services, totals: store.totals, clock: chain.clock, metrics },
    { key, program: known },
  );
  database.kill();
  await database.exited;
});

afterAll(async () => {
  await service.close();
  await rm(dir, { recursive: true, force: true });
});

const AWAY = {
  code: 'DATABASE_UNAVAILABLE',
  number: 'DW-9005',
  retryAfterMs: expect.any(Number) as number,
};

it('every root field says so, to be tried again, with a key and without one', async () => {
  const answers = await Promise.all(
    requests.map(({ query, variables }) => service.send(service.mine.key, query, variables)),
  );
  for (const { status, body, headers } of answers) {
    const { errors } = body as Answer;
    expect(errors?.map(({ extensions }) => extensions)).toMatchObject([AWAY]);
    expect(status).toBe(503);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  }
  const anyProgram = requests.filter(({ name }) => name === 'Query.program');
  expect(anyProgram).toHaveLength(1);
  for (const { query, variables } of anyProgram) {
    const { errors } = await service.ask(null, query, variables);
    expect(errors?.[0]?.extensions).toMatchObject(AWAY);
  }
});

it('every resolver says so, when the database goes away behind the key', async () => {
  const apollo = await startApollo(silentLogger);
  const answers = await Promise.all(
    requests.map(async ({ name, query, variables }) => {
      const operation = { query, variables: variables as Record<string, unknown> };
      const { body } = await apollo.executeOperation(operation, { contextValue: context });
      if (body.kind !== 'single') throw new Error('an answer in parts');
      return { name, ...body.singleResult };
    }),
  );
  await apollo.stop();
  for (const { name, data, errors = [] } of answers) {
    const field = Object.values(data ?? {})[0] as { userErrors?: object[] } | null;
    // A sample that no program takes is refused for what it is, before anything is read.
    if ((field?.userErrors ?? []).length > 0) continue;
    expect(errors.length, name).toBeGreaterThan(0);
    for (const { extensions } of errors) expect(extensions, name).toMatchObject(AWAY);
  }
});
