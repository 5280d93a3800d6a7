import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { startService, type TestService } from '../../testing/service.ts';

/** Dozens of transactions in a row, on a machine that does everything else at the same time. */
const SLOW_TIMEOUT_MS = 600_000;
const TOKEN_UNITS = 1_000_000n;

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
});
afterAll(() => service.close());

const keyed = (more: object): object => ({ idempotencyKey: service.key(), ...more });
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_none, index) => make(index));
const listItem = async (stock: number): Promise<number> => {
  const input = keyed({ price: '1.00', stock, text: 'Cake' });
  const { item } = await service.act('itemAdd', input, 'item { number }');
  return (item as { number: number }).number;
};

describe('acts at the same time', { timeout: SLOW_TIMEOUT_MS }, () => {
  it('40 of the operator are all done', async () => {
    const query = `mutation ($input: ItemAddInput!) { itemAdd(input: $input) { transaction { id status } userErrors { code } } }`;
    const answers = await Promise.all(
      times(40, (index) =>
        service.ask(service.mine.key, query, {
          input: keyed({ price: '1.00', stock: 1, text: `Item ${index}` }),
        }),
      ),
    );
    const refused = answers.flatMap(({ errors = [] }) => errors);
    for (const { extensions } of refused) {
      // On a busy machine the last of them may be told so only when their time is over.
      expect(['BUSY', 'OVERLOADED']).toContain(extensions['code']);
      expect(extensions['retryAfterMs']).toBeGreaterThan(0);
    }
    const ids = answers.flatMap(({ data }) => {
      const { itemAdd } = (data ?? {}) as { itemAdd?: { transaction: { id: string } | null } };
      return itemAdd?.transaction?.id ?? [];
    });
    expect(new Set(ids).size).toBe(40 - refused.length);
    // A client that is told to come back is done as well.
    const all = await Promise.all(
      times(40, (index) =>
        service.act('itemAdd', keyed({ price: '1.00', stock: 1, text: `Next ${index}` })),
      ),
    );
    expect(all.map(({ transaction }) => transaction?.status)).toEqual(times(40, () => 'MINED'));
  });

  it('8 deposits of different amounts are eight deposits', async () => {
    await service.mint(100n * TOKEN_UNITS);
    const answers = await Promise.all(
      times(8, (index) => service.act('reserveDeposit', keyed({ amount: `${index + 1}` }))),
    );
    expect(answers.map(({ userErrors }) => userErrors)).toEqual(times(8, () => []));
    expect(answers.map(({ transaction }) => transaction?.status)).toEqual(times(8, () => 'MINED'));
    const { reserve } = await service.services.rounds.reserve(service.mine.program);
    expect(reserve).toBe(36n * TOKEN_UNITS);
  });

  it('4 members that want the last piece get it once, and the others the reason', async () => {
    const members = times(4, (index) => `racer-${index}`);
    for (const memberId of members) await service.earn(memberId, 10);
    const item = await listItem(1);
    const inputs = members.map((memberId) =>
      keyed({ memberId, item, quantity: 1, maxPrice: '1.00' }),
    );
    const answers = await Promise.all(inputs.map((input) => service.act('itemRedeem', input)));
    const lost = answers.filter(({ transaction }) => transaction?.status !== 'MINED');
    expect(lost).toHaveLength(3);
    for (const { userErrors } of lost) expect(userErrors).toMatchObject([{ code: 'OUT_OF_STOCK' }]);
    // A client that lost the answer finds it by the key, and nothing is sent.
    const lookUp = `query ($key: String!, $memberId: String!) {
      transaction(idempotencyKey: $key, memberId: $memberId) { id userErrors { code } } }`;
    for (const [index, { transaction, userErrors }] of answers.entries()) {
      if (transaction === null) continue; // refused before anything was sent
      const { idempotencyKey: key, memberId } = inputs[index] as Record<string, string>;
      const { data } = await service.ask(service.mine.key, lookUp, { key, memberId });
      const codes = userErrors.map(({ code }) => ({ code }));
      expect(data).toEqual({ transaction: { id: transaction.id, userErrors: codes } });
    }

    // The same keys may try again once there is something to try.
    await service.act('itemStockAdd', keyed({ item, added: 3 }));
    const again = await Promise.all(inputs.map((input) => service.act('itemRedeem', input)));
    expect(again.map(({ transaction }) => transaction?.status)).toEqual(times(4, () => 'MINED'));
  });
});
