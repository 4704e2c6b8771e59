import { collectSpans } from '@souk/shared/tracing-sdk';

type Processor = Parameters<typeof collectSpans>[1];

/** A span that has ended. */
export interface RecordedSpan {
  name: string;
  traceId: string;
  spanId: string;
  parent: string | undefined;
  attributes: Readonly<Record<string, unknown>>;
  links: readonly { traceId: string; spanId: string }[];
}

/** Records the spans of this process: OpenTelemetry's exporter needs a process that Jest does not look after. */
export async function recordSpans(): Promise<{ spans: RecordedSpan[]; stop: () => Promise<void> }> {
  const spans: RecordedSpan[] = [];
  const done = (): Promise<void> => Promise.resolve();
  const processor: Processor = {
    onStart: () => undefined,
    onEnd: (span) => {
      const { traceId, spanId } = span.spanContext();
      const { name, attributes, links, parentSpanContext } = span;
      spans.push({
        name,
        traceId,
        spanId,
        parent: parentSpanContext?.spanId,
        attributes,
        links: links.map(({ context }) => context),
      });
    },
    forceFlush: done,
    shutdown: done,
  };
  return { spans, stop: await collectSpans('test', processor) };
}
