import { UserError } from '../../domain/errors.ts';
import { ANYBODY, type ContractWriter, type WriteRequest } from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Changes } from './changes.ts';
import type { WrittenChange } from './withdrawChange.ts';

/** Enacts a change that is due, as any account may. */
export async function enactChange(
  deps: {
    readonly writer: ContractWriter;
    readonly calls: ProgramCalls;
    readonly changes: Pick<Changes, 'find'>;
  },
  request: WriteRequest,
  { change }: { readonly change: number },
): Promise<WrittenChange> {
  const { program } = request;
  const known = await deps.changes.find(program, change);
  if (known === null) {
    const message = `The program has no change ${change}.`;
    throw new UserError({ code: 'NOT_FOUND', field: 'change', message });
  }
  const call = deps.calls.enactChange(program, change, known.terms);
  const written = await deps.writer.write(request, ANYBODY, call);
  return { ...written, change: await deps.changes.find(program, change) };
}
