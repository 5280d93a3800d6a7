import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './actionsRecord.ts';
import './actionsVoid.ts';
import './drops.ts';
import './member.ts';
import './program.ts';

/** The whole API. */
export const schema: GraphQLSchema = builder.toSchema();

/** The API as text, in an order that does not depend on the order of imports. */
export function schemaText(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
