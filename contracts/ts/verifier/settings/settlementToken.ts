import type { Address, Hex } from '../../statement.ts';
import { call, RequestFailed, type Rpc } from '../rpc/rpc.ts';

/** What the settlement token says of itself; null where it does not say. Nothing of it is promised by the program. */
export interface SettlementToken {
  readonly symbol: string | null;
  readonly decimals: number | null;
  /** Who controls it, in lower case. */
  readonly owner: Address | null;
}

/** `symbol()`, `decimals()` and `owner()`. */
const SYMBOL = '0x95d89b41';
const DECIMALS = '0x313ce567';
const OWNER = '0x8da5cb5b';

const WORD_DIGITS = 64;
/** Longer symbols are cut off: the token writes what it likes. */
const MAX_SYMBOL_BYTES = 32;
const MAX_DECIMALS = 36n;
const NOBODY: Address = `0x${'00'.repeat(20)}`;

/** Asks a token for what people call it. Tokens need not answer any of it. */
export async function readSettlementToken(rpc: Rpc, token: Address): Promise<SettlementToken> {
  const answer = async (data: string): Promise<Hex | null> => {
    try {
      return await call(rpc, token, data);
    } catch (error) {
      // It has no such function.
      if (error instanceof RequestFailed) return null;
      throw error;
    }
  };
  const [symbol, decimals, owner] = await Promise.all([
    answer(SYMBOL),
    answer(DECIMALS),
    answer(OWNER),
  ]);
  return { symbol: symbolIn(symbol), decimals: decimalsIn(decimals), owner: ownerIn(owner) };
}

/** A string of the ABI, or 32 bytes as the first tokens have it. */
function symbolIn(answer: Hex | null): string | null {
  if (answer === null || answer.length < 2 + WORD_DIGITS) return null;
  const isString = answer.length >= 2 + 2 * WORD_DIGITS;
  const length = isString ? Number(word(answer, 1)) : MAX_SYMBOL_BYTES;
  const start = 2 + (isString ? 2 * WORD_DIGITS : 0);
  const digits = answer.slice(start, start + 2 * Math.min(length, MAX_SYMBOL_BYTES));
  const bytes = (digits.match(/../g) ?? []).map((byte) => parseInt(byte, 16));
  const text = new TextDecoder().decode(new Uint8Array(bytes)).replaceAll('\0', '').trim();
  return text === '' ? null : text;
}

function decimalsIn(answer: Hex | null): number | null {
  const decimals = answer === null ? null : word(answer, 0);
  return decimals === null || decimals > MAX_DECIMALS ? null : Number(decimals);
}

function ownerIn(answer: Hex | null): Address | null {
  if (answer === null || answer.length !== 2 + WORD_DIGITS) return null;
  const owner: Address = `0x${answer.slice(-40).toLowerCase()}`;
  return owner === NOBODY ? null : owner;
}

function word(answer: Hex, index: number): bigint | null {
  const start = 2 + index * WORD_DIGITS;
  const digits = answer.slice(start, start + WORD_DIGITS);
  return digits.length === WORD_DIGITS ? BigInt(`0x${digits}`) : null;
}
