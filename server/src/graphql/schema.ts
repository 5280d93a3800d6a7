import { GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';
import './actionsRecord.ts';
import './actionsVoid.ts';
import './drops.ts';
import './member.ts';
import './program.ts';

const built = builder.toSchema().toConfig();

/** The whole API. Pothos puts Float into every schema; nothing here is one, and nothing may become one. */
export const schema: GraphQLSchema = new GraphQLSchema({
  ...built,
  types: built.types.filter(({ name }) => name !== 'Float'),
});

/** The API as text, in an order that does not depend on the order of imports. */
export function schemaText(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
