import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a call: it passes; it never arrives; or it is done, and its answer is lost. */
export type Fate = 'pass' | 'cut' | 'lose';

/** A line between an app and the API. */
export interface Line {
  readonly url: string;
  close(): Promise<void>;
}

/** Opens a line to a service. @param fateOf decides of each call by its body */
export async function openLine(target: string, fateOf: (body: string) => Fate): Promise<Line> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const fate = fateOf(body);
      if (fate === 'cut') {
        response.destroy();
        return;
      }
      const { authorization = '' } = request.headers;
      const headers = { 'content-type': 'application/json' };
      void fetch(`${target}${request.url}`, {
        ...{ method: 'POST', headers: { ...headers, authorization }, body },
      }).then(async (answer) => {
        const text = await answer.text();
        if (fate === 'lose') response.destroy();
        else response.writeHead(answer.status, headers).end(text);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
