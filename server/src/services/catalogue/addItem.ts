import { checkPoints, checkUint32 } from '../../domain/amounts.ts';
import { checkName } from '../../domain/bounds.ts';
import { refuseIfAny } from '../../domain/errors.ts';
import {
  operatorOf,
  type ContractWriter,
  type WriteRequest,
} from '../transactions/contractWriter.ts';
import type { ProgramCalls } from '../transactions/programCalls.ts';
import type { Catalogue } from './catalogue.ts';
import { MAX_STOCK, type WrittenItem } from './itemWrites.ts';

const MAX_ITEM_TEXT_BYTES = 512;

/** Adds an item. @param input Price in base units of points; stock null: unlimited. */
export async function addItem(
  deps: {
    readonly writer: ContractWriter;
    readonly calls: ProgramCalls;
    readonly catalogue: Pick<Catalogue, 'findItemsByTransaction'>;
  },
  request: WriteRequest,
  input: { readonly price: bigint; readonly stock: number | null; readonly text: string },
): Promise<WrittenItem> {
  const { program } = request;
  refuseIfAny([
    ...checkPoints('price', input.price),
    ...checkUint32('stock', input.stock ?? 0, 0, MAX_STOCK),
    ...checkName('text', input.text, 1, MAX_ITEM_TEXT_BYTES),
  ]);
  const written = await deps.writer.write(
    request,
    operatorOf(request.program),
    deps.calls.addItem(program, input),
  );
  const hash = written.transaction?.hash ?? null;
  const [item] = hash === null ? [] : await deps.catalogue.findItemsByTransaction(program, hash);
  return { ...written, item: item ?? null };
}
