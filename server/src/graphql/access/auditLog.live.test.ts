import express from 'express';
import request from 'supertest';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createErrorHandler } from '../../http/core/httpErrors.ts';
import { createAuditLogCsv } from '../../http/exports/auditLogCsv.ts';
import type { Caller } from '../../services/access/callers.ts';
import { askAs, graphqlServicesOf, personOf } from '../../testing/people/asPerson.ts';
import { MUTATION_SETTINGS, OTHER_ORGANISATION } from '../../testing/builders/program.ts';
import { silentLogger } from '../../testing/foundation.ts';
import { isAudited } from '../mutations/audited.ts';
import { inputTypeOf, MUTATIONS, sampleInput } from '../../testing/sampleInput.ts';
import { startService, type Answer, type TestService } from '../../testing/service.ts';
import type { GraphqlServices } from '../core/context.ts';
import { encodeGlobalId } from '../core/globalId.ts';

let service: TestService;
let services: GraphqlServices;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
  services = graphqlServicesOf(service.foundation);
});
afterAll(() => service.close());

const viewer = personOf('viewer');
const ask = (query: string, person = viewer): Promise<Answer> => askAs(services, person, query);

interface Entry {
  readonly seq: number;
  readonly mutation: string;
  readonly input: string;
  readonly before: string | null;
  readonly answer: {
    readonly after: string | null;
    readonly transactionId: string | null;
    readonly [field: string]: unknown;
  } | null;
  readonly [field: string]: unknown;
}
const FIELDS = `seq at environment programId mutation actor { kind id name } ip userAgent requestId
  input before previousHash hash answer {
    seq at userErrors { field code } error transactionId after hash } `;
async function entries(args = 'first: 100', person = viewer): Promise<Entry[]> {
  const answer = await ask(`{ auditLog(${args}) { edges { node { ${FIELDS} } } } }`, person);
  expect(answer.errors).toBeUndefined();
  const { auditLog } = answer.data as { auditLog: { edges: { node: Entry }[] } };
  return auditLog.edges.map(({ node }) => node);
}
const field = (json: string | null | undefined, name: string): unknown =>
  (JSON.parse(json ?? 'null') as Record<string, unknown> | null)?.[name];

describe('the audit log', () => {
  it('has what an operator did, with the state before and after', async () => {
    const key = await service.services.apiKeys.authenticate(service.mine.key);
    const added = await service.act('itemAdd', {
      ...{ idempotencyKey: service.key(), price: '2', text: '=A cup' },
    });
    await service.act('itemPriceSet', { idempotencyKey: service.key(), item: 1, price: '1' });
    // On a slow machine a call is repeated until its transaction is through, and each is written down.
    const [itemAdd] = await entries('first: 100, mutation: "itemAdd"');
    const priceSets = await entries('first: 100, mutation: "itemPriceSet"');
    expect(itemAdd).toMatchObject({
      ...{ environment: 'TEST', mutation: 'itemAdd', before: null },
      programId: encodeGlobalId('Program', service.mine.program.id),
      actor: { kind: 'KEY', id: key?.id, name: 'test' },
      ip: expect.stringMatching(/127\.0\.0\.1|::1/) as string,
      requestId: expect.stringMatching(/^[\w-]{8,}$/) as string,
      answer: { userErrors: [], error: null, transactionId: added.transaction?.id },
    });
    expect(field(itemAdd?.answer?.after, 'price')).toBe('200');
    expect(priceSets[0]).toMatchObject({ mutation: 'itemPriceSet', answer: { userErrors: [] } });
    expect(field(priceSets.at(-1)?.before, 'price')).toBe('200');
    expect(field(priceSets[0]?.answer?.after, 'price')).toBe('100');
    expect(await ask('{ auditLogCheck { whole headSeq broken { seq } } }')).toMatchObject({
      data: { auditLogCheck: { whole: true, broken: null } },
    });
  });

  it('has what was refused, and no signature', async () => {
    const key = service.key();
    expect(
      await service.refused('itemPriceSet', { idempotencyKey: key, item: 99, price: '1' }),
    ).toEqual([['item', 'NOT_FOUND']]);
    const sign = `mutation { transactionSign(input: { id: "none", signature: "0xabcdef" }) {
      userErrors { code } } }`;
    await service.ask(service.mine.key, sign);
    const [signed, refused] = await entries('first: 2');
    expect(refused?.answer).toMatchObject({
      ...{ userErrors: [{ field: 'item', code: 'NOT_FOUND' }], transactionId: null, after: null },
    });
    expect(signed?.input).toBe('{"id":"none","signature":"[redacted]"}');
  });

  it('has no trace of what was only tried out', async () => {
    const [last] = await entries('first: 1');
    const buyback = { pricePerPoint: '1', budgetPerRound: '1000', minTender: '5' };
    const trial = { terms: { buyback }, dryRun: true, idempotencyKey: service.key() };
    const query = `mutation ($input: ${inputTypeOf('changeAnnounce')}) {
      changeAnnounce(input: $input) { outlook { kind } userErrors { code } } }`;
    const answer = await service.ask(service.mine.key, query, { input: trial });
    expect(answer.errors).toBeUndefined();
    expect((await entries('first: 1'))[0]?.seq).toBe(last?.seq);
  });

  it('has keys that people made, and never the key or its hash', async () => {
    const create = `mutation { apiKeyCreate(input: { name: "x", scopes: [PROGRAM_READ],
      idempotencyKey: "logged" }) { key apiKey { id } } }`;
    const { data } = await ask(create, personOf('owner'));
    const { key, apiKey } = data?.['apiKeyCreate'] as { key: string; apiKey: { id: string } };
    const [entry] = await entries('first: 1, mutation: "apiKeyCreate"');
    expect(entry).toMatchObject({ actor: { kind: 'PERSON', id: 'usr_owner' }, before: null });
    expect(field(entry?.answer?.after, 'id')).toBe(apiKey.id);
    const { organisationId, environment } = service.mine.program;
    const stored = await service.foundation.store.apiKeys.find(
      { organisationId, environment },
      apiKey.id,
    );
    for (const secret of [key, stored?.hash ?? '']) {
      expect(secret.length).toBeGreaterThan(20);
      expect(JSON.stringify(await entries())).not.toContain(secret);
    }
  });

  // Members are in it for what memberKeyExport.live.test.ts shows.
  it.each(MUTATIONS.filter((one) => isAudited(one) && one.scope !== 'member:self'))(
    'has every call of $name, and none of another tenant',
    async ({ name }) => {
      const input = sampleInput(name);
      const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) { userErrors { code } } }`;
      const owner = personOf('owner', { program: service.mine.program });
      const { length } = await entries(`first: 100, mutation: "${name}"`);
      await askAs(services, owner, query, { input });
      const found = await entries(`first: 100, mutation: "${name}"`);
      expect(found).toHaveLength(length + 1);
      expect(found[0]?.answer).not.toBeNull();
      const stranger = personOf('owner', { organisationId: OTHER_ORGANISATION });
      expect(await entries('first: 100', stranger)).toEqual([]);
    },
  );

  it('has nothing of what members do, nor of reporting', () => {
    const silent = MUTATIONS.filter((mutation) => !isAudited(mutation)).map(({ scope }) => scope);
    expect(new Set(silent)).toEqual(
      new Set(['actions:write', 'members:write', 'person:self', 'public']),
    );
  });

  it('is read by pages and by time, by those alone who may', async () => {
    const all = await entries();
    const page = await ask('{ auditLog(first: 1) { pageInfo { hasNextPage endCursor } } }');
    const { endCursor } = (page.data as { auditLog: { pageInfo: { endCursor: string } } }).auditLog
      .pageInfo;
    expect((await entries(`first: 1, after: "${endCursor}"`))[0]?.seq).toBe(all[1]?.seq);
    const since = String(all[2]?.['at']);
    expect((await entries(`first: 100, since: "${since}"`)).length).toBeLessThan(all.length);
    const bad = await ask(
      `{ auditLog(since: "${since}", until: "${since}") { edges { cursor } } }`,
    );
    expect(bad.errors?.[0]?.extensions).toMatchObject({ code: 'OUT_OF_RANGE', field: 'until' });
    const fulfiller = await ask('{ auditLogCheck { whole } }', personOf('fulfiller'));
    expect(fulfiller.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('the file of the audit log', () => {
  const fileFor = (caller: Caller | null, query = ''): request.Test => {
    const callerOf = new WeakMap<object, Caller | null>();
    const app = express();
    app.use((given, _response, next) => {
      callerOf.set(given, caller);
      next();
    });
    app.get('/file', createAuditLogCsv({ of: () => services, in: () => services }, callerOf));
    app.use(createErrorHandler(silentLogger));
    return request(app).get(`/file${query}`);
  };

  it('has what the list has, and no formula', async () => {
    const { text, headers } = await fileFor(viewer);
    expect(headers['content-type']).toContain('text/csv');
    expect(headers['content-disposition']).toContain('audit-log.csv');
    const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
    const listed = await entries();
    expect(rows.map(({ seq }) => Number(seq))).toEqual(listed.map(({ seq }) => seq));
    const last = rows.at(-1);
    expect(last).toMatchObject({ mutation: 'itemAdd', actorKind: 'KEY', error: '' });
    expect(last?.['hash']).toBe(listed.at(-1)?.['hash']);
    const only = parse<object>((await fileFor(viewer, '?mutation=itemPriceSet')).text, {
      ...{ columns: true, bom: true },
    });
    expect(only).toHaveLength(listed.filter(({ mutation }) => mutation === 'itemPriceSet').length);
  });

  it('shows a name that is a formula as a text', async () => {
    const owner = personOf('owner', { program: service.mine.program });
    const evil = { ...owner, person: { ...owner.person, name: '=HYPERLINK("http://x")' } };
    await askAs(
      services,
      evil,
      'mutation { documentPut(input: { text: "# x" }) { userErrors { code } } }',
    );
    const { text } = await fileFor(viewer);
    const [first] = parse<Record<string, string>>(text, { columns: true, bom: true });
    expect(first?.['actorName']).toBe('\'=HYPERLINK("http://x")');
  });

  it('is for those alone who may, and says what is wrong with a time', async () => {
    expect((await fileFor(null)).status).toBe(401);
    expect((await fileFor(personOf('fulfiller'))).status).toBe(403);
    const bad = await fileFor(viewer, '?since=yesterday');
    expect([bad.status, bad.text]).toEqual([400, expect.stringContaining('"since"')]);
    const key = await request(service.url)
      .get('/exports/audit-log.csv')
      .set('authorization', `Bearer ${service.mine.key}`);
    expect(key.status).toBe(403);
  });
});
