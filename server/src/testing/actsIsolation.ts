/** That every act on chain is kept to the program of its key: one test for each root field. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import { expect } from 'vitest';
import { schema } from '../graphql/schema.ts';
import { DAY_MS, STARTS_AT_MS, until, type Answer, type ApiWorld } from './apiWorld.ts';
import { NOBODY, goodProgram } from './badPrograms.ts';
import { finalAnswer } from './finalAnswer.ts';

type Ask = (query: string, variables?: object) => Promise<Answer>;

interface Acted {
  readonly transaction: { readonly id: string } | null;
  readonly call?: { readonly to: Address } | null;
  readonly userErrors: readonly { readonly field: string | null; readonly code: string }[];
}

let keys = 0;
const keyed = (more: object): object => ({ idempotencyKey: `isolation-${(keys += 1)}`, ...more });

/** Calls a mutation and asks for what all of them have. */
async function act(ask: Ask, name: string, input: object): Promise<Acted> {
  const field = schema.getMutationType()?.getFields()[name];
  const type = field?.args[0]?.type.toString();
  const query = `mutation ($input: ${type}) { ${name}(input: $input) {
    transaction { id status } userErrors { field code } } }`;
  const answer = await finalAnswer(() => ask(query, { input }));
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  return answer.data[name] as Acted;
}

async function done(ask: Ask, name: string, input: object): Promise<string> {
  const { transaction, userErrors } = await act(ask, name, keyed(input));
  expect(userErrors).toEqual([]);
  return transaction?.id ?? '';
}

const seesTransaction = async (ask: Ask, id: string): Promise<boolean> => {
  const answer = await ask('query ($id: String!) { transaction(id: $id) { id } }', { id });
  return answer.data?.['transaction'] !== null;
};

const WORSE_RULES = {
  ruleSet: {
    rules: [
      { ruleId: 1, name: 'purchase', text: '1 point a dollar', perMillionUnits: '10000' },
      { ruleId: 2, name: 'visit', text: '2 points a visit', perAction: '1' },
    ],
  },
};

/** Gives the other program a member with points, an item, an order and a pending change; its key's transactions. */
export async function fillTheirs(world: ApiWorld, theirs: Ask): Promise<{ transactionId: string }> {
  const occurredAt = new Date(STARTS_AT_MS).toISOString();
  const action = { memberId: 'rich', eventId: '1', rule: 'visit', count: 50, occurredAt };
  await theirs(
    'mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }',
    { input: { actions: [action] } },
  );
  await theirs('mutation { dropsCollect(input: { memberId: "rich" }) { userErrors { code } } }');
  await until('they have their points', async () => {
    const program = await world.services.programs.get(world.theirs.program.id);
    const member = await world.services.members.find(world.theirs.program, 'rich');
    if (program === null || member === null) return false;
    return (await world.services.members.balance(program, member)).settled > 0n;
  });
  // Two items and two changes: mine gets one of each, so the second ones are theirs alone.
  await done(theirs, 'itemAdd', { price: '1', text: 'A cup' });
  await done(theirs, 'itemAdd', { price: '2', text: 'A bag' });
  const better = { buyback: { pricePerPoint: '0.02', budgetPerRound: '0', minTender: '1' } };
  await done(theirs, 'changeAnnounce', { terms: better });
  await done(theirs, 'itemRedeem', { memberId: 'rich', item: 1, maxPrice: '1' });
  const transactionId = await done(theirs, 'changeAnnounce', { terms: WORSE_RULES });
  return { transactionId };
}

/** Names of root fields, and that each of them shows and does nothing in the other program. */
export function actsIsolation(args: {
  readonly world: () => ApiWorld;
  readonly mine: Ask;
  readonly theirs: Ask;
  readonly theirTransactionId: () => string;
}): Record<string, () => Promise<void>> {
  const { world, mine, theirs } = args;
  /** What is there for them is refused to me. */
  const refused =
    (name: string, input: object, field: string, code: string) => async (): Promise<void> => {
      const { transaction, userErrors } = await act(mine, name, keyed(input));
      expect([transaction, userErrors]).toEqual([null, [{ field, code }]]);
    };
  /** What I do is not seen by them. */
  const unseen = (name: string, input: () => object) => async (): Promise<void> => {
    const id = await done(mine, name, input());
    expect([await seesTransaction(mine, id), await seesTransaction(theirs, id)]).toEqual([
      true,
      false,
    ]);
  };
  /** A member of theirs is nobody here. */
  const noMember = (name: string, input: object): (() => Promise<void>) =>
    refused(name, { memberId: 'rich', ...input }, 'memberId', 'NOT_FOUND');

  return {
    'Query.transaction': async () => {
      expect(await seesTransaction(mine, args.theirTransactionId())).toBe(false);
      expect(await seesTransaction(theirs, args.theirTransactionId())).toBe(true);
    },
    'Query.accountMoveTypedData': async () => {
      const deadline = new Date(STARTS_AT_MS + 2 * DAY_MS).toISOString();
      const query = `query { accountMoveTypedData(memberId: "rich", to: "${NOBODY}", deadline: "${deadline}") { to } }`;
      expect((await mine(query)).errors?.[0]?.extensions['code']).toBe('NOT_FOUND');
      expect((await theirs(query)).data?.['accountMoveTypedData']).toEqual({ to: NOBODY });
    },
    'Mutation.accountMove': noMember('accountMove', {
      to: NOBODY,
      deadline: new Date(STARTS_AT_MS + 2 * DAY_MS).toISOString(),
      signature: '0x00',
    }),
    'Mutation.changeObject': noMember('changeObject', { change: 1, amount: '1' }),
    'Mutation.objectionRelease': noMember('objectionRelease', { change: 1 }),
    'Mutation.roundTender': noMember('roundTender', { round: 0, amount: '1' }),
    'Mutation.roundUntender': noMember('roundUntender', { round: 0, amount: '1' }),
    'Mutation.roundClaim': noMember('roundClaim', { round: 0, asset: 'MONEY' }),
    'Mutation.itemRedeem': noMember('itemRedeem', { item: 1, maxPrice: '1' }),
    'Mutation.changeEnact': refused('changeEnact', { change: 2 }, 'change', 'NOT_FOUND'),
    'Mutation.changeWithdraw': refused('changeWithdraw', { change: 2 }, 'change', 'NOT_FOUND'),
    'Mutation.orderFulfil': refused('orderFulfil', { order: 1 }, 'order', 'NOT_FOUND'),
    'Mutation.orderRefund': refused('orderRefund', { order: 1 }, 'order', 'NOT_FOUND'),
    'Mutation.itemPriceSet': refused('itemPriceSet', { item: 2, price: '2' }, 'item', 'NOT_FOUND'),
    'Mutation.itemStockAdd': refused('itemStockAdd', { item: 2, added: 1 }, 'item', 'NOT_FOUND'),
    'Mutation.itemWithdraw': refused('itemWithdraw', { item: 2 }, 'item', 'NOT_FOUND'),
    'Mutation.itemKeep': refused('itemKeep', { item: 2 }, 'item', 'NOT_FOUND'),
    'Mutation.reserveDeposit': refused(
      'reserveDeposit',
      { amount: '1' },
      'amount',
      'INSUFFICIENT_MONEY',
    ),
    'Mutation.reserveWithdraw': refused(
      'reserveWithdraw',
      { amount: '1', to: NOBODY },
      'amount',
      'EXCEEDS_WITHDRAWABLE',
    ),
    'Mutation.itemAdd': async () => {
      await unseen('itemAdd', () => ({ price: '1', text: 'Mine' }))();
      const { catalogue } = world().services;
      expect((await catalogue.findItem(world().theirs.program, 1))?.text).toBe('A cup');
      expect(await catalogue.findItem(world().theirs.program, 3)).toBeNull();
    },
    'Mutation.roundSettle': unseen('roundSettle', () => ({})),
    'Mutation.changeAnnounce': async () => {
      // Theirs pends; mine is the first of its own.
      await unseen('changeAnnounce', () => ({ terms: WORSE_RULES }))();
      const { changes } = world().services;
      const [own, other] = await Promise.all(
        [world().mine, world().theirs].map(({ program }) =>
          changes.list(program, { first: 10, after: null }),
        ),
      );
      expect([own?.rows.length, other?.rows.length]).toEqual([1, 2]);
      expect(own?.rows[0]?.transactionHash).not.toBe(other?.rows[0]?.transactionHash);
    },
    'Mutation.programCreate': unseen('programCreate', () => {
      const { idempotencyKey: _, ...good } = goodProgram(
        world().mine.program.settlementToken.address,
      );
      return good;
    }),
  };
}
