import type { ApolloServerPlugin } from '@apollo/server';
import { maxDepthRule } from '@escape.tech/graphql-armor-max-depth';
import { getOperationAST, GraphQLError, type ValidationRule } from 'graphql';
import type { GraphqlContext } from '../core/context.ts';
import { MAX_PUBLIC_QUERY_COST, MAX_QUERY_COST, queryCost } from './queryCost.ts';

/** The deepest useful query: member, history, edges, node, rule, a field; and nodes with a fragment around it. */
const MAX_QUERY_DEPTH = 10;

/** Limits the text of a query: one with 500 actions written out has 25,000 tokens. */
export const MAX_QUERY_TOKENS = 50_000;

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

/** Refuses queries that would be answered with too many fields, before anything is run. */
export const costLimit: ApolloServerPlugin<GraphqlContext> = {
  requestDidStart: () =>
    Promise.resolve({
      didResolveOperation: ({ document, request, contextValue, schema }) => {
        const operation = getOperationAST(document, request.operationName);
        // Without a name to choose by there is nothing to run: the next step says so.
        if (!operation) return Promise.resolve();
        const cost = queryCost(schema, document, operation, request.variables ?? {});
        const limit = contextValue.caller === null ? MAX_PUBLIC_QUERY_COST : MAX_QUERY_COST;
        if (cost > limit) {
          throw tooComplex(
            `The query would be answered with up to ${cost} fields; at most ${limit} are allowed${contextValue.caller === null ? ' without an API key' : ''}.`,
          );
        }
        return Promise.resolve();
      },
    }),
};
