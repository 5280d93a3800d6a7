/** That every write to the chain is kept to the program of its key: one test for each root field, derived from its declaration. */
import type { Address } from '@dewpoint/contracts/statement.ts';
import { expect } from 'vitest';
import { DAY_MS, STARTS_AT_MS } from '../builders/time.ts';
import { type Answer, finalAnswer, type TestService, until } from '../service.ts';
import { NOBODY, goodProgram } from '../badPrograms.ts';
import { inputTypeOf, MUTATIONS, sampleInput } from '../sampleInput.ts';

type Ask = (query: string, variables?: object) => Promise<Answer>;

interface Acted {
  readonly transaction: { readonly id: string } | null;
  readonly call?: { readonly to: Address } | null;
  readonly userErrors: readonly { readonly field: string | null; readonly code: string }[];
}

let keys = 0;
const keyed = (more: object): object => ({ ...more, idempotencyKey: `isolation-${(keys += 1)}` });

/** Calls a mutation and asks for what all of them have. */
async function act(ask: Ask, name: string, input: object): Promise<Acted> {
  const query = `mutation ($input: ${inputTypeOf(name)}) { ${name}(input: $input) {
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

/** Numbers of what the other program has and mine has not, by the field that names it. */
const ONLY_THEIRS: Readonly<Record<string, number>> = { change: 2, item: 2, order: 1 };

const WORSE_RULES = {
  ruleSet: {
    rules: [
      { ruleId: 1, name: 'purchase', text: '1 point a dollar', perMillionUnits: '10000' },
      { ruleId: 2, name: 'visit', text: '2 points a visit', perAction: '1' },
    ],
  },
};

/** Gives the other program a member with points, an item, an order and a pending change; its key's transactions. */
export async function fillTheirs(
  service: TestService,
  theirs: Ask,
): Promise<{ transactionId: string }> {
  const occurredAt = new Date(STARTS_AT_MS).toISOString();
  const action = { memberId: 'rich', eventId: '1', rule: 'visit', count: 50, occurredAt };
  await theirs(
    'mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }',
    { input: { actions: [action] } },
  );
  await theirs('mutation { dropsCollect(input: { memberId: "rich" }) { userErrors { code } } }');
  await until('they have their points', async () => {
    const program = await service.services.programs.get(service.theirs.program.id);
    const member = await service.services.members.find(service.theirs.program, 'rich');
    if (program === null || member === null) return false;
    return (await service.services.members.balance(program, member)).settled > 0n;
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
export function mutationIsolation(args: {
  readonly service: () => TestService;
  readonly mine: Ask;
  readonly theirs: Ask;
  readonly theirTransactionId: () => string;
}): Record<string, () => Promise<void>> {
  const { service, mine, theirs } = args;
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
  /** A member of theirs is unknown here, and so is what has a number there alone; all else I do is mine alone. */
  const derived = (name: string, kind: 'OPERATOR' | 'MEMBER'): (() => Promise<void>) => {
    const input = sampleInput(name);
    if (kind === 'MEMBER') {
      return refused(name, { ...input, memberId: 'rich' }, 'memberId', 'NOT_FOUND');
    }
    const named = Object.keys(ONLY_THEIRS).find((field) => field in input);
    if (named === undefined) return unseen(name, () => input);
    return refused(name, { ...input, [named]: ONLY_THEIRS[named] }, named, 'NOT_FOUND');
  };

  return {
    ...Object.fromEntries(
      MUTATIONS.flatMap(({ name, kind }) =>
        kind === null ? [] : [[`Mutation.${name}`, derived(name, kind)] as const],
      ),
    ),
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
    'Mutation.memberErase': async () => {
      const erase =
        'mutation ($input: MemberEraseInput!) { memberErase(input: $input) { userErrors { field code } } }';
      const { data } = await mine(erase, { input: keyed({ memberId: 'rich' }) });
      expect(data?.['memberErase']).toEqual({
        userErrors: [{ field: 'memberId', code: 'NOT_FOUND' }],
      });
    },
    'Mutation.memberMerge': async () => {
      const merge =
        'mutation ($input: MemberMergeInput!) { memberMerge(input: $input) { userErrors { field code } } }';
      const { data } = await mine(merge, {
        input: keyed({ fromMemberId: 'rich', intoMemberId: 'poor' }),
      });
      expect(data?.['memberMerge']).toEqual({
        userErrors: [{ field: 'fromMemberId', code: 'NOT_FOUND' }],
      });
    },
    'Mutation.operatorAccept': async () => {
      // Nobody was offered anything.
      const { transaction, userErrors } = await act(mine, 'operatorAccept', keyed({}));
      expect([transaction, userErrors]).toEqual([
        null,
        [{ field: null, code: 'REFUSED_BY_CONTRACT' }],
      ]);
    },
    'Mutation.transactionSign': async () => {
      // What is to be signed for one program is unknown to another: see operatorOffer.live.test.ts.
      const sign =
        'mutation { transactionSign(input: { id: "none", signature: "0x00" }) { userErrors { field code } } }';
      expect((await mine(sign)).data).toEqual({
        transactionSign: { userErrors: [{ field: 'id', code: 'NOT_FOUND' }] },
      });
    },
    'Mutation.documentPut': async () => {
      const put = 'mutation { documentPut(input: { text: "# Mine" }) { document { hash } } }';
      const stored = await mine(put);
      expect(stored.data?.['documentPut']).toMatchObject({
        document: { hash: expect.stringMatching(/^0x/) as string },
      });
      // A text is the small print of those alone whose rules name it.
      const shown = await theirs('{ program { document { hash } } }');
      expect(shown.data).toEqual({ program: { document: null } });
    },
    'Mutation.termsDraftSave': async () => {
      const terms = JSON.stringify(JSON.stringify(WORSE_RULES));
      const save = `mutation { termsDraftSave(input: { target: RULES, terms: ${terms}, revision: 0, idempotencyKey: "draft" }) { draft { revision } } }`;
      expect((await mine(save)).data).toEqual({ termsDraftSave: { draft: { revision: 1 } } });
      const shown = await theirs('{ program { termsDraft(target: RULES) { terms } } }');
      expect(shown.data).toEqual({ program: { termsDraft: null } });
      // By its address anybody finds the program, and nothing of the draft.
      const found = await theirs(
        `{ program(address: "${service().mine.program.address}") { termsDraft(target: RULES) { terms note savedBy } } }`,
      );
      expect(found.errors?.map(({ extensions }) => extensions['code'])).toEqual(['FORBIDDEN']);
      expect(found.data).toEqual({ program: { termsDraft: null } });
    },
    'Mutation.termsDraftDelete': async () => {
      const drop =
        'mutation { termsDraftDelete(input: { target: BUYBACK, revision: 1 }) { target } }';
      expect((await mine(drop)).data).toEqual({ termsDraftDelete: { target: 'BUYBACK' } });
    },
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
      const { catalogue } = service().services;
      expect((await catalogue.findItem(service().theirs.program, 1))?.text).toBe('A cup');
      expect(await catalogue.findItem(service().theirs.program, 3)).toBeNull();
    },
    'Mutation.changeAnnounce': async () => {
      // Theirs pends; mine is the first of its own.
      await unseen('changeAnnounce', () => ({ terms: WORSE_RULES }))();
      const { changes } = service().services;
      const [own, other] = await Promise.all(
        [service().mine, service().theirs].map(({ program }) =>
          changes.list(program, { first: 10, after: null }),
        ),
      );
      expect([own?.rows.length, other?.rows.length]).toEqual([1, 2]);
      expect(own?.rows[0]?.transactionHash).not.toBe(other?.rows[0]?.transactionHash);
    },
    'Mutation.programCreate': unseen('programCreate', () => {
      const { idempotencyKey: _, ...good } = goodProgram(
        service().mine.program.settlementToken.address,
      );
      return good;
    }),
  };
}
