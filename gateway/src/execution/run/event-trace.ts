import { openLinked, traceHeader, within } from '@souk/shared/tracing';
import type { GatewayContext } from '../../types/request.js';

/**
 * Resolves a subscription event within its own trace, linked to the start of the subscription: one trace for all events
 * would never end.
 * @param work receives the headers for the subgraphs
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
