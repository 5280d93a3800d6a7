import type { Address } from '@dewpoint/contracts/statement.ts';
import { operatorAccount, type Signer } from '../../ports/chain/signer.ts';
import type { MemberWallets } from '../members/memberWallets.ts';
import {
  operatorOf,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';

/**
 * Accepts the operator's role that was offered.
 *
 * @param input An own wallet, which is asked to sign; null for the account of the organisation that the service signs for.
 */
export async function acceptOperator(
  deps: {
    readonly writer: ContractWriter;
    readonly memberWallets: Pick<MemberWallets, 'address'>;
    readonly calls: Pick<ProgramCalls, 'acceptOperator'>;
    readonly signer: Pick<Signer, 'addressOf'>;
  },
  request: WriteRequest,
  input: { readonly account: Address | null },
): Promise<Written & { readonly operator: Address }> {
  const { program } = request;
  const call = deps.calls.acceptOperator(program);
  if (input.account === null) {
    const operator = deps.signer.addressOf(operatorAccount(program.organisationId));
    return { ...(await deps.writer.write(request, operatorOf(program), call)), operator };
  }
  const account = deps.memberWallets.address('account', input.account);
  const by = { ...operatorOf(program), account };
  return { ...(await deps.writer.write(request, by, call)), operator: account };
}
