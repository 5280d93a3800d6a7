import { UserError } from '../../domain/errors.ts';
import { show } from '../../domain/show.ts';
import type { Program } from '../../domain/program.ts';
import type { OrderNoteStore } from '../../ports/stores/catalogue.ts';
import type { Once } from '../transactions/once.ts';
import type { Catalogue, OrderView } from './catalogue.ts';

/** Characters of a note: a voucher, where to pick something up, and a few words. */
export const MAX_NOTE_CHARACTERS = 2_000;
/** Any text in lines: no control characters but line feeds, no lone surrogates. */
const LINES = /^[^\p{Cc}\p{Cs}]*(?:\n[^\p{Cc}\p{Cs}]*)*$/u;

/** @throws UserError TOO_LONG, MALFORMED */
function checkNote(note: string): void {
  const wanted = `at most ${MAX_NOTE_CHARACTERS} characters in lines that end with a line feed`;
  const refuse = (code: 'TOO_LONG' | 'MALFORMED', what: string): never => {
    throw new UserError({ code, field: 'note', message: `note ${what}; it must be ${wanted}.` });
  };
  const characters = note.length > 2 * MAX_NOTE_CHARACTERS ? note.length : [...note].length;
  if (characters > MAX_NOTE_CHARACTERS) refuse('TOO_LONG', `has ${characters} characters`);
  if (!LINES.test(note)) refuse('MALFORMED', `is ${show(note)}, with a control character`);
}

const noOrder = (order: number): UserError =>
  new UserError({
    code: 'NOT_FOUND',
    field: 'order',
    message: `order is ${order}; the program has no order with this number.`,
  });

/**
 * Sets what the operator tells the member about an order, or takes it away. It is never on chain.
 *
 * @throws UserError NOT_FOUND, TOO_LONG, MALFORMED, IDEMPOTENCY_KEY_REUSED
 */
export async function noteOrder(
  deps: {
    readonly catalogue: Pick<Catalogue, 'findOrder'>;
    readonly orderNotes: Pick<OrderNoteStore, 'save' | 'remove'>;
    readonly once: Once;
  },
  program: Program,
  input: {
    readonly order: number;
    /** Null or empty for none. */
    readonly note: string | null;
    readonly idempotencyKey: string;
  },
): Promise<{ readonly order: OrderView }> {
  const { idempotencyKey, order, note } = input;
  const text = note ?? '';
  checkNote(text);
  const write = {
    owner: [program.id],
    kind: 'orderNoteSet',
    idempotencyKey,
    input: { order, text },
  };
  await deps.once.run(write, async () => {
    const found = await deps.catalogue.findOrder(program, order);
    if (found === null) throw noOrder(order);
    const { member: account, orderRef } = found;
    if (text === '') await deps.orderNotes.remove(program.id, order);
    else await deps.orderNotes.save({ programId: program.id, order, account, orderRef, text });
    return null;
  });
  const noted = await deps.catalogue.findOrder(program, order);
  if (noted === null) throw noOrder(order);
  return { order: noted };
}
