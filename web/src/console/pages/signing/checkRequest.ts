import { EIP712_DOMAIN_TYPE, FORWARD_REQUEST_TYPES } from '@dewpoint/contracts/typedData.ts';
import type { EncodedCall } from './expectedCall.ts';

/** How what is to be signed differs from what was asked for: in another shape, for another chain, account or forwarder, or another call. */
export type SigningFlaw = 'shape' | 'chain' | 'forwarder' | 'account' | 'call';

/** What a request to sign has to be. */
export interface ExpectedRequest {
  readonly chainId: number;
  readonly forwarder: string;
  /** The operator. */
  readonly account: string;
  readonly call: EncodedCall;
}

interface Parsed {
  readonly domain: Readonly<Record<string, unknown>>;
  readonly types: unknown;
  readonly primaryType: unknown;
  readonly message: Readonly<Record<string, unknown>>;
}

const TYPES = JSON.stringify({ EIP712Domain: EIP712_DOMAIN_TYPE, ...FORWARD_REQUEST_TYPES });
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

/** Compares what the service wants signed with what the person asked for; null when it is exactly that. */
export function flawOf(json: string, expected: ExpectedRequest): SigningFlaw | null {
  const parsed = parse(json);
  if (parsed === null) return 'shape';
  const { domain, message } = parsed;
  const { name, version, chainId, verifyingContract, ...rest } = domain;
  if (name !== 'Dewpoint' || version !== '1' || Object.keys(rest).length > 0) return 'shape';
  if (!isSame(chainId, expected.chainId)) return 'chain';
  if (!isSame(verifyingContract, expected.forwarder)) return 'forwarder';
  if (!isSame(message['from'], expected.account)) return 'account';
  const { to, data } = expected.call;
  const isCall =
    isSame(message['to'], to) && isSame(message['data'], data) && isSame(message['value'], 0);
  return isCall ? null : 'call';
}
