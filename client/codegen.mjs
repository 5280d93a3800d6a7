/** Writes the typed operations of the client from server/schema.graphql. Part of `npm run schema`. */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { codegen } from '@graphql-codegen/core';
import * as operations from '@graphql-codegen/typescript-operations';
import { parse, print } from 'graphql';
import { format, resolveConfig } from 'prettier';

const SCHEMA = new URL('../server/schema.graphql', import.meta.url);
const OPERATIONS = new URL('src/operations.graphql', import.meta.url);
const GENERATED = new URL('src/generated.ts', import.meta.url);

/** What JSON carries them as. Amounts of points and money stay decimal strings: no number of JavaScript is exact enough. */
const SCALARS = {
  Address: 'string',
  Amount: 'string',
  DateTime: 'string',
  Hex: 'string',
  Money: 'string',
  Points: 'string',
  SentNumber: { input: 'number | string', output: 'never' },
  SentText: { input: 'string', output: 'never' },
  SentTime: { input: 'string', output: 'never' },
  UInt: 'number',
};

const HEADER = `// Written by \`npm run schema\` from server/schema.graphql and operations.graphql: change those.

/** Text of an operation, with the types of its variables and of its answer. */
export type Operation<Data, Variables> = string & {
  readonly __types?: (variables: Variables) => Data;
};
`;

/** One line a field would cost bytes in every bundle. */
const shorten = (definition) => print(definition).replace(/\s+/g, ' ');

const textOf = (definition) => {
  const name = definition.name.value;
  const kind = definition.operation === 'query' ? 'Query' : 'Mutation';
  const types = `${name}${kind}, ${name}${kind}Variables`;
  return `export const ${name}: Operation<${types}> = ${JSON.stringify(shorten(definition))};\n`;
};

/** @returns the text of src/generated.ts, by the committed schema */
export async function generatedOperations() {
  const document = parse(await readFile(OPERATIONS, 'utf8'));
  const types = await codegen({
    filename: 'generated.ts',
    schema: parse(await readFile(SCHEMA, 'utf8')),
    documents: [{ location: 'operations.graphql', document }],
    config: {
      enumType: 'string-literal',
      scalars: SCALARS,
      skipTypename: true,
      strictScalars: true,
      immutableTypes: true,
    },
    plugins: [{ operations: {} }],
    pluginMap: { operations },
  });
  const text = [HEADER, types, ...document.definitions.map(textOf)].join('\n');
  const file = fileURLToPath(GENERATED);
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(GENERATED, await generatedOperations());
}
