import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { runCommand } from '@dewpoint/contracts/verifier/commandLine.ts';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import type { WatchedPage } from '../openBrowser.ts';

export const AUDIT_DIST = join(ROOT_DIR, 'web/dist/audit');

/** A server that can be gone in the middle of a test. */
export interface StartedServer {
  readonly url: string;
  readonly host: string;
  stop(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** Serves files and nothing else, below a folder, as any host of static files does. */
export function startAuditSite(): Promise<StartedServer> {
  return startListening('/some/folder/', (request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname.replace('/some/folder/', '');
    const name = path === '' ? 'index.html' : path;
    readFile(join(AUDIT_DIST, name)).then(
      (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(name)] }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
}

/** Starts a server on a free port; its URL ends with a path. */
export async function startListening(
  path: string,
  listen: RequestListener,
): Promise<StartedServer> {
  const server = createServer(listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}${path}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a link says beside the program. */
export interface LinkParts {
  readonly program: string;
  readonly node: string;
  readonly chain?: number;
  readonly from?: number;
}

/** The fragment of a link to the audit of a program. */
export function auditFragment({ program, node, chain = 31_337, from = 0 }: LinkParts): string {
  return `#/${chain}/${program}?from=${from}&at=questions&rpc=${encodeURIComponent(node)}`;
}

/** What the command line prints as JSON, with its exit code. */
export async function commandJson(
  node: string,
  program: string,
  more: readonly string[] = [],
): Promise<{ text: string; exitCode: number }> {
  let text = '';
  let said = '';
  const args = ['--rpc', node, '--program', program, '--json', ...more];
  const exitCode = await runCommand(args, {
    stdout: { write: (part) => (text += part) },
    stderr: { write: (part) => (said += part) },
  });
  if (text === '') throw new Error(said);
  return { text, exitCode };
}

/** Waits until the page has a verdict of some kind, and answers which. */
export async function verdictOf({ page }: WatchedPage): Promise<'kept' | 'broken' | 'unknown'> {
  const found = await page.waitForSelector('.verdict.kept, .verdict.broken, .verdict.unknown');
  const names = (await found.getAttribute('class')) ?? '';
  return names.includes('kept') ? 'kept' : names.includes('broken') ? 'broken' : 'unknown';
}

/** What a button gives the visitor to keep. */
export async function savedBy({ page }: WatchedPage, button: RegExp): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}

export const SAVE_REPORT = /^(Save the report|保存报告)$/;
export const KEEP_PAGE = /^(Keep this page|保存本页)$/;
export const VERIFY_AGAIN = /^(Verify again|重新核对)$/;
