import {
  SpanKind,
  SpanStatusCode,
  context,
  propagation,
  trace,
  type Attributes,
  type Span,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

/** What is told while spans are sent somewhere. */
export interface Tracing {
  /** Sends what waits, and ends. */
  close(): Promise<void>;
}

const NAME = 'dewpoint';
/** Until something is registered, this makes spans that are nothing and cost nothing. */
const tracer = () => trace.getTracer(NAME);

/** Has spans of requests and of the worker sent to an OpenTelemetry collector (OTLP over HTTP) from now on. */
export function startTracing(endpoint: string, attributes: Attributes): Tracing {
  const url = `${endpoint.replace(/\/$/, '')}/v1/traces`;
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': NAME, ...attributes }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  provider.register();
  return {
    close: async () => {
      await provider.shutdown();
      // Another one in this process, as tests have, can be registered then.
      trace.disable();
      context.disable();
      propagation.disable();
    },
  };
}

/** Opens the span of a request, below the one that its caller has named (`traceparent`), if any. End it yourself. */
export function openRequestSpan(
  name: string,
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  attributes: Attributes,
): Span {
  const parent = propagation.extract(context.active(), headers);
  return tracer().startSpan(name, { kind: SpanKind.SERVER, attributes }, parent);
}

/** Runs something as a part of a span: what it logs and measures belongs to it. */
export const inSpan = <T>(span: Span, run: () => T): T =>
  context.with(trace.setSpan(context.active(), span), run);

/** Says more of the span of the request that is being served. */
export function describeSpan(name: string, attributes: Attributes): void {
  trace.getActiveSpan()?.updateName(name).setAttributes(attributes);
}

/** Tells of work that is done, such as a step of the worker. */
export function noteSpan(
  name: string,
  startedAtMs: number,
  attributes: Attributes,
  error: unknown = null,
): void {
  const span = tracer().startSpan(name, { startTime: startedAtMs, attributes, root: true });
  if (error !== null) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
