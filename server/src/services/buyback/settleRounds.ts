import {
  ANYBODY,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Rounds, RoundView } from './rounds.ts';

/** Settles all rounds that have closed; does nothing when there is none. */
export async function settleRounds(
  deps: {
    readonly writer: ContractWriter;
    readonly calls: ProgramCalls;
    readonly rounds: Pick<Rounds, 'current'>;
  },
  request: WriteRequest,
): Promise<Written & { readonly round: RoundView | null }> {
  const { program } = request;
  const written = await deps.writer.write(request, ANYBODY, deps.calls.settleRounds(program));
  return { ...written, round: await deps.rounds.current(program) };
}
