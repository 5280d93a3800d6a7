/** A line of the file, or the file as a whole, is not what a purchase log looks like. One sentence, without the file's name. */
export class PurchaseLogError extends Error {
  override readonly name = 'PurchaseLogError';
}

/**
 * @param column Counted from 1, where the problem itself names none.
 * @throws PurchaseLogError naming the place, as every refusal of a log does.
 */
export function refuseAt(line: number, problem: string, column?: number): never {
  const place = column === undefined ? `line ${line}` : `line ${line}, column ${column}`;
  throw new PurchaseLogError(`${place}: ${problem}`);
}
