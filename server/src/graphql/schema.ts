import { GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';
import './accountMove.ts';
import './acted.ts';
import './actionsRecord.ts';
import './actionsVoid.ts';
import './changeActs.ts';
import './changeAnnounce.ts';
import './drops.ts';
import './itemActs.ts';
import './member.ts';
import './memberFacts.ts';
import './orderActs.ts';
import './program.ts';
import './programCreate.ts';
import './programFacts.ts';
import './reserveActs.ts';
import './roundActs.ts';

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
