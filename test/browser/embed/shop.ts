import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import type { KeyedProgram } from '@dewpoint/server/testing/service.ts';

/** The shop of `examples/embed`, with the wallet in its page. */
export interface Shop {
  /** As browsers write it: scheme, host and port. */
  readonly origin: string;
  /** What it wrote. */
  said(): string;
  close(): Promise<void>;
}

const SAYS_WHERE = /The shop: (http:\/\/localhost:\d+)\//;

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill();
  await once(child, 'exit');
}

/** Starts the shop on a free port. It asks the service with the key of its program, for a member that it takes everybody for. */
export async function startShop(
  url: string,
  { program, key }: KeyedProgram,
  memberId = 'mei',
): Promise<Shop> {
  const child = spawn(process.execPath, [join(ROOT_DIR, 'examples/embed/server.mjs')], {
    env: {
      ...{ PATH: process.env['PATH'], SHOP_PORT: '0', SHOP_MEMBER: memberId },
      ...{ DEWPOINT_URL: url, DEWPOINT_KEY: key, DEWPOINT_PROGRAM: program.id },
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const origin = await new Promise<string>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const where = SAYS_WHERE.exec(said)?.[1];
      if (where !== undefined) resolve(where);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('exit', () => reject(new Error(`the shop did not start: ${said}`)));
  });
  return { origin, said: () => said, close: () => ended(child) };
}
