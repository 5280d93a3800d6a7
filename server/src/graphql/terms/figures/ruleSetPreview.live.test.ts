import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MUTATION_SETTINGS } from '../../../testing/builders/program.ts';
import { rule, rules } from '../../../testing/builders/changeInput.ts';
import { STARTS_AT_MS } from '../../../testing/builders/time.ts';
import { startService, until, type Answer, type TestService } from '../../../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
  await service.moveClockTo(STARTS_AT_MS + 13 * 3_600_000);
  await record([
    action('ann', 'visit', 3),
    action('ben', 'visit', 1),
    action('ben', 'review', 2),
    // It still matures, and counts.
    { ...action('cyn', 'review', 5), maturesAt: '2026-01-03T00:00:00Z' },
  ]);
});
afterAll(() => service.close());

const action = (memberId: string, name: string, count: number): object => ({
  ...{ memberId, eventId: `${name}-1`, rule: name, count, amount: 0 },
  occurredAt: '2026-01-01T12:00:00Z',
});
async function record(actions: readonly object[]): Promise<void> {
  const query = `mutation ($input: ActionsRecordInput!) {
    actionsRecord(input: $input) { results { status } userErrors { code } }
  }`;
  const { data } = await service.ask(service.mine.key, query, { input: { actions } });
  const { results } = data?.['actionsRecord'] as { results: { status: string }[] };
  expect(results.map(({ status }) => status)).toEqual(actions.map(() => 'RECORDED'));
}

const SELECTION = `fromEpoch toEpoch isWhole before after costBefore costAfter membersBetter membersWorse membersSame
  rules { ruleId name count amount before after } epochs { epoch before after }
  spread { fromPercent toPercent members } hardestHit { member { memberId } before after }`;
const preview = (ruleSet: object, days?: number): Promise<Answer> =>
  service.ask(
    service.mine.key,
    `query ($ruleSet: RuleSetInput!, $days: Int! = 28) {
       program { ruleSetPreview(ruleSet: $ruleSet, days: $days) { ${SELECTION} } }
     }`,
    { ruleSet, days },
  );
interface Preview {
  readonly before: string;
  readonly [field: string]: unknown;
}
async function previewed(ruleSet: object): Promise<Preview> {
  const { data, errors } = await preview(ruleSet);
  expect(errors).toBeUndefined();
  return (data?.['program'] as { ruleSetPreview: Preview }).ruleSetPreview;
}
/** Everything that was recorded, once it has been added up. */
async function whole(ruleSet: object): Promise<Preview> {
  await until('all three members are in', async () => {
    const { membersBetter, membersWorse, membersSame } = await previewed(ruleSet);
    return Number(membersBetter) + Number(membersWorse) + Number(membersSame) === 3;
  });
  return previewed(ruleSet);
}

describe('a preview of a rule set', () => {
  it('says what it would have earned, by rule, epoch and member, and what that costs', async () => {
    const shown = await whole({ rules: rules({ perAction: '1.50' }, [rule(3, 'share')]) });
    expect(shown).toMatchObject({
      ...{ fromEpoch: 0, toEpoch: 0, isWhole: true },
      ...{ before: '15.00', after: '13.00', costBefore: '7.500000', costAfter: '6.500000' },
      ...{ membersBetter: 0, membersWorse: 2, membersSame: 1 },
      rules: [
        { ruleId: 1, name: 'visit', count: '4', amount: '0', before: '8.00', after: '6.00' },
        { ruleId: 2, name: 'review', count: '7', amount: '0', before: '7.00', after: '7.00' },
        { ruleId: 3, name: 'share', count: '0', amount: '0', before: '0.00', after: '0.00' },
      ],
      epochs: [{ epoch: 0, before: '15.00', after: '13.00' }],
      hardestHit: [
        { member: { memberId: 'ann' }, before: '6.00', after: '4.50' },
        { member: { memberId: 'ben' }, before: '4.00', after: '3.50' },
      ],
    });
    const steps = shown['spread'] as { fromPercent: number; members: number }[];
    expect(steps.filter(({ members }) => members > 0)).toEqual([
      { fromPercent: -50, toPercent: -25, members: 1 },
      { fromPercent: -25, toPercent: -10, members: 1 },
      { fromPercent: 0, toPercent: 0, members: 1 },
    ]);
  });

  it('leaves places for other programs, however often one asks', async () => {
    const terms = { rules: rules() };
    const answers = await Promise.all(Array.from({ length: 6 }, () => preview(terms)));
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions['code'] ?? null);
    expect(codes.filter((code) => code === null).length).toBeGreaterThan(0);
    expect(codes.filter((code) => code !== null && code !== 'OVERLOADED')).toEqual([]);
  });

  it('stores and announces nothing', async () => {
    const query =
      '{ program { ruleSets { edges { node { version } } } changes { edges { node { number } } } } }';
    const before = await service.ask(service.mine.key, query);
    await previewed({ rules: rules({ perAction: '0.01' }) });
    expect(await service.ask(service.mine.key, query)).toEqual(before);
  });

  it('knows nothing of the members of another program', async () => {
    const query = `query ($ruleSet: RuleSetInput!) {
      program { ruleSetPreview(ruleSet: $ruleSet) { before membersSame } }
    }`;
    const variables = { ruleSet: { rules: rules() } };
    const { data } = await service.ask(service.theirs.key, query, variables);
    expect(data).toEqual({ program: { ruleSetPreview: { before: '0.00', membersSame: 0 } } });
  });

  it.each([
    ['no rules', { rules: [] }, 28, 'OUT_OF_RANGE', 'ruleSet.rules'],
    [
      'other words for a published rule',
      { rules: [rule(1, 'visit', { text: 'else' })] },
      28,
      'RULE_WORDS_FIXED',
      'ruleSet.rules[0].text',
    ],
    ['no days', { rules: rules() }, 0, 'OUT_OF_RANGE', 'days'],
    ['more days than a quarter has', { rules: rules() }, 93, 'OUT_OF_RANGE', 'days'],
  ])('of %s is refused, with the field', async (_, ruleSet, days, code, field) => {
    const { errors } = await preview(ruleSet, days);
    expect(errors?.map(({ extensions }) => [extensions['code'], extensions['field']])).toEqual([
      [code, field],
    ]);
  });
});
