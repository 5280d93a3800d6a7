import { createClient as createUrql, fetchExchange, type CombinedError } from 'urql';
import { ApiError, type Client } from '../../shared/graphql/client.ts';

/** What the headers of a question name. */
export interface AskedScope {
  /** Id or slug of the organisation; null for what is of the person alone. */
  readonly organisation: string | null;
  /** Id of the program; null for what is of the organisation alone. */
  readonly program: string | null;
  /** Where it works that names no program; in test when left out. */
  readonly environment?: 'live';
}

const ENDPOINT = '/console/graphql';
const TIMEOUT_MS = 30_000;
const IS_MUTATION = /^\s*mutation\b/m;
/** What the server says when it turns a session away before it reads the question. */
const TURNED_AWAY = 401;

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Says by its code why a question had no answer. */
function toApiError(error: CombinedError): ApiError {
  const [first] = error.graphQLErrors;
  if (first === undefined) {
    const response = error.response as { readonly status: number } | undefined;
    const code = response?.status === TURNED_AWAY ? 'UNAUTHENTICATED' : 'OFFLINE';
    return new ApiError('No answer came.', { code }, error);
  }
  const { extensions } = first;
  const retryAfterMs = extensions['retryAfterMs'];
  return new ApiError(first.message, {
    code: textOr(extensions['code']) ?? 'INTERNAL',
    number: textOr(extensions['number']),
    requestId: textOr(extensions['requestId']),
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : null,
  });
}

/** Headers of a request for what a scope names. */
export const headersOf = ({
  organisation,
  program,
  environment,
}: AskedScope): Record<string, string> => ({
  'dewpoint-console': '1',
  ...(organisation !== null && { 'dewpoint-organisation': organisation }),
  ...(program !== null && { 'dewpoint-program': program }),
  ...(environment !== undefined && { 'dewpoint-environment': environment }),
});

/** Creates the way to the API for what one organisation, or one program of it, is asked. The cookie says who asks. */
export function createConsoleClient(scope: AskedScope): Client {
  const urql = createUrql({
    url: ENDPOINT,
    exchanges: [fetchExchange],
    preferGetMethod: false,
    fetch: (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }),
    fetchOptions: {
      credentials: 'same-origin',
      headers: headersOf(scope),
    },
  });
  return {
    ask: async (document, ...[variables]) => {
      const text = document as unknown as string;
      const values = (variables ?? {}) as Record<string, unknown>;
      const answer = IS_MUTATION.test(text)
        ? urql.mutation(text, values)
        : urql.query(text, values, { requestPolicy: 'network-only' });
      const result = await answer.toPromise();
      if (result.error !== undefined) throw toApiError(result.error);
      return result.data as never;
    },
  };
}
