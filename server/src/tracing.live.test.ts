import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startService, type TestService } from './testing/service.ts';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}

/** One span, as OTLP has it in JSON. */
interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly Attribute[];
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';
const PARENT_ID = '00f067aa0ba902b7';
const MEMBER = 'member-in-no-span-77';
/** The exporter sends every five seconds, and at the end. */
const PATIENCE = { timeout: 120_000, interval: 200 };

const bodies: string[] = [];
const collector = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    bodies.push(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
});
let service: TestService;
beforeAll(async () => {
  await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
  const { port } = collector.address() as AddressInfo;
  service = await startService({
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` },
  });
});
afterAll(async () => {
  await service.close();
  collector.closeAllConnections();
  await new Promise((resolve) => collector.close(resolve));
});

const spans = (): SentSpan[] =>
  bodies.flatMap((body) =>
    (JSON.parse(body) as Sent).resourceSpans.flatMap(({ scopeSpans }) =>
      scopeSpans.flatMap((scope) => scope.spans),
    ),
  );

it('a request is a span below that of its caller, and says nothing of the member or the key', async () => {
  const query = `{ member(memberId: "${MEMBER}") { account } program { name } }`;
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${service.mine.key}`,
      traceparent: `00-${TRACE_ID}-${PARENT_ID}-01`,
    },
    body: JSON.stringify({ query }),
  });
  const requestId = response.headers.get('x-request-id') ?? '';
  const span = await vi.waitFor(() => {
    const found = spans().find(({ traceId }) => traceId === TRACE_ID);
    if (found === undefined) throw new Error('not sent yet');
    return found;
  }, PATIENCE);
  expect(span).toMatchObject({ name: 'query member program', parentSpanId: PARENT_ID });
  const attributes = new Map(span.attributes.map(({ key, value }) => [key, value]));
  expect(attributes.get('dewpoint.request_id')?.stringValue).toBe(requestId);
  expect(attributes.get('http.response.status_code')?.intValue).toBe(200);
  for (const body of bodies) {
    expect(body).not.toContain(MEMBER);
    expect(body).not.toContain(service.mine.key);
  }
});
