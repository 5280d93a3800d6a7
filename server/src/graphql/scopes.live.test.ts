import { keyOwner } from '../services/access/apiKeys.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAs, graphqlServicesOf, personOf } from '../testing/people/asPerson.ts';
import { type Answer, startService, type TestService } from '../testing/service.ts';
import { KEY_SCOPES, type CallerScope } from '../domain/organisations/scopes.ts';
import { inputTypeOf, MUTATIONS, sampleInput } from '../testing/sampleInput.ts';
import { encodeGlobalId } from './core/globalId.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const RECORD = `mutation { actionsRecord(input: { actions: [
  { memberId: "shared", eventId: "event-1", rule: "visit", occurredAt: "2026-01-01T00:00:00Z" }
] }) { results { status } } }`;

/** A key with every other scope is refused, and learns nothing. */
async function refusedWithout(
  scopes: readonly CallerScope[],
  query: string,
  variables?: object,
): Promise<void> {
  const others = KEY_SCOPES.filter((other) => !scopes.includes(other));
  const { key } = await service.services.apiKeys.create(
    keyOwner(service.mine.program),
    'narrow',
    others,
  );
  const { data, errors } = await service.ask(key, query, variables);
  expect(Object.values(data ?? {}).filter((value) => value !== null)).toEqual([]);
  expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
}

describe('a key without the scope', () => {
  it.each([
    ['program:read', '{ program { settlement { open } } }'],
    ['program:read', '{ program { orders { asOfBlock } } }'],
    ['members:read', '{ member(memberId: "shared") { account } }'],
    ['members:read', '{ program { orders(memberId: "shared") { asOfBlock } } }'],
  ] as const)('%s is refused', (scope, query) => refusedWithout([scope], query));

  // One mutation is open to either of two: see transactionSign.
  const scoped = MUTATIONS.flatMap(({ scope, otherScope, name }) =>
    scope === 'public'
      ? []
      : [{ scopes: [scope, ...(otherScope === undefined ? [] : [otherScope])], name }],
  );
  it.each(scoped)('$scopes is refused by $name', async ({ scopes, name }) => {
    const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) { userErrors { code } } }`;
    await refusedWithout(scopes, query, { input: sampleInput(name) });
  });

  it('sees no node of a type that it may not read', async () => {
    const { program, key } = service.mine;
    await service.ask(key, RECORD);
    const member = await service.services.members.find(program, 'shared');
    const ids = [
      encodeGlobalId('Member', member?.id ?? ''),
      encodeGlobalId('Order', `${program.id}:1`),
    ];
    const { key: narrow } = await service.services.apiKeys.create(keyOwner(program), 'narrow', [
      'members:write',
    ]);
    expect(
      await service.ask(narrow, 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename } }', {
        ids,
      }),
    ).toEqual({
      data: { nodes: [null, null] },
    });
  });
});

describe('a caller without a key', () => {
  const asked = (query: string, variables?: object): Promise<Answer> =>
    service.ask(null, query, variables);

  it('reads the public facts of any program by its id', async () => {
    const id = encodeGlobalId('Program', service.mine.program.id);
    const query = `query ($id: ID!) { program(id: $id) {
      id name settings { noticeSeconds objectionThresholdBps settlementToken { symbol decimals } }
      ruleSets(first: 1) { edges { node { version rules { name } } } asOfBlock }
      buybackTerms { edges { node { version pricePerPoint budgetPerRound minTender } } }
      changes { edges { node { number } } } pendingChange { number }
      currentRound { number } nextRound { number state opensAt tendered cover { budget covered } }
      rounds { edges { node { number } } }
      reserve { total owed withdrawable } supply { outstanding } clock { currentEpoch }
      items { edges { node { number } } } orderCounts { open fulfilled refused overdue }
    } }`;
    const answer = await asked(query, { id });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toEqual({
      program: {
        id,
        name: 'Mine',
        settings: {
          noticeSeconds: 604_800,
          objectionThresholdBps: 500,
          settlementToken: { symbol: 'LD', decimals: 6 },
        },
        ruleSets: {
          edges: [{ node: { version: 0, rules: [{ name: 'purchase' }, { name: 'visit' }] } }],
          asOfBlock: expect.any(Number) as number,
        },
        buybackTerms: {
          edges: [
            {
              node: {
                version: 0,
                pricePerPoint: '0.010000',
                budgetPerRound: '0.000000',
                minTender: '1.00',
              },
            },
          ],
        },
        changes: { edges: [] },
        pendingChange: null,
        currentRound: null,
        nextRound: {
          number: 0,
          state: 'UPCOMING',
          opensAt: '2026-01-04T00:00:00.000Z',
          tendered: '0.00',
          cover: { budget: '0.000000', covered: true },
        },
        rounds: { edges: [] },
        reserve: { total: '0.000000', owed: '0.000000', withdrawable: '0.000000' },
        supply: { outstanding: '0.00' },
        clock: { currentEpoch: 0 },
        items: { edges: [] },
        orderCounts: { open: 0, fulfilled: 0, refused: 0, overdue: 0 },
      },
    });
    const unknown = encodeGlobalId('Program', 'prg_1_0');
    expect((await asked(query, { id: unknown })).data).toEqual({ program: null });
  });

  it('reads nothing else of it', async () => {
    const id = encodeGlobalId('Program', service.mine.program.id);
    for (const field of [
      'settlement { open }',
      'orders { asOfBlock }',
      'order(number: 1) { id }',
    ]) {
      const { data, errors } = await asked(`{ program(id: "${id}") { ${field} } }`);
      expect(Object.values(data?.['program'] ?? {}).filter((value) => value !== null)).toEqual([]);
      expect(errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    }
  });

  it('reads a program by the address that everybody knows, and no other by it', async () => {
    const query = 'query ($address: Address!) { program(address: $address) { name address } }';
    const { address } = service.mine.program;
    const found = { data: { program: { name: 'Mine', address } } };
    expect(await asked(query, { address })).toEqual(found);
    expect(await asked(query, { address: address.toLowerCase() })).toEqual(found);
    const nothing = '0x00000000000000000000000000000000000000aa';
    expect(await asked(query, { address: nothing })).toEqual({ data: { program: null } });
    const { charter } = service.mine.program;
    expect(await asked(query, { address: charter })).toEqual({ data: { program: null } });
  });

  it('is told what is wrong with an address', async () => {
    const { address } = service.mine.program;
    const id = encodeGlobalId('Program', service.mine.program.id);
    const swapped = address
      .slice(2)
      .replace(/[a-z]/i, (letter) =>
        letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
      );
    for (const [args, said] of [
      [`address: "0x${swapped}"`, 'wrong checksum'],
      [`address: "${address}", id: "${id}"`, 'one of the two'],
    ]) {
      const { errors } = await asked(`{ program(${args}) { name } }`);
      expect(errors?.[0]?.extensions['code']).toBe('MALFORMED');
      expect(errors?.[0]?.message).toContain(said);
    }
  });

  it('may ask for half as much at once', async () => {
    const id = encodeGlobalId('Program', service.mine.program.id);
    const page = (name: string): string =>
      `${name}: rounds(first: 100) { edges { node { number state opensAt closesAt tendered
        cover { budget available covered } expected { filled payout }
        result { version covered budget filled payout } asOfBlock } } }`;
    const ask = (...names: string[]): string =>
      `{ program(id: "${id}") { ${names.map(page).join(' ')} } }`;
    expect((await asked(ask('a'))).errors).toBeUndefined();
    const { errors } = await asked(ask('a', 'b'));
    expect(errors?.[0]?.extensions['code']).toBe('QUERY_TOO_COMPLEX');
    expect((await service.ask(service.mine.key, ask('a', 'b'))).errors).toBeUndefined();
  });
});

describe('what owners alone may', () => {
  const told = MUTATIONS.filter(({ forOwners }) => forOwners !== undefined);
  const asked = (name: string): string =>
    `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) { userErrors { code } } }`;
  const codeFor = async (
    role: 'owner' | 'manager',
    name: string,
    input: object,
    environment: 'test' | 'live' = 'test',
  ): Promise<unknown> => {
    const person = personOf(role, { program: service.mine.program });
    const services = graphqlServicesOf(service.foundation);
    const answer = await askAs(services, { ...person, environment }, asked(name), { input });
    return answer.errors?.[0]?.extensions['code'];
  };

  it('is what binds the program, moves money, can not be taken back, or is live', () => {
    expect(Object.fromEntries(told.map(({ name, forOwners }) => [name, forOwners]))).toEqual({
      ...{ changeAnnounce: 'ALL', changeWithdraw: 'ALL', operatorOffer: 'ALL' },
      ...{ reserveDeposit: 'ALL', reserveWithdraw: 'ALL', operatorAccept: 'ALL' },
      ...{ memberErase: 'ALL', programCreate: 'LIVE' },
    });
  });

  it.each(told)('is refused to a manager by $name, and open to an owner', async ({ name }) => {
    const input = sampleInput(name);
    const of = name === 'programCreate' ? 'live' : 'test';
    expect(await codeFor('manager', name, input, of)).toBe('FORBIDDEN');
    expect(await codeFor('owner', name, { ...input, dryRun: undefined })).not.toBe('FORBIDDEN');
  });

  it('leaves open what a change would do, and what is created in test', async () => {
    const dryRun = { ...sampleInput('changeAnnounce'), dryRun: true };
    expect(await codeFor('manager', 'changeAnnounce', dryRun)).not.toBe('FORBIDDEN');
    const create = sampleInput('programCreate');
    expect(await codeFor('manager', 'programCreate', create)).not.toBe('FORBIDDEN');
  });
});
