import type { ContractCall } from '../../ports/chain/submitter.ts';
import {
  operatorOf,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Catalogue, OrderView } from './catalogue.ts';

/** Services of writes on orders. */
export interface OrderWriteDeps {
  readonly writer: ContractWriter;
  readonly calls: ProgramCalls;
  readonly catalogue: Pick<Catalogue, 'findOrder'>;
}

/** A write on an order, with the order as the indexer has it. */
export interface WrittenOrder extends Written {
  readonly order: OrderView | null;
}

/** Sends a call of the operator on an order. */
export async function writeOnOrder(
  { writer, catalogue }: OrderWriteDeps,
  request: WriteRequest,
  order: number,
  call: ContractCall,
): Promise<WrittenOrder> {
  const written = await writer.write(request, operatorOf(request.program), call);
  return { ...written, order: await catalogue.findOrder(request.program, order) };
}
