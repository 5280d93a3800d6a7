import type { TadaDocumentNode } from 'gql.tada';

/** Why a call had no answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Code of the catalogue, such as CHAIN_UNAVAILABLE; OFFLINE when no answer came at all. */
  readonly code: string;
  /** Number of the catalogue, such as DW-9001; null when no answer came. */
  readonly number: string | null;
  readonly requestId: string | null;
  /** Milliseconds after which it may be tried again; null when it should not. */
  readonly retryAfterMs: number | null;

  constructor(
    message: string,
    about: {
      readonly code: string;
      readonly number?: string | null;
      readonly requestId?: string | null;
      readonly retryAfterMs?: number | null;
    },
    cause?: unknown,
  ) {
    super(message, { cause });
    this.code = about.code;
    this.number = about.number ?? null;
    this.requestId = about.requestId ?? null;
    this.retryAfterMs = about.retryAfterMs ?? null;
  }
}

/** Sends calls of one session. */
export interface Client {
  /** @throws ApiError without an answer, and for one that is an error */
  ask<Result, Variables>(
    document: TadaDocumentNode<Result, Variables>,
    ...variables: keyof Variables extends never ? [] : [Variables]
  ): Promise<Result>;
}

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
}

const TIMEOUT_MS = 30_000;

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function errorOf({ message, extensions = {} }: NonNullable<Answer['errors']>[number]): ApiError {
  const retryAfterMs = extensions['retryAfterMs'];
  return new ApiError(message, {
    code: textOr(extensions['code']) ?? 'INTERNAL',
    number: textOr(extensions['number']),
    requestId: textOr(extensions['requestId']),
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : null,
  });
}

/** @param token of the session of a member; null for what is public */
export function createClient(token: () => string | null, endpoint = '/graphql'): Client {
  const send = async (body: string): Promise<Answer> => {
    const authorization = token();
    try {
      const response = await fetch(endpoint, {
        method: 'POST',
        credentials: 'omit',
        headers: {
          'content-type': 'application/json',
          ...(authorization !== null && { authorization: `Bearer ${authorization}` }),
        },
        body,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      return (await response.json()) as Answer;
    } catch (cause) {
      throw new ApiError('No answer came.', { code: 'OFFLINE' }, cause);
    }
  };
  return {
    ask: async <Result, Variables>(
      document: TadaDocumentNode<Result, Variables>,
      ...[variables]: keyof Variables extends never ? [] : [Variables]
    ) => {
      const { data, errors = [] } = await send(JSON.stringify({ query: document, variables }));
      const [error] = errors;
      if (error !== undefined) throw errorOf(error);
      return data as Result;
    },
  };
}
