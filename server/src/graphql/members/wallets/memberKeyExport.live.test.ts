import request from 'supertest';
import { parse } from 'csv-parse/sync';
import express from 'express';
import { Wallet } from 'ethers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeServices, type Services } from '../../../composition/composeServices.ts';
import { createAuditLogCsv } from '../../../http/exports/auditLogCsv.ts';
import { createLogger } from '../../../lib/logger.ts';
import { startServer } from '../../../main.ts';
import type { Caller } from '../../../services/access/callers.ts';
import { DAY_MS } from '../../../testing/builders/time.ts';
import { dyingStore } from '../../../testing/deaths.ts';
import { askAs, graphqlServicesOf, personOf } from '../../../testing/people/asPerson.ts';
import { startService, type Answer, type TestService } from '../../../testing/service.ts';
import { newWalletKeys } from '../../../testing/walletKeys.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ roles: ['both', 'api'] });
  for (const memberId of ['mei', 'once', 'rivals', 'logged', 'quiet', 'wrong']) {
    await service.earn(memberId, 1);
  }
});
afterAll(() => service.close());

const EXPORT = `mutation ($input: MemberKeyExportInput!) { memberKeyExport(input: $input) {
  account jwe exportedAt userErrors { field code message } } }`;

interface Exported {
  readonly account: string | null;
  readonly jwe: string | null;
  readonly exportedAt: string | null;
  readonly userErrors: readonly {
    readonly field: string | null;
    readonly code: string;
    readonly message: string;
  }[];
}

const session = async (memberId: string): Promise<string> => {
  const input = { memberId, idempotencyKey: service.key() };
  return (await service.services.memberSessions.create(service.mine.program, input)).token;
};
const askAt = async (url: string, token: string, input: object): Promise<Answer> => {
  const call = request(url).post('/graphql').set('authorization', `Bearer ${token}`);
  return (await call.send({ query: EXPORT, variables: { input } })).body as Answer;
};
const askOn = (server: number, token: string, input: object): Promise<Answer> =>
  askAt(service.servers[server]?.url ?? '', token, input);
const exportedOf = ({ data, errors }: Answer): Exported => {
  if (!data) throw new Error(JSON.stringify(errors));
  return data['memberKeyExport'] as Exported;
};
const codeOf = ({ errors }: Answer): unknown => errors?.[0]?.extensions['code'];
const accountOf = async (memberId: string): Promise<string | undefined> =>
  (await service.services.members.find(service.mine.program, memberId))?.account;

/** Another server process whose clock on the wall is moved. */
const later = (ms: number): Services => {
  const { foundation } = service;
  return composeServices(
    { ...foundation, wallNowMs: () => foundation.wallNowMs() + ms },
    { wake: () => undefined },
  );
};

describe('the key of a member', () => {
  it('gets to the wallet that asked, and is that of the gasless account', async () => {
    const wallet = await newWalletKeys();
    const input = { publicKey: wallet.publicKey, idempotencyKey: service.key() };
    const exported = exportedOf(await askOn(0, await session('mei'), input));
    expect(exported).toMatchObject({ account: await accountOf('mei'), userErrors: [] });
    const { privateKey, ...rest } = await wallet.open(exported.jwe ?? '');
    const { address, chainId } = service.mine.program;
    expect(rest).toEqual({ program: address, chainId, account: exported.account });
    expect(new Wallet(privateKey).address).toBe(exported.account);
  });

  it('is exported once for 50 calls under one key, in two sessions on two servers, and all get the same text', async () => {
    const { publicKey } = await newWalletKeys();
    const tokens = [await session('once'), await session('once')];
    const input = { publicKey, idempotencyKey: service.key() };
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_none, n) =>
        askOn(n % 2, tokens[n % 3 === 0 ? 0 : 1] ?? '', input),
      ),
    );
    expect(exportedOf(answers[0] ?? {}).jwe).toMatch(/^[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const other = { ...input, publicKey: (await newWalletKeys()).publicKey };
    expect(exportedOf(await askOn(0, tokens[0] ?? '', other)).userErrors).toMatchObject([
      { field: 'idempotencyKey', code: 'IDEMPOTENCY_KEY_REUSED' },
    ]);
  });

  it('is exported once a day, whichever of 20 calls in as many sessions on two servers is first', async () => {
    const { publicKey } = await newWalletKeys();
    const answers = await Promise.all(
      Array.from({ length: 20 }, async (_none, n) =>
        askOn(n % 2, await session('rivals'), { publicKey, idempotencyKey: service.key() }),
      ),
    );
    const refused = answers.filter(({ errors }) => errors !== undefined);
    expect(refused).toHaveLength(19);
    for (const answer of refused) {
      expect(codeOf(answer)).toBe('QUOTA_USED_UP');
      const retryAfterMs = Number(answer.errors?.[0]?.extensions['retryAfterMs']);
      expect(retryAfterMs).toBeGreaterThan(DAY_MS - 600_000);
      expect(retryAfterMs).toBeLessThanOrEqual(DAY_MS);
    }
    const [done] = answers.filter(({ errors }) => errors === undefined).map(exportedOf);
    const exportedAtMs = Date.parse(done?.exportedAt ?? '');
    const nextAt = new Date(exportedAtMs + DAY_MS).toISOString();
    expect(refused[0]?.errors?.[0]?.message).toContain(`ask again from ${nextAt} on`);
    const again = (ms: number): Promise<unknown> => {
      const { memberKeyExport } = later(ms);
      const input = { publicKey, idempotencyKey: service.key() };
      return memberKeyExport.exportKey(service.mine.program, 'rivals', input);
    };
    await expect(again(DAY_MS - 600_000)).rejects.toThrow('once in 24 hours');
    const account = await accountOf('rivals');
    await expect(again(DAY_MS)).resolves.toMatchObject({ account });
  });

  it('is exported once, whichever call to the database a process dies at', async () => {
    const { foundation, mine } = service;
    const { publicKey } = await newWalletKeys();
    for (let calls = 0; ; calls += 1) {
      const memberId = `mortal ${calls}`;
      await service.earn(memberId, 1);
      const input = { publicKey, idempotencyKey: service.key() };
      const mortal = { onceKeys: 'all', keyExports: 'all' } as const;
      const { store, died } = dyingStore(foundation.store, calls, mortal);
      const dying = composeServices({ ...foundation, store }, { wake: () => undefined });
      const first = await dying.memberKeyExport
        .exportKey(mine.program, memberId, input)
        .catch((error: unknown) => String(error));
      if (died()) expect(first).toContain('died');
      const { exportKey } = service.services.memberKeyExport;
      const second = await exportKey(mine.program, memberId, input);
      expect(second.account).toBe(await accountOf(memberId));
      if (!died()) expect(second).toEqual(first);
      if (!died()) break;
    }
  });
});

describe('the key of a member is refused', () => {
  it('to apps, to people and to strangers', async () => {
    const { publicKey } = await newWalletKeys();
    const input = { publicKey, idempotencyKey: service.key() };
    expect(codeOf(await askOn(0, service.mine.key, input))).toBe('FORBIDDEN');
    expect(codeOf(await service.ask(null, EXPORT, { input }))).toBe('UNAUTHENTICATED');
    const services = graphqlServicesOf(service.foundation);
    for (const role of ['owner', 'manager'] as const) {
      const person = personOf(role, { program: service.mine.program });
      expect(codeOf(await askAs(services, person, EXPORT, { input }))).toBe('FORBIDDEN');
    }
  });

  it('while there is no account', async () => {
    const { publicKey } = await newWalletKeys();
    const input = { publicKey, idempotencyKey: service.key() };
    const { userErrors, jwe } = exportedOf(await askOn(0, await session('newcomer'), input));
    expect([jwe, userErrors]).toMatchObject([null, [{ field: null, code: 'NOT_FOUND' }]]);
  });

  it('for a public key that is none, which is told and never repeated', async () => {
    const token = await session('wrong');
    const good = JSON.parse((await newWalletKeys()).publicKey) as Record<string, string>;
    const d = 'q'.repeat(43);
    for (const [key, code, said] of [
      ['no JSON', 'MALFORMED', 'no JSON object'],
      [JSON.stringify({ ...good, crv: 'P-384' }), 'MALFORMED', 'no key of the curve P-256'],
      [JSON.stringify({ ...good, x: good['y'], y: good['x'] }), 'MALFORMED', 'no point'],
      [JSON.stringify({ ...good, d }), 'MALFORMED', 'private part'],
      [JSON.stringify({ ...good, kid: 'x'.repeat(1_000) }), 'TOO_LONG', 'at most 1000'],
    ] as const) {
      const input = { publicKey: key, idempotencyKey: service.key() };
      const { userErrors, jwe } = exportedOf(await askOn(0, token, input));
      expect(jwe).toBeNull();
      expect(userErrors).toMatchObject([{ field: 'publicKey', code }]);
      const [error] = userErrors;
      expect(error?.message).toContain(said);
      expect(error?.message).not.toContain(d);
    }
    // None of them has used up the day.
    const input = { publicKey: JSON.stringify(good), idempotencyKey: service.key() };
    expect(exportedOf(await askOn(0, token, input)).userErrors).toEqual([]);
  });
});

describe('what is written down of an export', () => {
  const LIST = `{ auditLog(first: 100, mutation: "memberKeyExport") { edges { node {
    actor { kind id name } programId input before ip answer { error after userErrors { code } } } } } }`;

  it('is who and when in the audit log and its file, and nothing of the key', async () => {
    const wallet = await newWalletKeys();
    const services = graphqlServicesOf(service.foundation);
    const token = await session('logged');
    const input = { publicKey: wallet.publicKey, idempotencyKey: service.key() };
    const { jwe, account } = exportedOf(await askOn(0, token, input));
    await askOn(1, token, { ...input, idempotencyKey: service.key() });
    const { data } = await askAs(services, personOf('viewer'), LIST);
    const { edges } = data?.['auditLog'] as { edges: { node: Record<string, unknown> }[] };
    const [refused, done] = edges.map(({ node }) => node);
    expect(done).toMatchObject({
      actor: { kind: 'MEMBER', id: expect.stringMatching(/^mse_/) as string, name: account },
      before: JSON.stringify({ account, exportedAtMs: null }),
      answer: { error: null, userErrors: [] },
    });
    const after = JSON.parse(String((done?.['answer'] as { after: string }).after)) as object;
    expect(after).toMatchObject({ account, exportedAtMs: expect.any(Number) as number });
    expect(refused?.['answer']).toMatchObject({ error: 'QUOTA_USED_UP', after: null });
    const callerOf = new WeakMap<object, Caller | null>();
    const app = express();
    app.use((given, _response, next) => {
      callerOf.set(given, personOf('viewer'));
      next();
    });
    app.get('/file', createAuditLogCsv({ of: () => services, in: () => services }, callerOf));
    const { text } = await request(app).get('/file?mutation=memberKeyExport');
    const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
    expect(rows[1]).toMatchObject({ actorKind: 'MEMBER', actorName: account });
    const { privateKey } = await wallet.open(jwe ?? '');
    const { x } = JSON.parse(wallet.publicKey) as { x: string };
    for (const secret of [privateKey.slice(2), jwe ?? '', x]) {
      expect(secret.length).toBeGreaterThan(20);
      expect(JSON.stringify(data) + text).not.toContain(secret);
    }
    // The log is for ever, and a member can be erased: it is named by its account.
    expect(JSON.stringify(data) + text).not.toContain('logged');
  });

  it('is nothing of the key in the log of the server, however much it logs', async () => {
    const lines: string[] = [];
    const destination = { write: (line: string) => void lines.push(line) };
    const log = createLogger({ level: 'trace', pretty: false, destination });
    const server = await startServer({ ...service.config, role: 'api' }, log);
    try {
      const wallet = await newWalletKeys();
      const token = await session('quiet');
      const input = { publicKey: wallet.publicKey, idempotencyKey: service.key() };
      const { jwe } = exportedOf(await askAt(server.url, token, input));
      const pair = JSON.stringify({
        ...(JSON.parse(wallet.publicKey) as object),
        d: 'q'.repeat(43),
      });
      await askAt(server.url, token, { publicKey: pair, idempotencyKey: service.key() });
      await askAt(server.url, token, { ...input, idempotencyKey: service.key() });
      const { privateKey } = await wallet.open(jwe ?? '');
      expect(lines.join('')).toContain('ready');
      for (const secret of [privateKey.slice(2), jwe ?? '', 'q'.repeat(43), token]) {
        expect(secret.length).toBeGreaterThan(20);
        expect(lines.join('')).not.toContain(secret);
      }
    } finally {
      await server.close();
    }
  });
});
