/** Writes lists as files for spreadsheets, row by row. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import type { Response } from 'express';

/** A cell of a file; null is an empty one. */
export type Cell = string | number | boolean | null;

const isPrematureClose = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

/** A reader that takes nothing for so long has gone, or is no reader. */
const MAX_IDLE_MS = 60_000;

/**
 * Answers with a file that is written while its rows are read. No cell of it is taken for a formula by a spreadsheet. A list that fails
 * on the way ends the connection, so that nobody takes a part of it for the whole.
 *
 * @param name Name of the file, without `.csv`.
 */
export async function sendCsv(
  response: Response,
  name: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly Cell[]>,
): Promise<void> {
  response.type('csv').attachment(`${name}.csv`);
  response.setTimeout(MAX_IDLE_MS, () => response.destroy());
  const text = stringify({
    ...{ header: true, columns: [...columns], escape_formulas: true, bom: true },
    cast: { boolean: String },
  });
  await pipeline(Readable.from(rows), text, response).catch((error: unknown) => {
    // The reader has gone away, which is no failure of ours.
    if (!isPrematureClose(error)) throw error;
  });
}
