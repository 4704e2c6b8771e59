import type { Attributes, Context, Span, SpanContext } from '@opentelemetry/api';
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
} from '@opentelemetry/api';
import { messageOf } from './errors.js';

// Tracing with OpenTelemetry. Its SDK is loaded only if spans are collected: `startTracing` (tracing-sdk.ts) turns it
// on. Trace context is propagated as W3C traceparent, in the header of that name and in messages:
// https://www.w3.org/TR/trace-context/

/** The header of the trace context. */
export const traceHeader = 'traceparent';

const traceparentPattern = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}(-.{0,64})?$/;

/** A header's value if it is a valid traceparent, else null. */
export function readTraceparent(header: string | undefined): string | null {
  return header !== undefined && traceparentPattern.test(header) ? header : null;
}

/** Options of a span. */
export interface SpanOptions {
  /** The parent's traceparent; null begins a trace. */
  parent: string | null;
  kind?: keyof typeof SpanKind;
  attributes?: Attributes;
  /** Milliseconds since 1970; now when left out. */
  startedAt?: number;
}

/** A span in progress. */
export interface OpenSpan {
  /** The W3C traceparent of this span, for its children; null where tracing is off. */
  readonly traceparent: string | null;
  /** Does work as a part of the span: `activeTraceparent` is its own meanwhile. */
  run<T>(work: () => T): T;
  rename(name: string): void;
  set(attributes: Attributes): void;
  /** Notes that it failed. */
  fail(error: unknown): void;
  end(): void;
}

const nothing = (): void => undefined;
/** The span that stands in where tracing is off. */
export const noSpan: OpenSpan = {
  traceparent: null,
  run: (work) => work(),
  rename: nothing,
  set: nothing,
  fail: nothing,
  end: nothing,
};

let isOn = false;

/** Sets whether this process collects spans. Called at the start of the SDK. */
export function setTracing(on: boolean): void {
  isOn = on;
}

/** Whether spans are collected in this process. */
export function isTracing(): boolean {
  return isOn;
}

/** Begins a span. Costs nothing where none are collected. */
export function openSpan(name: string, options: SpanOptions): OpenSpan {
  return isOn ? new MeasuredSpan(name, options) : noSpan;
}

/** Begins a span where there is one that it belongs to: a probe, or a saga from before, makes no trace of its own. */
export function openChild(
  name: string,
  options: Omit<SpanOptions, 'parent'> & { parent: string | null | undefined },
): OpenSpan {
  const { parent } = options;
  return isOn && parent ? new MeasuredSpan(name, { ...options, parent }) : noSpan;
}

/**
 * Begins a new trace linked to the present span, for work that outlives it. Not collected if the present span is not.
 */
export function openLinked(
  name: string,
  options: Omit<SpanOptions, 'parent'> & { cause: string | null },
): OpenSpan {
  const { cause } = options;
  const link = isOn && cause !== null ? trace.getSpanContext(contextOf(cause)) : undefined;
  if (!link || !isSampled(link)) return noSpan;
  return new MeasuredSpan(name, { ...options, parent: null, link });
}

/** The span that the present work is a part of, as it travels; null where there is none. */
export function activeTraceparent(): string | null {
  return isOn ? traceparentOf(context.active()) : null;
}

/** A span as log lines name it. */
export interface SpanIds {
  traceId: string;
  spanId: string;
}

/** The log fields of a traceparent; absent if it is not sampled. */
export function spanIds(traceparent: string | null | undefined): SpanIds | undefined {
  return isOn && traceparent ? idsOf(trace.getSpanContext(contextOf(traceparent))) : undefined;
}

/** The log fields of the active span; absent if it is not sampled, or has ended. */
export function activeSpanIds(): SpanIds | undefined {
  const span = isOn ? trace.getSpan(context.active()) : undefined;
  // Work begun for one request and continued for others keeps the context of the first.
  return span?.isRecording() ? idsOf(span.spanContext()) : undefined;
}

class MeasuredSpan implements OpenSpan {
  readonly traceparent: string | null;
  readonly #span: Span;
  readonly #context: Context;

  constructor(
    name: string,
    { parent, kind = 'INTERNAL', attributes, startedAt, link }: SpanOptions & { link?: SpanContext },
  ) {
    const above = parent === null ? ROOT_CONTEXT : contextOf(parent);
    this.#span = trace.getTracer('souk').startSpan(
      name,
      {
        kind: SpanKind[kind],
        ...(attributes && { attributes }),
        ...(startedAt !== undefined && { startTime: startedAt }),
        ...(link && { links: [{ context: link }] }),
      },
      above,
    );
    this.#context = trace.setSpan(above, this.#span);
    this.traceparent = traceparentOf(this.#context);
  }

  run<T>(work: () => T): T {
    return context.with(this.#context, work);
  }

  rename(name: string): void {
    this.#span.updateName(name);
  }

  set(attributes: Attributes): void {
    this.#span.setAttributes(attributes);
  }

  fail(error: unknown): void {
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message: messageOf(error) });
  }

  end(): void {
    this.#span.end();
  }
}

function idsOf(span: SpanContext | undefined): SpanIds | undefined {
  return span && isSampled(span) ? { traceId: span.traceId, spanId: span.spanId } : undefined;
}

function isSampled({ traceFlags }: SpanContext): boolean {
  return (traceFlags & TraceFlags.SAMPLED) !== 0;
}

function contextOf(traceparent: string): Context {
  return propagation.extract(ROOT_CONTEXT, { [traceHeader]: traceparent });
}

function traceparentOf(from: Context): string | null {
  const carrier: Record<string, string> = {};
  propagation.inject(from, carrier);
  return carrier[traceHeader] ?? null;
}

/** Does work as a part of a span, and ends it. */
export async function within<T>(span: OpenSpan, work: () => Promise<T>): Promise<T> {
  if (span === noSpan) return work();
  try {
    return await span.run(work);
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}
