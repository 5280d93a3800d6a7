import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { once, startService, until, type TestService } from '../../testing/service.ts';
import {
  buyback,
  inDays,
  iso,
  OUTLOOK,
  rules,
  ruleTerms,
} from '../../testing/builders/changeInput.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
  // The threshold is 5 % of the supply at the announcement: others hold far more than the one who objects.
  await service.earn('holder', 100);
  await service.earn('objector', 5);
});
afterAll(() => service.close());

const announceChange = (terms: object, dryRun = false): object => ({
  terms,
  dryRun,
  idempotencyKey: service.key(),
});

const improved = once(async () => {
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
      objectionsNeeded: null,
      earliestEffect: inDays(1),
      blockedBy: null,
      differences: [
        {
          kind: 'RAISED',
          ruleId: 1,
          rule: 'visit',
          field: 'perAction',
          before: '2.00',
          after: '2.50',
          hurtsMembers: false,
          hurtsHolders: false,
          message: 'perAction of rule 1 "visit" is raised from 2.00 to 2.50.',
        },
      ],
    },
  });
  expect(await service.act('changeAnnounce', input, OUTLOOK)).toEqual(first);
  expect(
    await service.refused('changeAnnounce', { ...input, terms: buyback({ pricePerPoint: '9' }) }),
  ).toEqual([['idempotencyKey', 'IDEMPOTENCY_KEY_REUSED']]);
});
const pending = once(async () => {
  await improved();
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
      objectionsNeeded: '10.50',
    },
  });
  const change = await service.services.changes.find(service.mine.program, 2);
  const outlook = answer['outlook'] as Record<string, unknown>;
  expect(outlook['noticeEndsAt']).toBe(iso(change?.noticeEndsAtMs ?? 0));
  expect(outlook['diesAt']).toBe(iso(change?.diesAtMs ?? 0));
  expect(outlook['earliestEnactment']).toBe(iso(change?.earliestEnactmentMs ?? 0));
  expect(outlook['earliestEffect']).toBe(iso(change?.earliestEffectMs ?? 0));
});
const improvedMeanwhile = once(async () => {
  await pending();
  const refused = [['terms', 'CHANGE_PENDING']];
  const worse = buyback({ minTender: '3' });
  expect(await service.refused('changeAnnounce', announceChange(worse))).toEqual(refused);
  // A dry run still says what it would be, and what stands in its way.
  expect(await service.act('changeAnnounce', announceChange(worse, true), OUTLOOK)).toMatchObject({
    userErrors: [],
    transaction: null,
    change: null,
    outlook: {
      kind: 'BUYBACK_WORSENED',
      hurtsHolders: true,
      blockedBy: { field: 'terms', code: 'CHANGE_PENDING' },
      differences: [
        { kind: 'RAISED', field: 'minTender', before: '1.00', after: '3.00', hurtsHolders: true },
      ],
    },
  });
  const better = ruleTerms({ rules: rules({ perAction: '9' }) });
  expect(await service.refused('changeAnnounce', announceChange(better))).toEqual(refused);
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

it('a dry run while something is pending names left-out rules and a left-out budget', async () => {
  await pending();
  const terms = ruleTerms({ budgetPerEpoch: null, rules: [rules({ perAction: '2.50' })[0]] });
  const answer = await service.act('changeAnnounce', announceChange(terms, true), OUTLOOK);
  expect(answer).toMatchObject({
    userErrors: [],
    outlook: {
      kind: 'RULES_WORSENED_BUDGET_RAISED',
      blockedBy: { code: 'CHANGE_PENDING' },
      differences: [
        { kind: 'BUDGET_LEFT_OUT', before: '1000.00', after: null, hurtsHolders: true },
        { kind: 'RULE_LEFT_OUT', ruleId: 2, rule: 'review', field: null, hurtsMembers: true },
      ],
    },
  });
});

describe('an announcement', () => {
  it('of an improvement is in force at once, and once under its key', improved);

  it('of something hurtful says which round is owed, as the chain fixed it', pending);

  it('waits while something hurtful is pending, unless it improves other terms', improvedMeanwhile);
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
  const objected = once(async () => {
    await pending();
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
  it('is objected to with settled points of a gasless member, once under a key', objected);

  const overTime = async (number: number): Promise<{ at: string; objections: string }[]> => {
    const query = `{ program { change(number: ${number}) { objectionsOverTime { at objections } } } }`;
    const { data } = await service.ask(service.mine.key, query);
    const { change: shown } = data?.['program'] as {
      change: { objectionsOverTime: { at: string; objections: string }[] };
    };
    return shown.objectionsOverTime;
  };
  it('shows how objections grew, in the step that runs too', async () => {
    await objected();
    const grown = await overTime(2);
    const announced = await service.services.changes.find(service.mine.program, 2);
    expect(grown).toEqual([{ at: iso(announced?.announcedAtMs ?? 0), objections: '1.50' }]);
    // An improvement is in force at once: there is nothing to object to.
    expect(await overTime(1)).toEqual([]);
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
    await pending();
    expect(await service.refused('changeObject', objecting(more))).toEqual([refused]);
  });

  it('keeps objected points until the end of its notice', async () => {
    await objected();
    expect(
      await service.refused('objectionRelease', { memberId: 'objector', ...change(2) }),
    ).toEqual([['change', 'NOTICE_RUNS']]);
  });

  const noticeOver = once(async () => {
    await objected();
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
  it('is enacted by nobody before its notice and its last round are over', noticeOver);

  it('shows its whole notice in equal steps once that is over', async () => {
    await noticeOver();
    const grown = await overTime(2);
    const announced = await service.services.changes.find(service.mine.program, 2);
    const { announcedAtMs = 0, noticeEndsAtMs = 0 } = announced ?? {};
    const stepMs = (noticeEndsAtMs - announcedAtMs) / 28;
    expect(grown).toEqual(
      Array.from({ length: 28 }, (_, step) => ({
        ...{ at: iso(announcedAtMs + step * stepMs), objections: '1.50' },
      })),
    );
  });

  it('gives objected points back from the end of its notice on', async () => {
    await noticeOver();
    const { userErrors } = await service.act('objectionRelease', {
      memberId: 'objector',
      ...change(2),
    });
    // A worker gives them back by itself, and may have been first.
    expect(userErrors.every(({ code }) => code === 'NOTHING_TO_RELEASE')).toBe(true);
    const member = await service.services.members.find(service.mine.program, 'objector');
    const account = member?.account ?? '0x';
    const { changes } = service.services;
    // What is done on chain is read a moment later.
    await until('it is read that nothing is locked', async () => {
      const objection = await changes.objection(service.mine.program, 2, account);
      return objection?.locked === 0n;
    });
    expect(
      await service.refused('objectionRelease', { memberId: 'objector', ...change(2) }),
    ).toEqual([['change', 'NOTHING_TO_RELEASE']]);
  });

  const withdrawn = once(async () => {
    await pending();
    const input = change(2);
    const first = await service.act('changeWithdraw', input, 'change { number state }');
    expect(first).toMatchObject({ userErrors: [], change: { number: 2, state: 'WITHDRAWN' } });
    expect(await service.act('changeWithdraw', input, 'change { number state }')).toEqual(first);
    expect(await service.refused('changeWithdraw', change(2))).toEqual([['change', 'NOT_PENDING']]);
    const worse = announceChange(buyback({ minTender: '3' }));
    expect(await service.refused('changeAnnounce', worse)).toEqual([['terms', 'COOLDOWN']]);
    const tried = announceChange(buyback({ minTender: '3' }), true);
    expect(await service.act('changeAnnounce', tried, OUTLOOK)).toMatchObject({
      userErrors: [],
      outlook: { kind: 'BUYBACK_WORSENED', blockedBy: { code: 'COOLDOWN' } },
    });
  });
  it(
    'is taken back by the operator once, and then nothing hurtful may follow for a while',
    withdrawn,
  );

  it('that hurts members is in force after its notice, also when another account enacts it', async () => {
    await improvedMeanwhile();
    await withdrawn();
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
    await expect
      .poll(() => service.services.changes.find(service.mine.program, 4))
      .toMatchObject({ state: 'ENACTED' });
    expect(await service.refused('changeEnact', change(4))).toEqual([['change', 'NOT_PENDING']]);
  });
});
