import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import supertest from 'supertest';
import { KEY_SCOPES } from '../domain/organisations/scopes.ts';
import type { KeyOwner } from '../ports/stores/access.ts';
import { OTHER_ORGANISATION, TEST_ORGANISATION } from '../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../testing/builders/time.ts';
import { moveClockTo } from '../chain/local/localClock.ts';
import { goodProgram } from '../testing/badPrograms.ts';
import {
  finalAnswer,
  startService,
  until,
  type Answer,
  type KeyedProgram,
  type TestService,
} from '../testing/service.ts';
import { encodeGlobalId } from './core/globalId.ts';

let service: TestService;
let live: KeyedProgram;
beforeAll(async () => {
  service = await startService({ hasLive: true });
  if (service.live === null) throw new Error('there is no live program');
  ({ live } = service);
});
afterAll(() => service.close());

const keyFor = async (owner: KeyOwner): Promise<string> =>
  (await service.services.apiKeys.create(owner, 'test', KEY_SCOPES)).key;

async function askAbout(key: string, programId: string | null, query: string): Promise<Answer> {
  const call = supertest(service.url).post('/graphql').set('authorization', `Bearer ${key}`);
  if (programId !== null) call.set('dewpoint-program', programId);
  return (await call.send({ query })).body as Answer;
}

const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];

const RECORD = `mutation { actionsRecord(input: { actions: [
  { memberId: "both", eventId: "1", rule: "visit", occurredAt: "2026-01-01T00:00:00Z" }
] }) { results { status } } }`;

describe('the environments', () => {
  it('have keys with prefixes of their own', () => {
    expect(service.mine.key).toMatch(/^dw_test_/);
    expect(live.key).toMatch(/^dw_live_/);
  });

  it('record and settle the same member apart, each on its own chain', async () => {
    for (const { key } of [service.mine, live]) {
      expect((await service.ask(key, RECORD)).data).toEqual({
        actionsRecord: { results: [{ status: 'RECORDED' }] },
      });
    }
    const collect = 'mutation { dropsCollect(input: { memberId: "both" }) { drops { epoch } } }';
    await service.ask(live.key, collect);
    const settled = async (key: string): Promise<unknown> =>
      (await service.ask(key, '{ member(memberId: "both") { balance { settled } } }')).data;
    const points = (amount: string): object => ({ member: { balance: { settled: amount } } });
    await until('the live one is settled', async () => {
      const now = await settled(live.key);
      return JSON.stringify(now) === JSON.stringify(points('2.00'));
    });
    expect(await settled(service.mine.key)).toEqual(points('0.00'));
  });

  it('tell public facts of each program with the time of its own chain', async () => {
    const clockOf = async ({ program }: KeyedProgram): Promise<unknown> => {
      const id = encodeGlobalId('Program', program.id);
      return (await service.ask(null, `{ program(id: "${id}") { clock { currentEpoch } } }`)).data;
    };
    const at = (currentEpoch: number): object => ({ program: { clock: { currentEpoch } } });
    if (service.foundation.live === null) throw new Error('there is no live chain');
    await moveClockTo(service.foundation.live.chain, STARTS_AT_MS + 3 * DAY_MS);
    expect(await clockOf(service.mine)).toEqual(at(0));
    expect(await clockOf(live)).toEqual(at(3));
  });
});

describe('a key of a whole environment', () => {
  const whole = { organisationId: TEST_ORGANISATION, programId: null } as const;
  const NAME = '{ program { name } }';

  it('opens each of its programs, by name', async () => {
    const test = await keyFor({ ...whole, environment: 'test' });
    const ofLive = await keyFor({ ...whole, environment: 'live' });
    const globalId = encodeGlobalId('Program', service.mine.program.id);
    for (const id of [service.mine.program.id, globalId]) {
      expect((await askAbout(test, id, NAME)).data).toEqual({ program: { name: 'Mine' } });
    }
    expect((await askAbout(ofLive, live.program.id, NAME)).data).toEqual({
      program: { name: 'Live' },
    });
  });

  it('needs the program to be named', async () => {
    const key = await keyFor({ ...whole, environment: 'test' });
    const query = '{ member(memberId: "both") { account } }';
    expect(codeOf(await askAbout(key, null, query))).toBe('PROGRAM_NOT_NAMED');
  });

  it('is told of programs of the other environment and of other tenants no more than of none', async () => {
    const test = await keyFor({ ...whole, environment: 'test' });
    const ofLive = await keyFor({ ...whole, environment: 'live' });
    const theirs = await keyFor({
      ...whole,
      organisationId: OTHER_ORGANISATION,
      environment: 'test',
    });
    const answers = await Promise.all(
      (
        [
          [test, live.program.id],
          [ofLive, service.mine.program.id],
          [theirs, service.mine.program.id],
          [test, service.theirs.program.id],
          [test, 'prg_1_none'],
        ] as const
      ).map(async ([key, id]) => {
        const answer = await askAbout(key, id, NAME);
        return JSON.stringify(answer)
          .replaceAll(id, 'ID')
          .replace(/"requestId":"[^"]*"/, '');
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('UNAUTHENTICATED');
  });

  it('creates a program without a key of one, which opens with the same key', async () => {
    const key = await keyFor({ ...whole, environment: 'test' });
    const { settlementToken } = service.mine.program;
    const input = { ...goodProgram(settlementToken.address), name: 'New', idempotencyKey: 'new' };
    const query = `mutation ($input: ProgramCreateInput!) { programCreate(input: $input) {
      program { id name } transaction { id status } userErrors { code field } } }`;
    const { data } = await finalAnswer(() => service.ask(key, query, { input }));
    const created = data?.['programCreate'] as { transaction: { id: string } };
    const lookUp = (id: string): string => `{ transaction(id: "${id}") { id } }`;
    const { id } = created.transaction;
    expect((await askAbout(key, null, lookUp(id))).data).toEqual({ transaction: { id } });
    expect((await service.ask(service.theirs.key, lookUp(id))).data).toEqual({
      transaction: null,
    });
    expect(created).toMatchObject({ program: { name: 'New' }, userErrors: [] });
    const [stored] = (await service.services.programs.list()).filter(({ name }) => name === 'New');
    expect(stored).toMatchObject({ organisationId: TEST_ORGANISATION, environment: 'test' });
    expect((await askAbout(key, stored?.id ?? '', NAME)).data).toEqual({
      program: { name: 'New' },
    });
  });

  it('have sessions of members of their own', async () => {
    const create = (key: string): Promise<Answer> =>
      service.ask(
        key,
        'mutation { memberSessionCreate(input: { memberId: "both", idempotencyKey: "of both" }) { token } }',
      );
    const who = '{ viewer { program { name chainId } } }';
    for (const [key, program] of [
      [service.mine.key, service.mine.program],
      [live.key, live.program],
    ] as const) {
      const { token } = (await create(key)).data?.['memberSessionCreate'] as { token: string };
      const { name, chainId } = program;
      expect((await service.ask(token, who)).data).toEqual({
        viewer: { program: { name, chainId } },
      });
    }
  });
});
