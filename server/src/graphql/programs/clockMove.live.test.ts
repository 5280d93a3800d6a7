import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeServices, type Services } from '../../composition/composeServices.ts';
import { UserError } from '../../domain/errors.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { MUTATION_SETTINGS, WINDOW } from '../../testing/builders/program.ts';
import { DAY_MS, HOUR_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startService, until, type Answer, type TestService } from '../../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({
    roles: ['both', 'api'],
    settings: { ...MUTATION_SETTINGS, settlementWindow: WINDOW },
    hasOneOrganisation: true,
    hasLive: true,
  });
});
afterAll(() => service.close());

const nowMs = async (): Promise<number> => (await service.foundation.chain.clock.now()).nowMs;
const askOn = async (server: number, query: string, variables?: object): Promise<Answer> => {
  const call = request(service.servers[server]?.url ?? '').post('/graphql');
  call.set('authorization', `Bearer ${service.mine.key}`);
  return (await call.send({ query, ...(variables !== undefined && { variables }) })).body as Answer;
};

const MOVE = `mutation ($input: ClockMoveInput!) { clockMove(input: $input) {
  before after closedEpoch openedRound userErrors { field code } } }`;
interface Moved {
  readonly before: string;
  readonly after: string;
  readonly closedEpoch: number | null;
  readonly openedRound: number | null;
  readonly userErrors: readonly { readonly code: string }[];
}
async function move(to: string, idempotencyKey = service.key(), server = 0): Promise<Moved> {
  const { data, errors } = await askOn(server, MOVE, { input: { to, idempotencyKey } });
  if (!data) throw new Error(JSON.stringify(errors));
  return data['clockMove'] as Moved;
}

let events = 0;
let recorded = 0;
/** Reports a visit at a moment, and says what became of it. */
async function record(server: number, occurredAtMs: number): Promise<unknown> {
  const occurredAt = new Date(occurredAtMs).toISOString();
  const query = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) {
    results { status code } } }`;
  const action = { memberId: 'mei', eventId: `e${(events += 1)}`, rule: 'visit', occurredAt };
  const { data } = await askOn(server, query, { input: { actions: [action] } });
  const { results } = data?.['actionsRecord'] as { results: { status: string }[] };
  if (results[0]?.status === 'RECORDED') recorded += 1;
  return results[0];
}

/** Epoch of the program at a moment, and the time in it. */
const epochOf = (ms: number): number => Math.floor((ms - STARTS_AT_MS) / DAY_MS);

describe('a move to the next day', () => {
  it('closes the recording of the day on every server at once', async () => {
    const before = await nowMs();
    const epoch = epochOf(before);
    expect(await record(1, before)).toEqual({ status: 'RECORDED', code: null });
    const moved = await move('NEXT_DAY');
    expect(moved).toMatchObject({ closedEpoch: epoch, userErrors: [] });
    expect(Date.parse(moved.before)).toBeGreaterThanOrEqual(before);
    const after = Date.parse(moved.after);
    const closesAtMs = STARTS_AT_MS + (epoch + 1) * DAY_MS + 6 * HOUR_MS;
    expect(after).toBeGreaterThanOrEqual(closesAtMs);
    expect(after).toBeLessThan(closesAtMs + HOUR_MS);
    for (const server of [1, 0]) {
      expect(await record(server, before)).toEqual({ status: 'REJECTED', code: 'EPOCH_CLOSED' });
      expect(await record(server, after)).toEqual({ status: 'RECORDED', code: null });
    }
  });

  it('is one move of 50 calls at the same time, with one answer', async () => {
    const before = await nowMs();
    const key = service.key();
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, index) => move('NEXT_DAY', key, index % 2)),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ closedEpoch: epochOf(before), userErrors: [] });
    expect(await nowMs()).toBeLessThan(before + 2 * DAY_MS);
    // Nor does it move again later on.
    expect(await move('NEXT_DAY', key)).toEqual(answers[0]);
    expect(await nowMs()).toBeLessThan(before + 2 * DAY_MS);
    const { userErrors } = await move('NEXT_ROUND', key);
    expect(userErrors).toEqual([{ field: 'idempotencyKey', code: 'IDEMPOTENCY_KEY_REUSED' }]);
  });

  it('is one move, however often a process dies in the middle of it', async () => {
    const { foundation, mine } = service;
    const before = await nowMs();
    const key = service.key();
    for (let calls = 0; ; calls += 1) {
      const { store, died } = dyingStore(foundation.store, calls, { onceKeys: 'all' });
      const { moveClock } = composeServices({ ...foundation, store }, { wake: () => undefined });
      const moved = await moveClock(mine.program, 'NEXT_DAY', key).catch(String);
      if (died()) {
        expect(moved).toBe('Error: The process died.');
        continue;
      }
      expect(moved).toMatchObject({ closedEpoch: epochOf(before) });
      break;
    }
    expect(await nowMs()).toBeGreaterThan(before + DAY_MS / 4);
    expect(await nowMs()).toBeLessThan(before + 2 * DAY_MS);
  });
});

describe('a move to the next round', () => {
  it('opens it on every server, and leaps over no statement that is to be settled', async () => {
    await service.settled(service.mine.program);
    const { data } = await askOn(0, '{ program { nextRound { number } } }');
    const { number: next } = (data?.['program'] as { nextRound: { number: number } }).nextRound;
    const first = await move('NEXT_ROUND');
    expect(first).toMatchObject({ openedRound: next, userErrors: [] });
    const shown = '{ program { currentRound { number state } } }';
    const open = (number: number): object => ({
      program: { currentRound: { number, state: 'OPEN' } },
    });
    for (const server of [1, 0]) expect((await askOn(server, shown)).data).toEqual(open(next));
    expect(await record(1, Date.parse(first.after))).toMatchObject({ status: 'RECORDED' });
    // A fortnight from round to round, and eight days to settle a statement in.
    const early = await move('NEXT_ROUND');
    expect(early.userErrors).toEqual([{ field: 'to', code: 'STATEMENTS_OPEN' }]);
    await move('NEXT_DAY');
    await service.settled(service.mine.program);
    const second = await move('NEXT_ROUND');
    expect(second).toMatchObject({ openedRound: next + 1, userErrors: [] });
    for (const server of [1, 0]) expect((await askOn(server, shown)).data).toEqual(open(next + 1));
    const member = await service.services.members.find(service.mine.program, 'mei');
    if (member === null) throw new Error('there is no member');
    await until('nothing was lost', async () => {
      const { settled, pending } = await service.services.members.balance(
        (await service.services.programs.get(service.mine.program.id)) ?? service.mine.program,
        member,
      );
      return settled === BigInt(recorded) * 200n && pending === 0n;
    });
  });
});

describe('the clock stays', () => {
  const refused = async (moveClock: Services['moveClock'], program = service.mine.program) => {
    const before = await nowMs();
    const error = await moveClock(program, 'NEXT_DAY', service.key()).catch(
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof UserError)) throw new Error(`it was moved: ${JSON.stringify(error)}`);
    expect(await nowMs()).toBeLessThan(before + HOUR_MS);
    return [error.refusals[0]?.code, error.message] as const;
  };
  const on = (foundation: TestService['foundation']): Services['moveClock'] =>
    composeServices(foundation, { wake: () => undefined }).moveClock;

  it('where the chain is not local', async () => {
    const { foundation } = service;
    const chain = { ...foundation.chain, local: false };
    const [code, message] = await refused(on({ ...foundation, chain }));
    expect([code, message]).toEqual(['CLOCK_FIXED', expect.stringContaining('no local chain')]);
  });

  it('where the program is live', async () => {
    const input = { to: 'NEXT_DAY', idempotencyKey: service.key() };
    const { data } = await service.ask(service.live?.key ?? '', MOVE, { input });
    expect(data?.['clockMove']).toMatchObject({ userErrors: [{ code: 'CLOCK_FIXED' }] });
  });

  it('where the program has not begun', async () => {
    const startsAtMs = (await nowMs()) + 365 * DAY_MS;
    const program = { ...service.mine.program, startsAtMs };
    const [code, message] = await refused(service.services.moveClock, program);
    expect([code, message]).toEqual(['CLOCK_FIXED', expect.stringContaining('begins at')]);
  });

  it('where the node cannot move it', async () => {
    const { foundation } = service;
    const { rpc } = foundation.chain;
    const call: typeof rpc.call = (method, params) =>
      rpc.call(method.replace(/^evm_/, 'dev_'), params);
    const chain = { ...foundation.chain, rpc: { ...rpc, call } };
    const [code, message] = await refused(on({ ...foundation, chain }));
    expect([code, message]).toEqual(['CLOCK_FIXED', expect.stringContaining("can't move")]);
  });
});
