import type {
  ApolloServerPlugin,
  GraphQLRequestContextResponseForOperation,
  GraphQLRequestListener,
} from '@apollo/server';
import {
  executeSync,
  Kind,
  OperationTypeNode,
  print,
  type DocumentNode,
  type ExecutionResult,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GraphqlContext } from '../core/context.ts';
import { isIntrospection } from './introspectionCost.ts';

/** The whole schema is 0.25 million characters, in one of the few forms that tools ask for it. */
const MAX_KEPT_CHARACTERS = 4_000_000;

/** Whether a query asks for the schema and nothing else; fragments at its root are left to be run. */
function isIntrospectionOnly({ selections }: SelectionSetNode): boolean {
  let asks = false;
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD) return false;
    const isMeta = isIntrospection(selection);
    if (!isMeta && selection.name.value !== '__typename') return false;
    asks ||= isMeta;
  }
  return asks;
}

/** Two requests with one key are answered with the same: their documents differ in blanks and comments at most. */
function keyOf(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): string {
  const used = (operation.variableDefinitions ?? []).map(({ variable }) => [
    variable.name.value,
    variables[variable.name.value],
  ]);
  return JSON.stringify([print(document), operation.name?.value, used]);
}

/**
 * Creates the plugin that answers questions about the schema from earlier answers, as the schema never changes while the
 * process runs. It runs after the limits, so that what it keeps is bounded.
 */
export function createIntrospectionAnswers(): ApolloServerPlugin<GraphqlContext> {
  const answers = new LRUCache<string, ExecutionResult>({
    maxSize: MAX_KEPT_CHARACTERS,
    sizeCalculation: (answer, key) => key.length + JSON.stringify(answer).length,
  });
  function answerTo(
    request: GraphQLRequestContextResponseForOperation<GraphqlContext>,
  ): ExecutionResult | null {
    const { document, operation, operationName, schema } = request;
    // There is none when its name was left out, or is not in the document: the next step says so.
    if ((operation as OperationDefinitionNode | undefined) === undefined) return null;
    const variables = request.request.variables ?? {};
    if (
      operation.operation !== OperationTypeNode.QUERY ||
      !isIntrospectionOnly(operation.selectionSet)
    )
      return null;
    const key = keyOf(document, operation, variables);
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = executeSync({ schema, document, operationName, variableValues: variables });
      // Errors are reported by the usual way, which names their places and codes.
      if (answer.errors !== undefined) return null;
      answers.set(key, answer);
    }
    return answer;
  }
  const listener: GraphQLRequestListener<GraphqlContext> = {
    responseForOperation(request) {
      const answer = answerTo(request);
      if (answer === null) return Promise.resolve(null);
      const { data = null } = answer;
      return Promise.resolve({
        http: request.response.http,
        body: { kind: 'single', singleResult: { data } },
      });
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}
