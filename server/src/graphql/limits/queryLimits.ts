import type { ApolloServerPlugin } from '@apollo/server';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { getOperationAST, GraphQLError, type ValidationRule } from 'graphql';
import type { GraphqlContext } from '../core/context.ts';
import {
  MAX_INTROSPECTED_CHARACTERS,
  MAX_INTROSPECTED_FIELDS,
  MAX_PUBLIC_QUERY_COST,
  MAX_QUERY_COST,
  queryCost,
  type QueryCost,
} from './queryCost.ts';

/** The deepest useful query: member, history, edges, node, rule, a field; and nodes with a fragment around it. */
const MAX_QUERY_DEPTH = 10;

const tooComplex = (message: string): GraphQLError =>
  new GraphQLError(message, {
    extensions: { code: 'QUERY_TOO_COMPLEX', http: { status: 400 } },
  });

/** Refuses queries that are nested too deep, during validation. */
export const depthRule: ValidationRule = maxDepthRule({
  n: MAX_QUERY_DEPTH,
  flattenFragments: true,
  propagateOnRejection: false,
  onReject: [
    (context) => {
      context?.reportError(
        tooComplex(`The query is nested deeper than ${MAX_QUERY_DEPTH} levels.`),
      );
    },
  ],
});

/** Says which limit a query breaks; null when it may run. */
function problemOf({ cost, introspected }: QueryCost, isPublic: boolean): string | null {
  const { fields, characters } = introspected;
  if (fields > MAX_INTROSPECTED_FIELDS || characters > MAX_INTROSPECTED_CHARACTERS) {
    return `The query asks for more of the schema than ${MAX_INTROSPECTED_FIELDS} fields or ${MAX_INTROSPECTED_CHARACTERS} characters; the whole schema once is less.`;
  }
  const limit = isPublic ? MAX_PUBLIC_QUERY_COST : MAX_QUERY_COST;
  if (cost <= limit) return null;
  return `The query would be answered with up to ${cost} fields; at most ${limit} are allowed${isPublic ? ' without an API key' : ''}.`;
}

/** Refuses queries that would be answered with too many fields, before anything is run. */
export const costLimit: ApolloServerPlugin<GraphqlContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ document, request, contextValue, schema }) => {
        const operation = getOperationAST(document, request.operationName);
        // Without a name to choose by there is nothing to run: the next step says so.
        if (!operation) return Promise.resolve();
        if (!schema.getRootType(operation.operation)) {
          throw new GraphQLError(
            `The API has no ${operation.operation}; it has queries and mutations.`,
            { extensions: { code: 'INVALID_QUERY', http: { status: 400 } } },
          );
        }
        const cost = queryCost(schema, document, operation, request.variables ?? {});
        const problem = problemOf(cost, contextValue.caller === null);
        if (problem !== null) throw tooComplex(problem);
        return Promise.resolve();
      },
    }),
};
