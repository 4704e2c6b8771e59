import { noSpan, openLinked, openSpan, traceHeader, within } from '@souk/shared/tracing';
import type { ServerResponse } from 'node:http';
import type { GatewayContext, Outcome, RequestScope } from './request.js';
import { httpOutcome } from './request-metrics.js';

/** Measures a request from now to its end, as a part of its client's trace where that has one. */
export function traceRequest(response: ServerResponse, scope: RequestScope): void {
  beginTrace(scope);
  response.once('close', () => {
    if (scope.isSubscription) return;
    scope.span.set({ 'http.response.status_code': response.statusCode });
    endTrace(scope, httpOutcome(response, scope));
  });
}

/** Begins the span of a request, as a part of its client's trace where that has one. */
export function beginTrace(scope: RequestScope): void {
  scope.span = openSpan('graphql', {
    parent: scope.clientTrace,
    kind: 'SERVER',
    attributes: { 'souk.request.id': scope.requestId },
  });
}

/** Ends it; `outcome` is how it went, or began where it is a subscription. */
export function endTrace({ span, operation }: RequestScope, outcome: Outcome | 'begun'): void {
  if (span === noSpan) return;
  if (operation !== null) span.rename(operation);
  span.set({ 'souk.outcome': outcome });
  if (outcome === 'failed') span.fail('It was not answered.');
  span.end();
}

/**
 * Does what an event of a subscription asks for. Each is a trace of its own, linked to the start of its subscription: one
 * trace of all that a stream tells would have no end.
 * @param work is given what travels to the subgraphs
 */
export function tracedEvent<Value>(
  { scope, headers }: Pick<GatewayContext, 'scope' | 'headers'>,
  work: (headers: GatewayContext['headers']) => Promise<Value>,
): Promise<Value> {
  const span = openLinked(`${scope.operation ?? 'graphql'} event`, {
    cause: scope.span.traceparent,
    attributes: { 'souk.request.id': scope.requestId },
  });
  const { traceparent } = span;
  if (traceparent === null) return work(headers);
  return within(span, () => work({ ...headers, [traceHeader]: traceparent }));
}
