import { afterAll, beforeAll, expect, it } from 'vitest';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { askAs, graphqlServicesOf, personOf } from '../../testing/people/asPerson.ts';
import { startService, type Answer, type TestService } from '../../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
  await service.moveClockTo(STARTS_AT_MS + 2 * HOUR_MS);
});
afterAll(() => service.close());

const iso = (ms: number): string => new Date(ms).toISOString();
const OCCURRED_AT = iso(STARTS_AT_MS + HOUR_MS);
const MATURES_AT = iso(STARTS_AT_MS + 2 * DAY_MS);

type Act = 'actionsRecord' | 'actionsVoid' | 'actionsHold' | 'actionsRelease';
const query = (name: Act): string => {
  const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${input}!) { ${name}(input: $input) { results { status code field } } }`;
};
const resultsOf = ({ data }: Answer, name: Act): unknown[] =>
  (data?.[name] as { results: unknown[] }).results;

/** Acts as a manager who is signed in. */
async function byManager(name: Act, ...actions: object[]): Promise<unknown[]> {
  const manager = personOf('manager', { program: service.mine.program });
  const services = graphqlServicesOf(service.foundation);
  const answer = await askAs(services, manager, query(name), { input: { actions } });
  expect(answer.errors).toBeUndefined();
  return resultsOf(answer, name);
}
async function byApp(name: Act, ...actions: object[]): Promise<unknown[]> {
  return resultsOf(await service.ask(service.mine.key, query(name), { input: { actions } }), name);
}
async function seen(eventId: string): Promise<unknown> {
  const { data, errors } = await service.ask(
    service.mine.key,
    `query ($eventId: String!) { action(memberId: "mei", eventId: $eventId) {
      state why actor reason maturesAt voidableUntil held { actor reason } released { actor reason } voidActor } }`,
    { eventId },
  );
  expect(errors).toBeUndefined();
  return data?.['action'];
}
const action = (eventId: string, more: object = {}): object => ({
  ...{ memberId: 'mei', eventId, rule: 'visit', occurredAt: OCCURRED_AT },
  ...more,
});
const RECORDED = { status: 'RECORDED', code: null, field: null };

it('names the person who grants points by hand, whatever the call says, and wants a reason', async () => {
  const [bare, blank, granted, odd] = await byManager(
    'actionsRecord',
    action('g1'),
    action('g2', { reason: '  ' }),
    action('g3', { actor: 'Eve', reason: 'a broken cup' }),
    action('g4', { reason: { toString: 1 } }),
  );
  expect(odd).toMatchObject({ status: 'REJECTED', code: 'MALFORMED', field: 'actions[3].reason' });
  const refused = { status: 'REJECTED', code: 'REQUIRED' };
  expect(bare).toEqual({ ...refused, field: 'actions[0].reason' });
  expect(blank).toEqual({ ...refused, field: 'actions[1].reason' });
  expect(granted).toEqual(RECORDED);
  expect(await seen('g3')).toMatchObject({ actor: 'manager', reason: 'a broken cup' });
  expect(await byApp('actionsRecord', action('a1', { actor: 'Till 2' }))).toEqual([RECORDED]);
  expect(await seen('a1')).toMatchObject({ actor: 'Till 2', reason: null });
});

it('holds, releases and voids before points, and says who did and why', async () => {
  const names = ['r1', 'r2', 'r3'].map((eventId) => ({ memberId: 'mei', eventId }));
  const open = names.map(({ eventId }) => action(eventId, { maturesAt: MATURES_AT }));
  expect(await byApp('actionsRecord', ...open)).toEqual([RECORDED, RECORDED, RECORDED]);
  const [first, second, third] = names.map((name) => ({ ...name, reason: `why ${name.eventId}` }));
  const done = (status: string): object => ({ status, code: null, field: null });
  expect(await byManager('actionsHold', first ?? {}, second ?? {})).toEqual([
    done('HELD'),
    done('HELD'),
  ]);
  expect(await byManager('actionsRelease', second ?? {})).toEqual([done('RELEASED')]);
  expect(await byApp('actionsVoid', third ?? {})).toEqual([done('VOIDED')]);
  const { settlementWindow } = service.mine.program;
  const latest = iso(STARTS_AT_MS + (settlementWindow - 3) * DAY_MS);
  const by = { actor: 'manager' };
  expect(await seen('r1')).toMatchObject({
    ...{ state: 'MATURING', maturesAt: latest, released: null },
    ...{ held: { ...by, reason: 'why r1' }, why: expect.stringContaining('why r1') as string },
    voidableUntil: iso(Date.parse(latest) - 120_000),
  });
  expect(await seen('r2')).toMatchObject({
    ...{
      state: 'MATURING',
      voidableUntil: null,
      why: expect.stringContaining('released') as string,
    },
    ...{ held: { ...by, reason: 'why r2' }, released: { ...by, reason: 'why r2' } },
  });
  expect(await seen('r3')).toMatchObject({ state: 'VOIDED', voidActor: null, held: null });
  expect(await byManager('actionsHold', third ?? {}, { memberId: 'mei', eventId: 'none' })).toEqual(
    [
      { status: 'REJECTED', code: 'ALREADY_VOIDED', field: 'actions[0].eventId' },
      { status: 'REJECTED', code: 'UNKNOWN_ACTION', field: 'actions[1].eventId' },
    ],
  );
});
