import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from './usageError.ts';

/** A terminal, and whether it is one at which a question is answered. */
interface Terminal {
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stderr: { write(text: string): unknown };
}

/**
 * Asks for a text and shows nothing of it; undefined where nobody can be asked.
 *
 * @throws UsageError (the question) when it is broken off
 */
export function hiddenQuestion({
  stdin,
  stderr,
}: Terminal): ((question: string) => Promise<string>) | undefined {
  if (stdin.isTTY !== true) return undefined;
  return async (question) => {
    // What is typed is echoed to where nobody sees it.
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
    const closed = new AbortController();
    // By Ctrl-C and Ctrl-D: without this, nobody would ever answer.
    lines.once('close', () => closed.abort());
    stderr.write(question);
    try {
      return await lines.question('', { signal: closed.signal });
    } catch (error) {
      if (!closed.signal.aborted) throw error;
      throw new UsageError('Nothing was done: the passphrase was not given.');
    } finally {
      lines.close();
      stderr.write('\n');
    }
  };
}
