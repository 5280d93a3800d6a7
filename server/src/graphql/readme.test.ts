import { readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, it } from 'vitest';

const root = new URL('../../../', import.meta.url);
const schema = buildSchema(readFileSync(new URL('server/schema.graphql', root), 'utf8'));
const readme = readFileSync(new URL('README.md', root), 'utf8');
const examples = [...readme.matchAll(/```graphql\n(.+?)```/gs)].map(([, text]) => text ?? '');

it('the README has examples of the API', () => {
  expect(examples.length).toBeGreaterThan(0);
});

it.each(examples)('the API understands this example of the README: %s', (example) => {
  expect(validate(schema, parse(example))).toEqual([]);
});
