import { GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './core/builder.ts';
import './members/accountMove.ts';
import './transactions/transaction.ts';
import './actions/actionsRecord.ts';
import './actions/actionsVoid.ts';
import './terms/changeMutations.ts';
import './terms/changeAnnounce.ts';
import './statements/drops.ts';
import './catalogue/itemMutations.ts';
import './members/member.ts';
import './members/memberConnections.ts';
import './catalogue/orderMutations.ts';
import './programs/program.ts';
import './programs/programCreate.ts';
import './programs/programConnections.ts';
import './buyback/reserveMutations.ts';
import './buyback/roundMutations.ts';

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
