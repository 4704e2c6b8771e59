import { openLinked, traceHeader, within } from '@souk/shared/tracing';
import type { GatewayContext } from '../../types/request.js';

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
