/** Stripe's own mock, which answers by Stripe's OpenAPI file: built where there is Go, else left out with the reason. */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '@dewpoint/infra/processes/ports.ts';
import { vi } from 'vitest';

const VERSION = 'v0.197.0';
const BUILD_WITHIN_MS = 300_000;
const START_WITHIN_MS = 60_000;
const run = promisify(execFile);

export interface StripeMock {
  readonly url: string;
  stop(): void;
}

/** Finds the mock, or builds it. @returns its path, or why there is none */
export async function stripeMockBinary(): Promise<
  { readonly path: string } | { readonly why: string }
> {
  const folder = join(tmpdir(), `dewpoint-stripe-mock-${VERSION}`);
  const path = join(folder, 'stripe-mock');
  if (existsSync(path)) return { path };
  const env = {
    ...process.env,
    PATH: `${process.env['PATH'] ?? ''}:/usr/local/go/bin`,
    GOBIN: folder,
  };
  try {
    await run('go', ['version'], { env });
  } catch {
    return { why: 'there is no Go to build stripe-mock with' };
  }
  try {
    await run('go', ['install', `github.com/stripe/stripe-mock@${VERSION}`], {
      ...{ env, timeout: BUILD_WITHIN_MS },
    });
    return { path };
  } catch (error) {
    return { why: `stripe-mock could not be built: ${String(error).slice(0, 200)}` };
  }
}

/** Starts the mock on a free port. */
export async function startStripeMock(path: string): Promise<StripeMock> {
  const port = await freePort();
  const child = spawn(path, ['-http-addr', `127.0.0.1:${port}`], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const headers = { authorization: 'Bearer sk_test_123' };
  await vi.waitFor(() => fetch(`${url}/v1/customers/cus_1`, { headers }), START_WITHIN_MS);
  return { url, stop: () => void child.kill('SIGKILL') };
}
