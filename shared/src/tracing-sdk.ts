import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { withDeadline } from './async/deadline.js';
import { setTracing } from './tracing.js';

/** The service's name and the collector's endpoint. */
export interface TracingOptions {
  /** The process, as dashboards call it: souk, souk-gateway, souk-order. */
  service: string;
  /** OTEL_EXPORTER_OTLP_ENDPOINT: a collector that takes OTLP over HTTP; spans go to /v1/traces there. */
  endpoint: string | undefined;
}

/** Timeout for exporting the last spans at shutdown. */
const flushMs = 1_500;

/**
 * Starts to collect the spans of this process if there is an endpoint; otherwise loads nothing. OpenTelemetry's own
 * variables set sampling and batching (OTEL_TRACES_SAMPLER, OTEL_BSP_*).
 */
export async function startTracing({ service, endpoint }: TracingOptions): Promise<() => Promise<void>> {
  if (!endpoint) return () => Promise.resolve();
  const [{ BatchSpanProcessor }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
  ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` });
  return collectSpans(service, new BatchSpanProcessor(exporter));
}

/** Hands spans of this process to a processor from now on; once in a process. @returns flushes it, and ends it */
export async function collectSpans(service: string, processor: SpanProcessor): Promise<() => Promise<void>> {
  const [api, sdk, { AsyncLocalStorageContextManager }, { resourceFromAttributes }, core] = await Promise.all(
    [
      import('@opentelemetry/api'),
      import('@opentelemetry/sdk-trace-base'),
      import('@opentelemetry/context-async-hooks'),
      import('@opentelemetry/resources'),
      import('@opentelemetry/core'),
    ],
  );
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    spanProcessors: [processor],
  });
  api.context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  api.propagation.setGlobalPropagator(new core.W3CTraceContextPropagator());
  api.trace.setGlobalTracerProvider(provider);
  setTracing(true);
  return async () => {
    setTracing(false);
    const deadline = {
      timeoutMs: flushMs,
      createError: () => new Error('The collector did not answer in time.'),
    };
    // Spans that cannot be sent are lost.
    await withDeadline(provider.shutdown(), deadline).catch(() => undefined);
  };
}
