import { afterAll, beforeAll, expect, it } from 'vitest';
import { composeServices } from '../../composition/composeServices.ts';
import { dyingStore } from '../../testing/deaths.ts';
import { startService, type TestService } from '../../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ roles: ['both', 'api'] });
});
afterAll(() => service.close());

it('an erased member has no session on any server and no ticket, and others have theirs', async () => {
  const { memberSessions, linkTickets } = service.services;
  const { program } = service.mine;
  await service.earn('Ms Private', 1);
  const open = async (memberId: string): Promise<string> => {
    const input = { memberId, idempotencyKey: service.key() };
    return (await memberSessions.create(program, input)).token;
  };
  const tokens = [await open('Ms Private'), await open('Ms Private')];
  const other = await open('Someone Else');
  const { ticket } = await linkTickets.create(program, {
    ...{ memberId: 'Ms Private', idempotencyKey: service.key(), isOwn: false },
  });
  const errorOn = async (server: number, token: string): Promise<unknown> => {
    const response = await fetch(`${service.servers[server]?.url ?? ''}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ viewer { memberId } }' }),
    });
    const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    return errors?.[0]?.extensions.code ?? null;
  };
  for (const token of [...tokens, other]) {
    expect(await Promise.all([errorOn(0, token), errorOn(1, token)])).toEqual([null, null]);
  }
  const erase = `mutation { memberErase(input: { memberId: "Ms Private", idempotencyKey: "1" }) { userErrors { code } } }`;
  expect((await service.ask(service.mine.key, erase)).data).toEqual({
    memberErase: { userErrors: [] },
  });
  for (const token of tokens) {
    expect(await errorOn(0, token)).toBe('UNAUTHENTICATED');
    expect(await errorOn(1, token)).toBe('UNAUTHENTICATED');
  }
  expect(await errorOn(1, other)).toBeNull();
  const redeemed = linkTickets.redeem({ ticket, idempotencyKey: service.key() });
  await expect(redeemed).rejects.toThrow('must be a fresh one');
});

it('an erased member has no session, whichever call to the database the process dies at', async () => {
  const { foundation, services, mine } = service;
  for (let calls = 0; ; calls += 1) {
    await service.earn('Ms Private', 1);
    const of = { memberId: 'Ms Private', idempotencyKey: service.key() };
    const { token } = await services.memberSessions.create(mine.program, of);
    const mortal = { onceKeys: 'all', members: ['erase'], memberSessions: ['eraseOf'] } as const;
    const { store, died } = dyingStore(foundation.store, calls, mortal);
    const dying = composeServices({ ...foundation, store }, { wake: () => undefined });
    const input = { ...of, idempotencyKey: service.key() };
    const first = dying.memberEraser.erase(mine.program, input);
    await first.catch((error: unknown) => expect(String(error)).toContain('died'));
    await services.memberEraser.erase(mine.program, input);
    expect(await services.memberSessions.authenticate(token)).toBeNull();
    if (!died()) break;
  }
});
