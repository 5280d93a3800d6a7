import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForBrowsers } from '../testing/browser/bundle.ts';
import { HAS_CHROMIUM, openInChromium } from '../testing/browser/chromium.ts';
import type { BrowserTask, BrowserVerdict } from '../testing/browser/verifyInBrowser.ts';
import { startEventfulProgram, type EventfulProgram } from '../testing/eventfulProgram.ts';
import { reportJson } from './report/report.ts';
import { HttpRpc } from './rpc/httpRpc.ts';
import { verify } from './verify.ts';

/** Bytes of the whole verifier with `gzip -9`, as a page loads it. */
const MAX_GZIPPED = 53_000;
const ENTRY = fileURLToPath(new URL('../testing/browser/verifyInBrowser.ts', import.meta.url));
/** What a browser has of what the verifier may use. */
const BROWSER_GLOBALS = [
  ...['fetch', 'Request', 'Response', 'Headers', 'URL', 'AbortController', 'AbortSignal'],
  ...['MessageChannel', 'setTimeout', 'clearTimeout', 'TextEncoder', 'TextDecoder'],
  ...['atob', 'btoa', 'crypto', 'performance', 'structuredClone', 'DOMException', 'console'],
] as const;

let eventful: EventfulProgram;
let script: string;
let task: BrowserTask;
let expected: string;
beforeAll(async () => {
  [eventful, script] = await Promise.all([startEventfulProgram(), bundleForBrowsers(ENTRY)]);
  const { chain, address } = eventful.program;
  task = { rpc: chain.url, program: address };
  expected = reportJson(await verify({ provider: new HttpRpc(task.rpc), program: address }));
});
afterAll(() => eventful.program.stop());

function expectTheSame(verdict: BrowserVerdict): void {
  expect(verdict).toEqual({
    report: expected,
    rules: ['rule-1', 'rule-2', 'rule-9'],
    stages: ['logs', 'state', 'judging'],
    holders: 3,
    nodeGlobals: [],
  });
}

describe('the verifier, bundled for browsers', () => {
  it('is small, because it carries hashes of the contracts and not their code', () => {
    const size = gzipSync(script, { level: 9 }).length;
    console.log(`The bundle has ${size} bytes gzipped.`);
    expect(size).toBeLessThan(MAX_GZIPPED);
  });

  it('needs nothing but what browsers have, and finds the same', async () => {
    const globals = BROWSER_GLOBALS.map((name) => [name, globalThis[name]] as const);
    const context = createContext(Object.fromEntries(globals));
    runInContext(script, context);
    const run = context['verifyInBrowser'] as (task: BrowserTask) => Promise<BrowserVerdict>;
    expectTheSame({ ...(await run(task)) });
  });

  it.skipIf(!HAS_CHROMIUM)(
    'finds the same in a worker of Chromium, under the strictest policy for pages',
    async () => {
      const { server, verdict } = await servePage();
      const page = await openInChromium(
        `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
      );
      try {
        expectTheSame(await verdict);
      } catch (error) {
        throw new Error(`Chromium said: ${page.said()}`, { cause: error });
      } finally {
        await page.close();
        server.close();
        server.closeAllConnections();
      }
    },
  );
});

/** Another host than the node's, so that the browser checks what the two allow each other. */
async function servePage(): Promise<{ server: Server; verdict: Promise<BrowserVerdict> }> {
  const page = `
    const worker = new Worker('/worker.js');
    const tell = (verdict) => fetch('/verdict', { method: 'POST', body: JSON.stringify(verdict) });
    worker.onmessage = ({ data }) => tell(data);
    worker.onerror = ({ message }) => tell({ error: message });
    worker.postMessage(${JSON.stringify(task)});`;
  const files: Record<string, [type: string, text: string]> = {
    '/': ['text/html', '<!doctype html><script src="/page.js"></script>'],
    '/page.js': ['text/javascript', page],
    '/worker.js': ['text/javascript', script],
  };
  const policy =
    "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self' http://127.0.0.1:*";
  let tell: (verdict: BrowserVerdict) => void = () => undefined;
  const verdict = new Promise<BrowserVerdict>((resolve) => (tell = resolve));
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => tell(JSON.parse(body) as BrowserVerdict));
      response.end();
      return;
    }
    const [type, text] = files[request.url ?? ''] ?? ['text/plain', ''];
    response.writeHead(200, { 'content-type': type, 'content-security-policy': policy });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, verdict };
}
