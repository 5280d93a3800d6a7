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
  /** Points minted so far by what the service has read, two decimals. Costs it far less than `settlement`. */
  issuedPoints(): Promise<string>;
  /** Points on chain of a member, two decimals. */
  settledPoints(memberId: string): Promise<string>;
  /** Tenders points of a member. Repeated under the same key it has one effect. */
  tender(memberId: string, round: number, amount: string, key: string): Promise<void>;
  /** Puts money of the operator into the reserve. */
  depositReserve(amount: string, key: string): Promise<void>;
  /** Money that settled rounds owe and nobody has claimed. */
  owedMoney(): Promise<string>;
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
const RETRYABLE_CODES = new Set([
  'OVERLOADED',
  'CHAIN_UNAVAILABLE',
  'DATABASE_UNAVAILABLE',
  'CHAIN_STALE',
  'BUSY',
  'INTERNAL',
]);

const RECORD = `mutation Record($input: ActionsRecordInput!) {
  actionsRecord(input: $input) {
    results { status code message }
    userErrors { code message }
  }
}`;
const SETTLEMENT = `query Settlement { program { settlement { open oldestOpenEpoch } supply { asOfBlock } } }`;

const ISSUED = `query Issued { program { supply { issued } } }`;
const BALANCE = `query Balance($id: String!) { member(memberId: $id) { balance { settled } } }`;
const OWED = `query Owed { program { reserve { owed } } }`;
const ACTED = `transaction { status } userErrors { code field message }`;
const TENDER = `mutation Tender($input: RoundTenderInput!) { roundTender(input: $input) { ${ACTED} } }`;
const DEPOSIT = `mutation Deposit($input: ReserveDepositInput!) { reserveDeposit(input: $input) { ${ACTED} } }`;

/** What an act on chain answers. */
interface Acted {
  readonly transaction: { readonly status: string } | null;
  readonly userErrors: readonly { code: string; field: string | null; message: string }[];
}

/** An act that is on its way is asked for again under its key, which sends nothing twice. */
const ON_ITS_WAY = new Set(['QUEUED', 'SENT']);
const ACT_PAUSE_MS = 100;

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
export function createApi(
  url: string,
  keys: { readonly apiKey: string; readonly operatorApiKey: string },
): DewpointApi {
  async function call<T>(query: string, variables: object, apiKey = keys.apiKey): Promise<T> {
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

  /** Asks for an act until it is mined. */
  async function act(query: string, input: object, apiKey?: string): Promise<void> {
    const startedAt = Date.now();
    for (;;) {
      const [acted] = Object.values(await call<Record<string, Acted>>(query, { input }, apiKey));
      const [problem] = acted?.userErrors ?? [];
      const status = acted?.transaction?.status ?? 'nothing';
      if (status === 'MINED') return;
      const isLate = Date.now() - startedAt > GIVE_UP_AFTER_MS;
      if (problem !== undefined && !RETRYABLE_CODES.has(problem.code)) {
        throw new ApiError(`${problem.code} ${problem.field ?? ''}: ${problem.message}`);
      }
      if (isLate || (problem === undefined && !ON_ITS_WAY.has(status))) {
        throw new ApiError(`an act ended as ${problem?.code ?? status}`);
      }
      await delay(ACT_PAUSE_MS);
    }
  }

  return {
    async settledPoints(id) {
      const { member } = await call<{ member: { balance: { settled: string } } | null }>(BALANCE, {
        id,
      });
      return member?.balance.settled ?? '0';
    },
    async issuedPoints() {
      const { program } = await call<{ program: { supply: { issued: string } } }>(ISSUED, {});
      return program.supply.issued;
    },
    async owedMoney() {
      const { program } = await call<{ program: { reserve: { owed: string } } }>(OWED, {});
      return program.reserve.owed;
    },
    tender: (memberId, round, amount, key) =>
      act(TENDER, { memberId, round, amount, idempotencyKey: key }),
    depositReserve: (amount, key) =>
      act(DEPOSIT, { amount, idempotencyKey: key }, keys.operatorApiKey),
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
