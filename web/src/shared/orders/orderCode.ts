/** What the QR code of an order says, which the member shows where it is handed over. */

/** An order of a program. */
export interface OrderAddress {
  /** As in addresses: "prg_31337_95bd...". */
  readonly programId: string;
  readonly number: number;
}

const PATH = /^\/console\/p\/(prg_\d{1,20}_[0-9a-f]{40})\/orders\/([1-9]\d{0,14})$/;

/**
 * Writes the code of an order: the address of its page for the operator, so that the camera of any phone opens it there.
 *
 * @param origin of the service: "https://points.example"
 */
export const orderCode = (origin: string, { programId, number }: OrderAddress): string =>
  `${origin}/console/p/${programId}/orders/${number}`;

/** Reads the code of an order; null for any other text. Of the address it is the program that counts: a service can have several names. */
export function readOrderCode(text: string): OrderAddress | null {
  if (!URL.canParse(text)) return null;
  const { protocol, pathname } = new URL(text);
  const [, programId, number] = PATH.exec(pathname) ?? [];
  if (!/^https?:$/.test(protocol) || programId === undefined) return null;
  return { programId, number: Number(number) };
}
