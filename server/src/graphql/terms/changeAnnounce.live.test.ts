import { keyOwner } from '../../services/access/apiKeys.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewTerms } from '../../ports/chain/contractCodec.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { startService, type TestService } from '../../testing/service.ts';
import { buyback, OUTLOOK, rule, rules, ruleTerms } from '../../testing/builders/changeInput.ts';
import { BAD_BUYBACK, BAD_RULE_SETS, ruleSet } from '../../testing/badTerms.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
});
afterAll(() => service.close());

const announceChange = (terms: object, dryRun = false): object => ({
  terms,
  dryRun,
  idempotencyKey: service.key(),
});

/** What the charter says to an announcement that no API has looked at. */
async function sentAnyway(terms: NewTerms): Promise<string> {
  const { operator, chain } = service.foundation;
  const call = service.services.calls.announceChange(service.mine.program, terms);
  const tried = await chain.gateway.simulate(operator, { kind: 'call', ...call });
  if (tried.ok) return 'announced';
  const { name = '', args = {} } = tried.revert ?? {};
  return typeof args['field'] === 'string' ? `${name} ${args['field']}` : name;
}

describe('terms with', () => {
  it.each(BAD_RULE_SETS)(
    '$what are refused with the field and the bound',
    async ({ ruleSet: bad, at, code, bound }) => {
      const input = announceChange({ ruleSet: bad });
      const { transaction, userErrors } = await service.act('changeAnnounce', input);
      expect(transaction).toBeNull();
      expect(userErrors.map((error) => [error.field, error.code])).toEqual([
        [`terms.ruleSet.${at}`, code],
      ]);
      expect(userErrors[0]?.message).toContain(bound);
    },
  );

  it.each(BAD_BUYBACK)(
    '$what are refused with the field and the bound',
    async ({ buyback: bad, at, code, bound }) => {
      const input = announceChange({ buyback: bad });
      const { transaction, userErrors } = await service.act('changeAnnounce', input);
      expect(transaction).toBeNull();
      expect(userErrors.map((error) => [error.field, error.code])).toEqual([
        [`terms.buyback.${at}`, code],
      ]);
      expect(userErrors[0]?.message).toContain(bound);
    },
  );

  const onChain: { what: string; terms: NewTerms; said: string }[] = [
    ...BAD_RULE_SETS.flatMap(({ what, onChain: sent }) =>
      sent
        ? [{ what, terms: { target: 'RULES', terms: sent.terms } as const, said: sent.said }]
        : [],
    ),
    ...BAD_BUYBACK.flatMap(({ what, onChain: sent }) =>
      sent
        ? [{ what, terms: { target: 'BUYBACK', terms: sent.terms } as const, said: sent.said }]
        : [],
    ),
  ];
  it.each(onChain)(
    '$what are refused by the charter too, if sent anyway',
    async ({ terms, said }) => {
      expect(await sentAnyway(terms)).toBe(said);
    },
  );

  it.each([
    [
      'the name of another rule',
      ruleTerms({ rules: rules({}, [rule(3, 'visit')]) }),
      'rules[2].name',
      'RULE_NAME_TAKEN',
    ],
    [
      'another text for a rule',
      ruleTerms({ rules: rules({ text: 'new' }) }),
      'rules[0].text',
      'RULE_WORDS_FIXED',
    ],
    [
      'another name for a rule',
      ruleTerms({ rules: [rule(1, 'stay')] }),
      'rules[0].name',
      'RULE_WORDS_FIXED',
    ],
    ['a start in more than 90 days', ruleTerms({ notBefore: 91 }), 'notBefore', 'OUT_OF_RANGE'],
    [
      'a start long after the notice',
      ruleTerms({ notBefore: 60, rules: rules({ perAction: '1' }) }),
      'notBefore',
      'NOT_BEFORE_TOO_LATE',
    ],
  ])('%s are refused with the field', async (_what, terms, at, code) => {
    const refused = (await service.refused('changeAnnounce', announceChange(terms))).map(
      ([field, is]) => [field, is],
    );
    expect(refused).toContainEqual([`terms.ruleSet.${at}`, code]);
  });

  it.each([{}, { ...ruleTerms(), ...buyback() }])(
    'neither or both kinds are no input',
    async (terms) => {
      await expect(service.act('changeAnnounce', announceChange(terms))).rejects.toThrow(
        'BAD_USER_INPUT',
      );
    },
  );
});

describe('a dry run', () => {
  it.each([
    ['RULES_IMPROVED', ruleTerms({ rules: rules({ perAction: '3' }) }), false, false],
    ['RULES_WORSENED', ruleTerms({ rules: rules({ perAction: '1' }) }), true, false],
    ['RULES_WORSENED', ruleTerms({ budgetPerEpoch: '999' }), true, false],
    ['BUDGET_RAISED', ruleTerms({ budgetPerEpoch: '1001' }), false, true],
    [
      'RULES_WORSENED_BUDGET_RAISED',
      ruleTerms({ budgetPerEpoch: null, rules: [rule(2, 'review')] }),
      true,
      true,
    ],
    ['BUYBACK_IMPROVED', buyback({ pricePerPoint: '0.6' }), false, false],
    ['BUYBACK_WORSENED', buyback({ minTender: '2' }), false, true],
  ])(
    'says that it is %s and announces nothing',
    async (kind, terms, hurtsMembers, hurtsHolders) => {
      const answer = await service.act('changeAnnounce', announceChange(terms, true), OUTLOOK);
      expect(answer).toMatchObject({
        transaction: null,
        change: null,
        userErrors: [],
        outlook: { kind, hurtsMembers, hurtsHolders },
      });
      const { rows } = await service.services.changes.list(service.mine.program, {
        first: 1,
        after: null,
      });
      expect(rows).toEqual([]);
    },
  );
});

it('a dry run needs the scope and takes nothing for granted of the other program', async () => {
  const { key } = await service.services.apiKeys.create(keyOwner(service.mine.program), 'app', [
    'members:write',
  ]);
  const query = `mutation ($input: ChangeAnnounceInput!) { changeAnnounce(input: $input) { userErrors { code } } }`;
  const { errors } = await service.ask(key, query, { input: announceChange(ruleSetTerms(), true) });
  expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
});
const ruleSetTerms = (): object => ({ ruleSet: ruleSet() });
