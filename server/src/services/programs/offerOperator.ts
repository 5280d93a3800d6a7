import type { Address } from '@dewpoint/contracts/statement.ts';
import { UserError } from '../../domain/errors.ts';
import { contractsOf } from '../../domain/program.ts';
import type { MemberWallets } from '../members/memberWallets.ts';
import {
  operatorOf,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';

/**
 * Offers the operator's role to another account, which accepts it through `acceptOperator`.
 *
 * @param input The zero address withdraws an offer.
 */
export async function offerOperator(
  deps: {
    readonly writer: ContractWriter;
    readonly memberWallets: Pick<MemberWallets, 'address'>;
    readonly calls: ProgramCalls;
  },
  request: WriteRequest,
  input: { readonly operator: Address },
): Promise<Written & { readonly offeredOperator: Address }> {
  const { program } = request;
  const operator = deps.memberWallets.address('operator', input.operator);
  const { points, charter, buyback, catalogue } = contractsOf(program);
  if ([points, charter, buyback, catalogue, program.forwarder].includes(operator)) {
    const message = `operator is ${operator}, a contract of the program; it must be an account that can accept the role.`;
    throw new UserError({ code: 'OUT_OF_RANGE', field: 'operator', message });
  }
  const call = deps.calls.offerOperator(program, operator);
  return {
    ...(await deps.writer.write(request, operatorOf(request.program), call)),
    offeredOperator: operator,
  };
}
