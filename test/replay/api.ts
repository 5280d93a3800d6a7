import { setTimeout as delay } from 'node:timers/promises';

/** One action as an app reports it. */
export interface ReportedAction {
  readonly memberId: string;
  readonly eventId: string;
  readonly rule: string;
  readonly count: number;
  readonly amount: string;
  /** ISO 8601. */
  readonly occurredAt: string;
}

/** What became of one reported action. */
export interface ActionResult {
  readonly status: 'RECORDED' | 'DUPLICATE' | 'REJECTED';
  readonly code: string | null;
  readonly message: string | null;
}

/** How far the service is with settling. */
export interface SettlementProgress {
  readonly open: number;
  readonly oldestOpenEpoch: number | null;
  /** Block up to which the service has read the chain. */
  readonly asOfBlock: number;
}

/** The public API as this app uses it. */
export interface DewpointApi {
  record(actions: readonly ReportedAction[]): Promise<ActionResult[]>;
  settlement(): Promise<SettlementProgress>;
}

/** The service answered, and what it says will not change by asking again. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
}

interface GraphqlAnswer<T> {
  readonly data?: T | null;
  readonly errors?: readonly { message: string; extensions?: { code?: string } }[];
}

/** The eventId makes every call safe to repeat, so an app repeats until it has an answer, for at most this long. */
const GIVE_UP_AFTER_MS = 120_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
const CALL_TIMEOUT_MS = 60_000;
/** A service that is restarting or flooded answers with these, or not at all. */
const RETRYABLE_CODES = new Set(['OVERLOADED', 'CHAIN_UNAVAILABLE', 'CHAIN_STALE', 'INTERNAL']);

const RECORD = `mutation Record($input: ActionsRecordInput!) {
  actionsRecord(input: $input) {
    results { status code message }
    userErrors { code message }
  }
}`;
const SETTLEMENT = `query Settlement { program { settlement { open oldestOpenEpoch } supply { asOfBlock } } }`;

/** One attempt; null when the service did not answer for good. */
async function attempt<T>(
  url: string,
  apiKey: string,
  body: string,
): Promise<{ data: T } | { retry: string }> {
  let response: Response;
  let answer: GraphqlAnswer<T>;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body,
      signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
    });
    answer = (await response.json()) as GraphqlAnswer<T>;
  } catch (error) {
    return { retry: (error as Error).message };
  }
  const problem = answer.errors?.[0];
  const data = answer.data ?? null;
  if (problem === undefined && data !== null) return { data };
  const code = problem?.extensions?.code ?? `HTTP ${response.status}`;
  const said = `${code}: ${problem?.message ?? 'no data'}`;
  if (RETRYABLE_CODES.has(code) || response.status >= 500) return { retry: said };
  throw new ApiError(said);
}

/** Talks to the GraphQL API and repeats calls that got no answer: at least once, which eventIds make exactly once. */
export function createApi(url: string, apiKey: string): DewpointApi {
  async function call<T>(query: string, variables: object): Promise<T> {
    const body = JSON.stringify({ query, variables });
    const startedAt = Date.now();
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      const outcome = await attempt<T>(url, apiKey, body);
      if ('data' in outcome) return outcome.data;
      if (Date.now() - startedAt > GIVE_UP_AFTER_MS) {
        throw new ApiError(`no answer for ${GIVE_UP_AFTER_MS / 1000} s; last: ${outcome.retry}`);
      }
      await delay(pauseMs);
    }
  }

  return {
    async record(actions) {
      const { actionsRecord } = await call<{
        actionsRecord: {
          results: ActionResult[];
          userErrors: { code: string; message: string }[];
        };
      }>(RECORD, { input: { actions } });
      const [problem] = actionsRecord.userErrors;
      if (problem !== undefined) throw new ApiError(`${problem.code}: ${problem.message}`);
      return actionsRecord.results;
    },
    async settlement() {
      const { program } = await call<{
        program: {
          settlement: Omit<SettlementProgress, 'asOfBlock'>;
          supply: Pick<SettlementProgress, 'asOfBlock'>;
        };
      }>(SETTLEMENT, {});
      return { ...program.settlement, ...program.supply };
    },
  };
}
