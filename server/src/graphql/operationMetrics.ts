import type { ApolloServerPlugin, GraphQLRequestListener } from '@apollo/server';
import { Kind, type OperationDefinitionNode } from 'graphql';
import type { Metrics } from '../lib/metrics.ts';
import { describeSpan } from '../lib/telemetry/tracing.ts';
import type { GraphqlContext } from './core/context.ts';

const MS_PER_SECOND = 1_000;

/** Names of the schema alone, each once: what a caller makes up is refused before, so the series are as many as the fields. */
const fieldsOf = (operation: OperationDefinitionNode): ReadonlySet<string> =>
  new Set(
    operation.selectionSet.selections.flatMap((selection) =>
      selection.kind === Kind.FIELD ? [selection.name.value] : [],
    ),
  );

/** Creates the plugin that measures requests by field and counts errors by code. Requests that were refused before they ran have no field. */
export function createOperationMetrics(
  metrics: Pick<Metrics, 'observeOperation' | 'countError'>,
): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: () => {
      const startedAtMs = performance.now();
      let isValid = false;
      const listener: GraphQLRequestListener<GraphqlContext> = {
        didResolveOperation: () => {
          isValid = true;
          return Promise.resolve();
        },
        willSendResponse: ({ operation, response: { body } }) => {
          const seconds = (performance.now() - startedAtMs) / MS_PER_SECOND;
          if (isValid && operation != null) {
            const fields = [...fieldsOf(operation)];
            for (const field of fields) metrics.observeOperation(field, seconds);
            const kind = operation.operation;
            describeSpan(`${kind} ${fields.join(' ')}`, { 'graphql.operation.type': kind });
          }
          const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
          for (const { extensions } of errors) {
            const code = extensions?.['code'];
            if (typeof code === 'string') metrics.countError(code);
          }
          return Promise.resolve();
        },
      };
      return Promise.resolve(listener);
    },
  };
}
