import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY_MS, STARTS_AT_MS } from './testing/builders/time.ts';
import { startService, type TestService } from './testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ roles: ['api', 'worker', 'worker'] });
});
afterAll(() => service.close());

it('what one process records, another one settles, once', async () => {
  const { key, program } = service.mine;
  const actions = Array.from({ length: 20 }, (_, index) => ({
    memberId: `member-${index % 4}`,
    eventId: `event-${index}`,
    rule: 'visit',
    occurredAt: '2026-01-01T00:00:00Z',
  }));
  await service.ask(
    key,
    'mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }',
    { input: { actions } },
  );
  await service.moveClockTo(STARTS_AT_MS + 2 * DAY_MS);
  await service.settled(program);
  // 20 visits of 2 points.
  expect((await service.ask(key, '{ program { supply { issued } } }')).data).toEqual({
    program: { supply: { issued: '40.00' } },
  });
});

it('a worker answers probes and nothing else', async () => {
  const url = service.servers[1]?.url ?? '';
  expect((await request(url).get('/healthz')).status).toBe(200);
  expect((await request(url).get('/readyz')).body).toMatchObject({ database: true, chain: true });
  expect((await request(url).get('/metrics')).text).toContain('dewpoint_reader_lag_blocks');
  for (const path of ['/', '/graphql', '/errors']) {
    expect((await request(url).get(path)).status).toBe(404);
  }
});

it('says which port is in use and what to do about it', async () => {
  const { startServer } = await import('./main.ts');
  const port = Number(new URL(service.url).port);
  const { http, ...config } = service.config;
  await expect(startServer({ ...config, http: { ...http, port } })).rejects.toThrow(
    `Port ${port} of 127.0.0.1 is in use. Set DEWPOINT_PORT to a free one.`,
  );
});
