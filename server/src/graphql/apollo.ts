import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Logger } from '../lib/logger.ts';
import type { Metrics } from '../lib/metrics.ts';
import type { GraphqlContext } from './core/context.ts';
import { createErrorPlugin } from './errors/errorPlugin.ts';
import { formatError } from './errors/errorShape.ts';
import { stringifyAnswer } from './limits/answerSize.ts';
import { MAX_QUERY_TOKENS } from './limits/documentText.ts';
import { createIntrospectionAnswers } from './limits/introspectionAnswers.ts';
import { ParsedQueries } from './limits/parsedQueries.ts';
import { costLimit, depthRule } from './limits/queryLimits.ts';
import { createOperationMetrics } from './operationMetrics.ts';
import { schema } from './schema.ts';

/** Starts the GraphQL engine. It reports to no service of its vendor. */
export async function startApollo(
  log: Logger,
  metrics: Pick<Metrics, 'observeOperation' | 'countError'>,
): Promise<ApolloServer<GraphqlContext>> {
  const apollo = new ApolloServer<GraphqlContext>({
    schema,
    formatError,
    documentStore: new ParsedQueries(),
    stringifyResult: stringifyAnswer,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    parseOptions: { maxTokens: MAX_QUERY_TOKENS },
    validationRules: [depthRule],
    logger: log,
    plugins: [
      costLimit,
      createErrorPlugin(log),
      createOperationMetrics(metrics),
      createIntrospectionAnswers(),
      // It looks at every field of every answer, and nothing here may be cached.
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  return apollo;
}
