import { checkUint32 } from '../../domain/amounts.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import type { ContractCall } from '../../ports/chain/submitter.ts';
import {
  operatorOf,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Catalogue, ItemView } from './catalogue.ts';

/** Services of writes on items. */
export interface ItemWriteDeps {
  readonly writer: ContractWriter;
  readonly calls: ProgramCalls;
  readonly catalogue: Pick<Catalogue, 'findItem'>;
}

/** A write on an item, with the item as the indexer has it. */
export interface WrittenItem extends Written {
  readonly item: ItemView | null;
}

/** Most pieces that can be added; the next number stands for an unlimited stock. */
export const MAX_STOCK = 2 ** 32 - 2;

/** Sends a call of the operator on an existing item. */
export async function writeOnItem(
  { writer, catalogue }: ItemWriteDeps,
  request: WriteRequest,
  item: number,
  encode: () => ContractCall,
): Promise<WrittenItem> {
  refuseIfAny(checkUint32('item', item));
  const written = await writer.write(request, operatorOf(request.program), encode());
  return { ...written, item: await catalogue.findItem(request.program, item) };
}
