import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startService, type TestService } from '../../server/src/testing/service.ts';
import { openLine, type Line } from '../testing/line.ts';
import { createClient, type Action, type Client } from './client.ts';

let service: TestService;
/** Loses the first answer to each body. */
let lossy: Line;
/** Bodies that came over it. */
const seen = new Set<string>();
let client: Client;
/** By the clock of the chain. Unix milliseconds. */
let nowMs: number;

beforeAll(async () => {
  service = await startService();
  ({ nowMs } = await service.foundation.chain.clock.now());
  lossy = await openLine(service.url, (body) => {
    const fate = seen.has(body) ? 'pass' : 'lose';
    seen.add(body);
    return fate;
  });
  client = createClient({ url: lossy.url, key: service.mine.key });
});
afterAll(async () => {
  await client.close();
  await lossy.close();
  await service.close();
});

const visit = (nth: number, more: Partial<Action> = {}): Action => ({
  memberId: 'mei',
  eventId: `visit-${nth}`,
  rule: 'visit',
  occurredAt: new Date(nowMs),
  ...more,
});

describe('the client, when every first answer is lost', () => {
  it('records each action once', async () => {
    const results = await Promise.all(
      Array.from({ length: 700 }, (_, nth) => client.recordAction(visit(nth))),
    );
    // Each was on disk before its answer was lost.
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['DUPLICATE']));
    expect(seen.size).toBe(2);
    const { data } = await service.ask(
      service.mine.key,
      '{ member(memberId: "mei") { history(first: 100) { edges { node { count } } } } }',
    );
    expect(JSON.stringify(data)).toContain('700');
  });

  it('reads the balance that the actions earn', async () => {
    const mei = await client.member('mei');
    expect(Number(mei?.balance.pending)).toBeGreaterThan(0);
    expect(await client.member('nobody')).toBeNull();
  });

  it('voids an action before it matures, once', async () => {
    const maturesAt = new Date(nowMs + 3_600_000);
    await client.recordAction(visit(1_000, { maturesAt }));
    const voided = await client.voidAction({ memberId: 'mei', eventId: 'visit-1000', reason: 'x' });
    expect(voided.status).toBe('DUPLICATE');
    await expect(
      client.voidAction({ memberId: 'mei', eventId: 'never-was' }),
    ).rejects.toMatchObject({ code: 'UNKNOWN_ACTION', field: 'eventId' });
  });

  it('opens one session, with which the member reads its own balance', async () => {
    const { token, expiresAt } = await client.createMemberSession('mei');
    expect(Date.parse(expiresAt)).toBeGreaterThan(nowMs);
    const { data } = await service.ask(token, '{ member { memberId } }');
    expect(data).toEqual({ member: { memberId: 'mei' } });
  });
});
