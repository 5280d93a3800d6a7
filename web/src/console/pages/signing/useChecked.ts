import { usePolled } from '../../../shared/polling/usePolled.ts';
import { useServiceClock } from '../../../shared/clock/useServiceClock.ts';
import { isSignedKind } from '../../writes/askToSign.ts';
import type { SigningAsked } from '../../writes/signedWrites.ts';
import { checkRequest, type RequestVerdict } from './checkRequest.ts';
import { expectedCallOf, type EncodedCall } from './expectedCall.ts';
import { SigningQuery, type SigningProgram } from './queries.ts';

/** What was compared: the call that the page worked out by itself, and how what is to be signed differs from it. */
export type CheckedRequest = RequestVerdict & {
  readonly program: SigningProgram;
  /** Who has to sign. */
  readonly account: string;
  /** Null where the page can not work it out. */
  readonly call: EncodedCall | null;
};

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

const timeSince = (now: string, loadedAt: number | null): number =>
  Date.parse(now) + (loadedAt === null ? 0 : performance.now() - loadedAt);

/** Compares what the wallet is to sign with what was asked for; null until the program is known. */
export function useChecked(asked: SigningAsked): CheckedRequest | null {
  const { data, loadedAt } = usePolled(SigningQuery);
  const program = data?.program ?? null;
  // Until when a signature counts is compared with it later, too.
  useServiceClock(program?.clock.now, loadedAt);
  const operator = program?.operatorAccount?.address ?? null;
  // Who accepts the role is not the operator yet.
  const account =
    asked.kind === 'operatorAccept' ? (asked.input['account'] as string | undefined) : operator;
  if (program === null || account == null) return null;
  const call = callFor(asked, program);
  if (call === null) return { program, account, call, flaw: 'call', toSign: null };
  const { chainId, settings } = program;
  const { json, expiresAt } = asked.request;
  const verdict = checkRequest(json, {
    ...{ chainId, forwarder: settings.forwarder, account, call, expiresAt },
    // By the clock of the service alone: that of the device is often wrong.
    nowMs: timeSince(program.clock.now, loadedAt),
  });
  return { program, account, call, ...verdict };
}
