/** A server that is told of events, and answers as a test wants. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { until } from '../service.ts';

/** A delivery as it came. */
export interface Received {
  /** Path of the URL. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly id: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** How a delivery is answered: with a status, or never. */
export type ReceiverAnswer =
  | 'HANG'
  | {
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

export interface Receiver {
  /** Without a slash at its end. */
  readonly url: string;
  /** In the order in which they came. */
  readonly received: readonly Received[];
  /** Deliveries to a path that have no answer yet. */
  open(path: string): number;
  /** The most that a path had open at the same time. */
  mostOpen(path: string): number;
  /** @param answer May wait; 200 if it is left out. */
  answerBy(answer: (delivery: Received) => ReceiverAnswer | Promise<ReceiverAnswer>): void;
  /** Waits for so many deliveries that match. */
  got(count: number, matching?: (delivery: Received) => boolean): Promise<readonly Received[]>;
  close(): Promise<void>;
}

const TAKEN: ReceiverAnswer = { status: 200 };

export async function startReceiver(host = '127.0.0.1'): Promise<Receiver> {
  const received: Received[] = [];
  const opened = new Map<string, number>();
  const most = new Map<string, number>();
  const sockets = new Set<Socket>();
  let answer: Parameters<Receiver['answerBy']>[0] = () => TAKEN;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      const parsed = JSON.parse(body) as Pick<Received, 'id' | 'type' | 'data'>;
      const { url: path = '', headers } = request;
      const delivery = { path, headers, body, ...parsed };
      received.push(delivery);
      const now = (opened.get(path) ?? 0) + 1;
      opened.set(path, now);
      most.set(path, Math.max(most.get(path) ?? 0, now));
      void Promise.resolve(answer(delivery)).then((given) => {
        if (given === 'HANG') return;
        opened.set(path, (opened.get(path) ?? 1) - 1);
        response.writeHead(given.status, given.headers).end(given.body ?? '');
      });
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const matching = (matches: (delivery: Received) => boolean): Received[] =>
    received.filter(matches);
  return {
    url: `http://${host}:${port}`,
    received,
    open: (path) => opened.get(path) ?? 0,
    mostOpen: (path) => most.get(path) ?? 0,
    answerBy: (given) => {
      answer = given;
    },
    got: async (count, matches = () => true) => {
      await until(`there are ${count} deliveries`, () =>
        Promise.resolve(matching(matches).length >= count),
      );
      return matching(matches);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
