import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NewTerms } from '../../ports/chain/contractCodec.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startService, type TestService } from '../../testing/service.ts';
import { BAD_BUYBACK, BAD_RULE_SETS, rule, ruleSet } from '../../testing/badTerms.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
  // The threshold is 5 % of the supply at the announcement: others hold far more than the one who objects.
  await service.earn('holder', 100);
  await service.earn('objector', 5);
});
afterAll(() => service.close());

const OUTLOOK = `outlook { kind hurtsMembers hurtsHolders noticeEndsAt lastRound { round opensAt closesAt }
  earliestEnactment earliestEffect diesAt } change { number state }`;
const iso = (ms: number): string => new Date(ms).toISOString();
const inDays = (days: number): string => iso(STARTS_AT_MS + days * DAY_MS);

/** The published rules, with changes. */
const rules = (visit: object = {}, more: object[] = []): object[] => [
  rule(1, 'visit', { perAction: '2.00', ...visit }),
  rule(2, 'review'),
  ...more,
];
const ruleTerms = (more: object = {}): object => ({
  ruleSet: { budgetPerEpoch: '1000', rules: rules(), ...more },
});
const buyback = (more: object = {}): object => ({
  buyback: { pricePerPoint: '0.5', budgetPerRound: '20', minTender: '1', ...more },
});

const announceChange = (terms: object, dryRun = false): object => ({
  terms,
  dryRun,
  idempotencyKey: service.key(),
});

/** What the charter says to an announcement that no API has looked at. */
async function sentAnyway(terms: NewTerms): Promise<string> {
  const { deployment, chain } = service.foundation;
  const call = service.services.calls.announceChange(service.mine.program, terms);
  const tried = await chain.gateway.simulate(deployment.operator, { kind: 'call', ...call });
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

describe('an announcement', () => {
  it('of an improvement is in force at once, and once under its key', async () => {
    const input = announceChange(ruleTerms({ rules: rules({ perAction: '2.50' }) }));
    const first = await service.act('changeAnnounce', input, OUTLOOK);
    expect(first).toMatchObject({
      userErrors: [],
      transaction: { status: 'MINED' },
      change: { number: 1, state: 'ENACTED' },
      outlook: {
        kind: 'RULES_IMPROVED',
        noticeEndsAt: null,
        lastRound: null,
        earliestEffect: inDays(1),
      },
    });
    expect(await service.act('changeAnnounce', input, OUTLOOK)).toEqual(first);
    expect(
      await service.refused('changeAnnounce', { ...input, terms: buyback({ pricePerPoint: '9' }) }),
    ).toEqual([['idempotencyKey', 'IDEMPOTENCY_KEY_REUSED']]);
  });

  it('of something hurtful says which round is owed, as the chain fixed it', async () => {
    const terms = ruleTerms({ budgetPerEpoch: '2000', rules: rules({ perAction: '2.50' }) });
    const answer = await service.act('changeAnnounce', announceChange(terms), OUTLOOK);
    expect(answer).toMatchObject({
      userErrors: [],
      change: { number: 2, state: 'PENDING' },
      outlook: {
        kind: 'BUDGET_RAISED',
        // Rounds open on day 3, 17, 31, each for 3 days.
        lastRound: { round: 1, opensAt: inDays(17), closesAt: inDays(20) },
        earliestEnactment: inDays(20),
        diesAt: inDays(34 + 14),
      },
    });
    const change = await service.services.changes.find(service.mine.program, 2);
    const outlook = answer['outlook'] as Record<string, unknown>;
    expect(outlook['noticeEndsAt']).toBe(iso(change?.noticeEndsAtMs ?? 0));
    expect(outlook['diesAt']).toBe(iso(change?.diesAtMs ?? 0));
    expect(outlook['earliestEnactment']).toBe(iso(change?.earliestEnactmentMs ?? 0));
    expect(outlook['earliestEffect']).toBe(iso(change?.earliestEffectMs ?? 0));
  });

  it('waits while something hurtful is pending, unless it improves other terms', async () => {
    const pending = [['terms', 'CHANGE_PENDING']];
    const worse = buyback({ minTender: '3' });
    expect(await service.refused('changeAnnounce', announceChange(worse))).toEqual(pending);
    expect(await service.refused('changeAnnounce', announceChange(worse, true))).toEqual(pending);
    const better = ruleTerms({ rules: rules({ perAction: '9' }) });
    expect(await service.refused('changeAnnounce', announceChange(better))).toEqual(pending);
    const answer = await service.act(
      'changeAnnounce',
      announceChange(buyback({ pricePerPoint: '0.7' })),
      OUTLOOK,
    );
    expect(answer).toMatchObject({
      change: { number: 3, state: 'ENACTED' },
      outlook: { kind: 'BUYBACK_IMPROVED', earliestEffect: inDays(3) },
    });
  });
});

const change = (number: number): object => ({ change: number, idempotencyKey: service.key() });
const objecting = (more: object): object => ({
  change: 2,
  amount: '1',
  idempotencyKey: service.key(),
  ...more,
});
const OBJECTION = 'change { number state } objection { amount locked } call { to data chainId }';

describe('a pending change', () => {
  it('is objected to with settled points of a gasless member, once under a key', async () => {
    const input = objecting({ memberId: 'objector', amount: '1.50' });
    const first = await service.act('changeObject', input, OBJECTION);
    expect(first).toMatchObject({
      userErrors: [],
      transaction: { status: 'MINED' },
      call: null,
      change: { number: 2, state: 'PENDING' },
      objection: { amount: '1.50', locked: '1.50' },
    });
    expect(await service.act('changeObject', input, OBJECTION)).toEqual(first);
    expect(await service.refused('changeObject', { ...input, amount: '2' })).toEqual([
      ['idempotencyKey', 'IDEMPOTENCY_KEY_REUSED'],
    ]);
  });

  it.each([
    [
      'more than the member has',
      { memberId: 'objector', amount: '1000' },
      ['amount', 'INSUFFICIENT_POINTS'],
    ],
    ['nothing', { memberId: 'objector', amount: '0' }, ['amount', 'OUT_OF_RANGE']],
    ['a member that there is not', { memberId: 'nobody' }, ['memberId', 'NOT_FOUND']],
    ['nobody', {}, ['memberId', 'REQUIRED']],
    ['a change that there is not', { memberId: 'objector', change: 99 }, ['change', 'NOT_FOUND']],
    ['a change in force', { memberId: 'objector', change: 1 }, ['change', 'NOT_PENDING']],
  ])('is not objected to by %s', async (_who, more, refused) => {
    expect(await service.refused('changeObject', objecting(more))).toEqual([refused]);
  });

  it('keeps objected points until the end of its notice', async () => {
    expect(
      await service.refused('objectionRelease', { memberId: 'objector', ...change(2) }),
    ).toEqual([['change', 'NOTICE_RUNS']]);
  });

  it('is enacted by nobody before its notice and its last round are over', async () => {
    expect(await service.refused('changeEnact', change(2))).toEqual([['change', 'NOTICE_RUNS']]);
    expect(await service.refused('changeEnact', change(99))).toEqual([['change', 'NOT_FOUND']]);
    await service.moveClockTo(STARTS_AT_MS + 9 * DAY_MS);
    expect(await service.refused('changeEnact', change(2))).toEqual([
      ['change', 'LAST_ROUND_OWED'],
    ]);
    expect(await service.refused('changeObject', objecting({ memberId: 'objector' }))).toEqual([
      ['change', 'NOTICE_OVER'],
    ]);
  });

  it('gives objected points back from the end of its notice on', async () => {
    const { userErrors } = await service.act('objectionRelease', {
      memberId: 'objector',
      ...change(2),
    });
    // A worker gives them back by itself, and may have been first.
    expect(userErrors.every(({ code }) => code === 'NOTHING_TO_RELEASE')).toBe(true);
    const member = await service.services.members.find(service.mine.program, 'objector');
    const account = member?.account ?? '0x';
    const { changes } = service.services;
    expect(await changes.objection(service.mine.program, 2, account)).toMatchObject({ locked: 0n });
    expect(
      await service.refused('objectionRelease', { memberId: 'objector', ...change(2) }),
    ).toEqual([['change', 'NOTHING_TO_RELEASE']]);
  });

  it('is taken back by the operator once, and then nothing hurtful may follow for a while', async () => {
    const input = change(2);
    const first = await service.act('changeWithdraw', input, 'change { number state }');
    expect(first).toMatchObject({ userErrors: [], change: { number: 2, state: 'WITHDRAWN' } });
    expect(await service.act('changeWithdraw', input, 'change { number state }')).toEqual(first);
    expect(await service.refused('changeWithdraw', change(2))).toEqual([['change', 'NOT_PENDING']]);
    const worse = announceChange(buyback({ minTender: '3' }));
    expect(await service.refused('changeAnnounce', worse)).toEqual([['terms', 'COOLDOWN']]);
  });

  it('that hurts members is in force after its notice, also when another account enacts it', async () => {
    await service.moveClockTo(STARTS_AT_MS + 17 * DAY_MS);
    const terms = ruleTerms({ rules: rules({ perAction: '1' }) });
    const answer = await service.act('changeAnnounce', announceChange(terms), OUTLOOK);
    expect(answer).toMatchObject({
      change: { number: 4, state: 'PENDING' },
      outlook: { lastRound: null },
    });
    await service.moveClockTo(STARTS_AT_MS + 25 * DAY_MS);
    const enacted = await service.act('changeEnact', change(4));
    // A worker enacts what is due by itself, and may have been first.
    expect(enacted.userErrors.every(({ code }) => code === 'NOT_PENDING')).toBe(true);
    expect(await service.services.changes.find(service.mine.program, 4)).toMatchObject({
      state: 'ENACTED',
    });
    expect(await service.refused('changeEnact', change(4))).toEqual([['change', 'NOT_PENDING']]);
  });
});

it('a dry run needs the scope and takes nothing for granted of the other program', async () => {
  const { key } = await service.services.apiKeys.create(service.mine.program, 'app', [
    'members:write',
  ]);
  const query = `mutation ($input: ChangeAnnounceInput!) { changeAnnounce(input: $input) { userErrors { code } } }`;
  const { errors } = await service.ask(key, query, { input: announceChange(ruleSetTerms(), true) });
  expect(errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
});
const ruleSetTerms = (): object => ({ ruleSet: ruleSet() });
