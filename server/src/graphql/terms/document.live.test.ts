import { id } from 'ethers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ruleTerms } from '../../testing/builders/changeInput.ts';
import { MUTATION_SETTINGS } from '../../testing/builders/program.ts';
import { startService, type TestService } from '../../testing/service.ts';

const TEXT = '# Small print\n\nOne account a person.\n\n# 细则\n\n每人一个账户。\n';

let service: TestService;
beforeAll(async () => {
  service = await startService({ settings: MUTATION_SETTINGS });
});
afterAll(() => service.close());

const keyed = (more: object): object => ({ idempotencyKey: service.key(), ...more });
const announced = (documentHash: string): object => keyed({ terms: ruleTerms({ documentHash }) });

async function put(text: string): Promise<Record<string, unknown>> {
  const query = `mutation ($input: DocumentPutInput!) { documentPut(input: $input) {
    document { hash text } userErrors { field code } } }`;
  const { data, errors } = await service.ask(service.mine.key, query, { input: { text } });
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data?.['documentPut'] as Record<string, unknown>;
}

it('refuses small print that nobody could read', async () => {
  expect(await service.refused('changeAnnounce', announced(id(TEXT)))).toEqual([
    ['terms.ruleSet.documentHash', 'UNKNOWN_DOCUMENT'],
  ]);
  expect(await put('')).toMatchObject({ userErrors: [{ field: 'text', code: 'REQUIRED' }] });
  expect(await put('点'.repeat(21_846))).toMatchObject({
    ...{ document: null, userErrors: [{ field: 'text', code: 'TOO_LONG' }] },
  });
  expect(await put('a\u0000b')).toMatchObject({ userErrors: [{ code: 'MALFORMED' }] });
});

it('does not tell whether another program has stored a text', async () => {
  const text = '# Small print of another program';
  const query = `mutation { documentPut(input: { text: "${text}" }) { document { hash } } }`;
  const { data } = await service.ask(service.theirs.key, query);
  expect(data?.['documentPut']).toEqual({ document: { hash: id(text) } });
  expect(await service.refused('changeAnnounce', announced(id(text)))).toEqual([
    ['terms.ruleSet.documentHash', 'UNKNOWN_DOCUMENT'],
  ]);
});

it('stores a text byte for byte, and takes notice for it', async () => {
  const hash = id(TEXT);
  const stored = { document: { hash, text: TEXT }, userErrors: [] };
  expect(await put(TEXT)).toEqual(stored);
  expect(await put(TEXT)).toEqual(stored);
  const selection =
    'outlook { kind hurtsMembers hurtsHolders differences { kind field before after } }';
  const answer = await service.act('changeAnnounce', announced(hash), selection);
  expect(answer).toMatchObject({
    userErrors: [],
    outlook: {
      ...{ kind: 'RULES_WORSENED', hurtsMembers: true, hurtsHolders: false },
      differences: [
        { kind: 'DOCUMENT_REPLACED', field: 'documentHash', before: null, after: hash },
      ],
    },
  });
});

it('serves what is announced, and what is in force, to everybody', async () => {
  const { address } = service.mine.program;
  const query = `{ program(address: "${address}") { document { text }
    ruleSets(first: 1) { edges { node { documentHash document { text } } } }
    pendingChange { proposedRules { documentHash document { hash text } } } } }`;
  const { data } = await service.ask(null, query);
  expect(data?.['program']).toEqual({
    document: null,
    ruleSets: { edges: [{ node: { documentHash: null, document: null } }] },
    pendingChange: {
      proposedRules: { documentHash: id(TEXT), document: { hash: id(TEXT), text: TEXT } },
    },
  });
});
