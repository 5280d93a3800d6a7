/** Writes the types of the API for the pages from server/schema.graphql. Part of `npm run schema`. */
import { readFile, writeFile } from 'node:fs/promises';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';
import { buildSchema, introspectionFromSchema } from 'graphql';

const SCHEMA = new URL('../server/schema.graphql', import.meta.url);
const TYPES = new URL('src/shared/graphql/introspection.d.ts', import.meta.url);

/** @returns the text of the file of types, by the committed schema */
export async function graphqlTypes() {
  const schema = buildSchema(await readFile(SCHEMA, 'utf8'));
  const introspection = minifyIntrospection(
    introspectionFromSchema(schema, { descriptions: false }),
    {
      includeEnums: true,
      includeInputs: true,
      includeScalars: true,
    },
  );
  return outputIntrospectionFile(introspection, { fileType: '.d.ts', shouldPreprocess: true });
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await writeFile(TYPES, await graphqlTypes());
}
