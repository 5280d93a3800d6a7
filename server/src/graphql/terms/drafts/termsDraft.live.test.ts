import { afterAll, beforeAll, expect, it } from 'vitest';
import { buyback, ruleTerms } from '../../../testing/builders/changeInput.ts';
import { MUTATION_SETTINGS } from '../../../testing/builders/program.ts';
import { startService, type TestService } from '../../../testing/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
});
afterAll(() => service.close());

interface Saved {
  readonly draft: { readonly revision: number } | null;
  readonly userErrors: readonly { readonly field: string; readonly code: string }[];
}
async function write<Result>(name: string, fields: string, input: object): Promise<Result> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { field code } } }`;
  const { data, errors } = await service.ask(service.mine.key, query, { input });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data?.[name] as Result;
}
const save = (input: object): Promise<Saved> =>
  write('termsDraftSave', 'draft { revision }', { idempotencyKey: service.key(), ...input });
const errorsOf = async (saved: Promise<Saved>): Promise<unknown> =>
  (await saved).userErrors.map(({ field, code }) => [field, code]);
async function read(target: string): Promise<unknown> {
  const query = `{ program { termsDraft(target: ${target}) { target terms note revision savedBy } } }`;
  const { data } = await service.ask(service.mine.key, query);
  return (data?.['program'] as { termsDraft: unknown }).termsDraft;
}

it('keeps what one person prepares, word for word, and what another one saves after it', async () => {
  const terms = JSON.stringify(buyback({ pricePerPoint: '0.7' }));
  const first = { target: 'BUYBACK', terms, note: 'for Lin', revision: 0, idempotencyKey: 'once' };
  expect(await read('BUYBACK')).toBeNull();
  expect((await save(first)).draft).toEqual({ revision: 1 });
  expect((await save(first)).draft).toEqual({ revision: 1 });
  expect(await read('BUYBACK')).toMatchObject({
    ...{ terms, note: 'for Lin' },
    revision: 1,
    savedBy: expect.stringMatching(/./) as string,
  });
  expect((await save({ target: 'BUYBACK', terms, revision: 1 })).draft).toEqual({ revision: 2 });
  expect(await read('BUYBACK')).toMatchObject({ note: null, revision: 2 });
  expect(await read('RULES')).toBeNull();
});

it('loses no work: a draft that was saved meanwhile is not written over, nor deleted', async () => {
  const terms = JSON.stringify(ruleTerms({}));
  const draft = { target: 'RULES', terms };
  await save({ ...draft, revision: 0 });
  expect(await errorsOf(save({ ...draft, revision: 0 }))).toEqual([['revision', 'DRAFT_CHANGED']]);
  expect(await errorsOf(save({ ...draft, revision: 2 }))).toEqual([['revision', 'DRAFT_CHANGED']]);
  const both = await Promise.all(
    [1, 2, 3].map((number) => save({ ...draft, revision: 1, note: `${number}` })),
  );
  expect(both.filter(({ draft: saved }) => saved !== null)).toHaveLength(1);
  const remove = (revision: number): Promise<Saved> =>
    write('termsDraftDelete', 'target', { target: 'RULES', revision });
  expect(await errorsOf(remove(1))).toEqual([['revision', 'DRAFT_CHANGED']]);
  expect(await errorsOf(remove(2))).toEqual([]);
  expect(await errorsOf(remove(2))).toEqual([]);
  expect(await read('RULES')).toBeNull();
  // A new draft is no older one: who saw revision 1 or 2 did not see this.
  const [fresh, ...others] = await Promise.all(
    [0, 1, 2].map((revision) => save({ ...draft, revision })),
  );
  expect(fresh?.draft).toEqual({ revision: 3 });
  expect(others.map(({ draft: saved }) => saved)).toEqual([null, null]);
  expect(await errorsOf(remove(1))).toEqual([['revision', 'DRAFT_CHANGED']]);
  expect(await errorsOf(remove(3))).toEqual([]);
});

it('refuses what could not be announced for its shape', async () => {
  const wrong = (terms: string, target = 'RULES'): Promise<unknown> =>
    errorsOf(save({ target, terms, revision: 0 }));
  const malformed = [['terms', 'MALFORMED']];
  expect(await wrong('{')).toEqual(malformed);
  expect(await wrong('null')).toEqual(malformed);
  expect(await wrong('{"ruleSet":{"rules":[{"ruleId":"x"}]}}')).toEqual(malformed);
  expect(await wrong(JSON.stringify(buyback({})))).toEqual(malformed);
  expect(await wrong(JSON.stringify({ ...ruleTerms({}), ...buyback({}) }))).toEqual(malformed);
  expect(await wrong(`${JSON.stringify(ruleTerms({}))}${' '.repeat(65_536)}`)).toEqual([
    ['terms', 'TOO_LONG'],
  ]);
  expect(
    await errorsOf(
      save({
        ...{ target: 'RULES', revision: 0 },
        ...{ terms: JSON.stringify(ruleTerms({})), note: 'x'.repeat(501) },
      }),
    ),
  ).toEqual([['note', 'TOO_LONG']]);
  expect(await read('RULES')).toBeNull();
});
