import type { Hex } from '@dewpoint/contracts/statement.ts';
import { UserError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { SigningStore } from '../../ports/stores/transactions.ts';
import type { ContractWriter, Written } from './contractWriter.ts';

/**
 * Sends what an own wallet was asked to sign for a program.
 *
 * @param requireRights Refuses a caller that may not do the mutation that the wallet was asked for.
 * @throws UserError NOT_FOUND for what no wallet was asked for this program, and as {@link ContractWriter.writeSigned}
 */
export async function signTransaction(
  deps: { readonly signingRequests: Pick<SigningStore, 'find'>; readonly writer: ContractWriter },
  program: Program,
  { id, signature }: { readonly id: string; readonly signature: Hex },
  requireRights: (kind: string) => void,
): Promise<Written> {
  const asked = await deps.signingRequests.find(id);
  if (asked === null || asked.programId !== program.id) {
    const message = `id is ${JSON.stringify(id)}, and nothing is to be signed under it; take it from "toSign" of a mutation, which is kept for a day.`;
    throw new UserError({ code: 'NOT_FOUND', field: 'id', message });
  }
  requireRights(asked.kind);
  return deps.writer.writeSigned(program, asked, signature);
}
