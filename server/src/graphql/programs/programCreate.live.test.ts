import { TEST_ORGANISATION } from '../../testing/builders/program.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProgramFactory } from '../../chain/programs/programFactory.ts';
import type { ProgramChoices } from '../../domain/programs/programSettings.ts';
import { DAY_MS } from '../../testing/builders/time.ts';
import { finalAnswer, startService, type TestService, until } from '../../testing/service.ts';
import {
  BAD_SETTINGS,
  goodChoices,
  goodProgram,
  type BadSetting,
} from '../../testing/badPrograms.ts';
import { rule } from '../../testing/builders/changeInput.ts';
import { BAD_BUYBACK, BAD_RULE_SETS, ruleSet } from '../../testing/badTerms.ts';

let service: TestService;
let settlementToken: Address;
beforeAll(async () => {
  service = await startService();
  settlementToken = service.mine.program.settlementToken.address;
});
afterAll(() => service.close());

interface Payload {
  readonly program: { readonly address: Address; readonly name: string } | null;
  readonly transaction: { readonly id: string; readonly status: string } | null;
  readonly userErrors: readonly {
    readonly field: string;
    readonly code: string;
    readonly message: string;
  }[];
}

async function create(more: object = {}): Promise<Payload> {
  const query = `mutation ($input: ProgramCreateInput!) { programCreate(input: $input) {
      program { name address } transaction { id hash status blockNumber } userErrors { field code message }
    } }`;
  const input = { ...goodProgram(settlementToken), ...more };
  const answer = await finalAnswer(() => service.ask(service.mine.key, query, { input }));
  if (!answer.data) throw new Error(JSON.stringify(answer.errors));
  return answer.data['programCreate'] as Payload;
}

/** What the factory says to choices that no API has looked at. */
async function sentAnyway(more: Partial<ProgramChoices>, token: Address): Promise<string> {
  const { deployment, chain, operator } = service.foundation;
  const factory = createProgramFactory(deployment);
  const choices = { ...goodChoices, ...more };
  const { call } = await factory.prepare({
    organisationId: TEST_ORGANISATION,
    ...{ choices, settlementToken: token, discriminator: '' },
  });
  const tried = await chain.gateway.simulate(operator, { kind: 'call', ...call });
  if (tried.ok) return 'created';
  const { name = '', args = {} } = tried.revert ?? {};
  const about = args['field'] ?? args['settlementToken'];
  return typeof about === 'string' ? `${name} ${about}` : name;
}

/** Settings and terms alike. */
const BAD: readonly BadSetting[] = [
  ...BAD_SETTINGS,
  ...BAD_BUYBACK.map(({ what, buyback, at, code, bound, onChain }): BadSetting => ({
    ...{ what, input: { buyback }, at: `buyback.${at}`, code, bound },
    ...(onChain && { onChain: { choices: { buyback: onChain.terms }, said: onChain.said } }),
  })),
  ...BAD_RULE_SETS.map(({ what, ruleSet: terms, at, code, bound, onChain }): BadSetting => ({
    ...{ what, input: { opening: [terms] }, at: `opening[0].${at}`, code, bound },
    ...(onChain && { onChain: { choices: { opening: [onChain.terms] }, said: onChain.said } }),
  })),
  {
    what: 'a second rule set that gives a name to another rule',
    input: { opening: [ruleSet(), ruleSet({ rules: [rule(13, 'walk')] })] },
    ...{ at: 'opening[1].rules[0].name', code: 'RULE_NAME_TAKEN', bound: 'of rule 11' },
  },
  {
    what: 'a second rule set that gives a rule another text',
    input: { opening: [ruleSet(), ruleSet({ rules: [rule(11, 'walk', { text: 'other' })] })] },
    ...{ at: 'opening[1].rules[0].text', code: 'RULE_WORDS_FIXED', bound: 'never changes' },
  },
];

describe('a program with', () => {
  it.each(BAD)(
    '$what is refused with the field and the bound, and nothing is sent',
    async ({ input, at, code, bound }) => {
      const { program, transaction, userErrors } = await create(input);
      expect({ program, transaction }).toEqual({ program: null, transaction: null });
      expect(userErrors.map((error) => [error.field, error.code])).toEqual([[at, code]]);
      expect(userErrors[0]?.message).toContain(bound);
    },
  );

  it.each(BAD.filter(({ onChain }) => onChain !== undefined))(
    '$what is refused by the factory too, if it is sent anyway',
    async ({ onChain }) => {
      const { choices = {}, token = settlementToken, said } = onChain ?? {};
      expect(await sentAnyway(choices, token)).toBe(said);
    },
  );

  it('several things wrong is told all of them at once', async () => {
    const { userErrors } = await create({ name: '', noticeSeconds: 1, opening: [] });
    expect(userErrors.map(({ field }) => field)).toEqual(['name', 'noticeSeconds', 'opening']);
  });
});

describe('a program', () => {
  it('with good terms is created once, however often it is asked for', async () => {
    const first = await create();
    expect(first.userErrors).toEqual([]);
    expect(first.transaction?.status).toBe('MINED');
    expect(first.program?.name).toBe('Tea points');
    expect(await create()).toEqual(first);
    const { programs } = service.services;
    const known = (await programs.list()).filter(({ name }) => name === 'Tea points');
    expect(known).toHaveLength(1);
    const [program] = known;
    expect(program).toMatchObject({
      noticePeriodMs: 14 * DAY_MS,
      objectionThresholdBps: 500,
      roundPeriodMs: 28 * DAY_MS,
      roundWindowMs: 7 * DAY_MS,
      orderDeadlineMs: 7 * DAY_MS,
      settlementToken: { address: settlementToken, decimals: 6 },
    });
    // Its terms come with the reader, as they were written.
    const id = program?.id ?? '';
    await until('the terms of the new program are read', async () => {
      const read = await programs.get(id);
      return read !== null && read.ruleSets.length > 0 && read.buybackTerms.length > 0;
    });
    expect((await programs.get(id))?.buybackTerms[0]).toMatchObject(goodChoices.buyback);
  });

  it('of other settings is refused under the same key', async () => {
    const { program, userErrors } = await create({ symbol: 'OTHER' });
    expect(program).toBeNull();
    expect(userErrors.map(({ field, code }) => [field, code])).toEqual([
      ['idempotencyKey', 'IDEMPOTENCY_KEY_REUSED'],
    ]);
  });

  it('is a second one with the same settings under another key', async () => {
    const first = await create();
    const second = await create({ idempotencyKey: 'create-2' });
    expect(second.userErrors).toEqual([]);
    expect(second.program?.address).not.toBe(first.program?.address);
  });
});
