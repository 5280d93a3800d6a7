import { usePolled } from '../../../shared/polling/usePolled.ts';
import { isSignedKind } from '../../writes/askToSign.ts';
import type { SigningAsked } from '../../writes/signedWrites.ts';
import { flawOf, type SigningFlaw } from './checkRequest.ts';
import { expectedCallOf, type EncodedCall } from './expectedCall.ts';
import { SigningQuery, type SigningProgram } from './queries.ts';

/** What was compared: the call that the page worked out by itself, and how what is to be signed differs from it. */
export interface CheckedRequest {
  readonly program: SigningProgram;
  /** Who has to sign. */
  readonly account: string;
  /** Null where the page can not work it out. */
  readonly call: EncodedCall | null;
  readonly flaw: SigningFlaw | null;
}

function callFor({ kind, input }: SigningAsked, program: SigningProgram): EncodedCall | null {
  if (!isSignedKind(kind)) return null;
  const { settlementToken, ...contracts } = program.settings;
  const { decimals: moneyDecimals } = settlementToken;
  try {
    return expectedCallOf(kind, input, { ...contracts, points: program.address, moneyDecimals });
  } catch {
    // Numbers that no contract takes: nothing is signed for them.
    return null;
  }
}

/** Compares what the wallet is to sign with what was asked for; null until the program is known. */
export function useChecked(asked: SigningAsked): CheckedRequest | null {
  const { data } = usePolled(SigningQuery);
  const program = data?.program ?? null;
  const operator = program?.operatorAccount?.address ?? null;
  // Who accepts the role is not the operator yet.
  const account =
    asked.kind === 'operatorAccept' ? (asked.input['account'] as string | undefined) : operator;
  if (program === null || account == null) return null;
  const call = callFor(asked, program);
  const { chainId, settings } = program;
  const flaw =
    call === null
      ? 'call'
      : flawOf(asked.request.json, { chainId, forwarder: settings.forwarder, account, call });
  return { program, account, call, flaw };
}
