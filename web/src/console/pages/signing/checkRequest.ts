import { EIP712_DOMAIN_TYPE, FORWARD_REQUEST_TYPES } from '@dewpoint/contracts/typedData.ts';
import type { EncodedCall } from './expectedCall.ts';

/** How what is to be signed differs from what was asked for: in another shape, for another chain, account or forwarder, another call, or good for another time. */
export type SigningFlaw = 'shape' | 'chain' | 'forwarder' | 'account' | 'call' | 'deadline';

/** What a request to sign has to be. */
export interface ExpectedRequest {
  readonly chainId: number;
  readonly forwarder: string;
  /** The operator. */
  readonly account: string;
  readonly call: EncodedCall;
  /** Until when it is good, as the person is shown it, ISO. */
  readonly expiresAt: string;
  /** Time of the service. */
  readonly nowMs: number;
}

/** What was found. Nothing of the text of the service is handed on: what a wallet gets is made anew of the parts that were compared. */
export type RequestVerdict =
  | { readonly flaw: SigningFlaw; readonly toSign: null }
  /** `toSign` is for `eth_signTypedData_v4`. */
  | { readonly flaw: null; readonly toSign: string };

interface Parsed {
  readonly domain: Readonly<Record<string, unknown>>;
  readonly types: unknown;
  readonly primaryType: unknown;
  readonly message: Readonly<Record<string, unknown>>;
}

const ALL_TYPES = { EIP712Domain: EIP712_DOMAIN_TYPE, ...FORWARD_REQUEST_TYPES };
const TYPES = JSON.stringify(ALL_TYPES);
const MS_PER_SECOND = 1_000;
/** The service gives a person this long at most. */
const MAX_AHEAD_MS = 1_800_000;
/** The time of an answer is some seconds old when it is read. */
const CLOCK_LEEWAY_MS = 60_000;
const NAMES = FORWARD_REQUEST_TYPES.ForwardRequest.map(({ name }) => name);
const NUMBERS = ['gas', 'nonce', 'deadline'] as const;

const textOf = (value: unknown): string => `${value as string}`.toLowerCase();
const isSame = (a: unknown, b: unknown): boolean => textOf(a) === textOf(b);
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** Reads the text; null for one that is no request to the forwarder, and nothing besides. */
function parse(json: string): Parsed | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return null;
  }
  if (!isRecord(parsed)) return null;
  const { domain, types, primaryType, message, ...rest } = parsed;
  if (!isRecord(domain) || !isRecord(message) || Object.keys(rest).length > 0) return null;
  const isRequest =
    primaryType === 'ForwardRequest' &&
    JSON.stringify(types) === TYPES &&
    Object.keys(message).sort().join() === [...NAMES].sort().join() &&
    NUMBERS.every((name) => /^\d+$/.test(textOf(message[name])));
  return isRequest ? { domain, types, primaryType, message } : null;
}

/** It is what the person is shown, and soon over: what was signed may be carried out until then. */
function isDeadline(deadline: unknown, { expiresAt, nowMs }: ExpectedRequest): boolean {
  const shownMs = Date.parse(expiresAt);
  return (
    textOf(deadline) === String(Math.floor(shownMs / MS_PER_SECOND)) &&
    shownMs <= nowMs + MAX_AHEAD_MS + CLOCK_LEEWAY_MS
  );
}

function flawIn({ domain, message }: Parsed, expected: ExpectedRequest): SigningFlaw | null {
  const { name, version, chainId, verifyingContract, ...rest } = domain;
  if (name !== 'Dewpoint' || version !== '1' || Object.keys(rest).length > 0) return 'shape';
  if (!isSame(chainId, expected.chainId)) return 'chain';
  if (!isSame(verifyingContract, expected.forwarder)) return 'forwarder';
  if (!isSame(message['from'], expected.account)) return 'account';
  const { to, data } = expected.call;
  const isCall =
    isSame(message['to'], to) && isSame(message['data'], data) && isSame(message['value'], 0);
  if (!isCall) return 'call';
  return isDeadline(message['deadline'], expected) ? null : 'deadline';
}

/** Compares what the service wants signed with what the person asked for, and makes of it what the wallet is to sign. */
export function checkRequest(json: string, expected: ExpectedRequest): RequestVerdict {
  const parsed = parse(json);
  const flaw = parsed === null ? 'shape' : flawIn(parsed, expected);
  if (parsed === null || flaw !== null) return { flaw: flaw ?? 'shape', toSign: null };
  const { chainId, forwarder: verifyingContract, account: from, call } = expected;
  const [gas, nonce, deadline] = NUMBERS.map((name) => textOf(parsed.message[name]));
  const toSign = JSON.stringify({
    domain: { name: 'Dewpoint', version: '1', chainId, verifyingContract },
    primaryType: 'ForwardRequest',
    types: ALL_TYPES,
    message: { from, to: call.to, value: '0', gas, nonce, deadline, data: call.data },
  });
  return { flaw: null, toSign };
}
