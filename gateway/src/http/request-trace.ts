import { noSpan, openSpan } from '@souk/shared/tracing';
import type { ServerResponse } from 'node:http';
import type { RequestOutcome, RequestScope } from '../types/request.js';
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
export function endTrace({ span, operation }: RequestScope, outcome: RequestOutcome | 'begun'): void {
  if (span === noSpan) return;
  if (operation !== null) span.rename(operation);
  span.set({ 'souk.outcome': outcome });
  if (outcome === 'failed') span.fail('The request failed.');
  span.end();
}
