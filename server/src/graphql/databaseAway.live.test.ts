import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startDatabase, type Database } from '@dewpoint/infra/database/database.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { composePeople } from '../composition/composePeople.ts';
import { DAY_MS } from '../testing/builders/time.ts';
import { silentLogger, unreadMetrics } from '../testing/foundation.ts';
import { rootRequests, type RootRequest } from '../testing/sampleInput.ts';
import { startService, type Answer, type TestService } from '../testing/service.ts';
import { startApollo } from './apollo.ts';
import { noPayments, personOf } from '../testing/people/asPerson.ts';
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
  const visit = { memberId: 'mia', eventId: 'e', rule: 'visit', reason: 'by hand' };
  const recorded = [{ ...visit, occurredAt: new Date(program.startsAtMs).toISOString() }];
  requests = rootRequests(
    {
      memberId: 'mia',
      eventId: 'e',
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
  const metrics = unreadMetrics;
  const known = (await service.services.programs.get(program.id)) ?? program;
  const { chainId, clock } = chain;
  const settings = { mail: null, publicUrl: service.url };
  const people = composePeople(service.foundation, settings, silentLogger, () => service.url);
  const billing = noPayments(service.foundation, people).graphql;
  const common = { totals: store.totals, clock, metrics, ...people.graphql, ...billing };
  const services = { ...service.services, chainId, ...common };
  // A person may ask for what keys may, and for what is of the organisation besides.
  context = createContext(
    { of: () => services, in: () => services },
    personOf('owner', { program: known }),
  );
  database.kill();
  await database.exited;
});

afterAll(async () => {
  await service.close();
  await rm(dir, { recursive: true, force: true });
});

/** These need no database. */
const READ_FROM_THE_CHAIN: readonly string[] = ['Query.gasTank'];

interface Resolved {
  readonly name: string;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly extensions?: Record<string, unknown> }[];
}

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

/** On a machine that is busy the chain may answer late: such a call is to be repeated, and says nothing of the database. */
const CHAIN_IS_LATE: readonly unknown[] = ['CHAIN_STALE', 'CHAIN_UNAVAILABLE'];
const REPEAT_PAUSE_MS = 200;

it('every resolver says so, when the database goes away behind the caller', async () => {
  const apollo = await startApollo(silentLogger, unreadMetrics);
  const ask = async ({ name, query, variables }: RootRequest): Promise<Resolved> => {
    const operation = { query, variables: variables as Record<string, unknown> };
    const { body } = await apollo.executeOperation(operation, { contextValue: context });
    if (body.kind !== 'single') throw new Error('an answer in parts');
    const answer = { name, ...body.singleResult };
    const codes = answer.errors?.map(({ extensions }) => extensions?.['code']) ?? [];
    if (!codes.some((code) => CHAIN_IS_LATE.includes(code))) return answer;
    await delay(REPEAT_PAUSE_MS);
    return ask({ name, query, variables });
  };
  const answers = await Promise.all(requests.map(ask));
  await apollo.stop();
  for (const { name, data, errors = [] } of answers) {
    const field = Object.values(data ?? {})[0] as { userErrors?: object[] } | null;
    // A sample that no program takes is refused for what it is, before anything is read.
    if ((field?.userErrors ?? []).length > 0) continue;
    if (errors.length === 0 && READ_FROM_THE_CHAIN.includes(name)) continue;
    expect(errors.length, name).toBeGreaterThan(0);
    // Nor is anything read for a field that no key may ask for.
    if (errors.every(({ extensions }) => extensions?.['code'] === 'FORBIDDEN')) continue;
    for (const { extensions } of errors) expect(extensions, name).toMatchObject(AWAY);
  }
});
