import {
  operatorOf,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Changes, ChangeView } from './changes.ts';

/** A write on a change, with the change as the indexer has it. */
export interface WrittenChange extends Written {
  readonly change: ChangeView | null;
}

/** Withdraws a pending change with the operator's key. */
export async function withdrawChange(
  deps: {
    readonly writer: ContractWriter;
    readonly calls: ProgramCalls;
    readonly changes: Pick<Changes, 'find'>;
  },
  request: WriteRequest,
  { change }: { readonly change: number },
): Promise<WrittenChange> {
  const { program } = request;
  const call = deps.calls.withdrawChange(program, change);
  const written = await deps.writer.write(request, operatorOf(request.program), call);
  return { ...written, change: await deps.changes.find(program, change) };
}
