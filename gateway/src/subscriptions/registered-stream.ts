import { graphError } from '@souk/shared/graph/errors';
import { countLimit } from '@souk/shared/telemetry';
import type { GraphQLResponse, ResponseStream } from '../types/graphql-response.js';
import { errorResponse } from '../types/graphql-response.js';
import type { GatewayContext } from '../types/request.js';
import type { ConnectionRegistry } from './connection-registry.js';

/** Begins a subscription on a WebSocket, which counts as a stream of its client until it ends. */
export async function registerStream(
  streams: ConnectionRegistry,
  { identity, scope, cancellation }: Pick<GatewayContext, 'identity' | 'scope' | 'cancellation'>,
  subscribe: () => Promise<GraphQLResponse | ResponseStream>,
): Promise<GraphQLResponse | ResponseStream> {
  const leave = streams.reserve({ identity, address: scope.address });
  if (!leave) {
    countLimit('streams');
    return errorResponse(graphError('SERVICE_UNAVAILABLE', 'Too many streams are open.', { retryAfter: 5 }));
  }
  let begun: GraphQLResponse | ResponseStream;
  try {
    begun = await subscribe();
  } catch (error) {
    leave();
    throw error;
  }
  if (!(Symbol.asyncIterator in begun)) {
    leave();
    return begun;
  }
  const unhook = cancellation?.onCancel(leave);
  return placed(begun, () => {
    unhook?.();
    leave();
  });
}

function placed(answers: ResponseStream, leave: () => void): ResponseStream {
  return {
    next: async () => {
      const step = await answers.next();
      if (step.done) leave();
      return step;
    },
    return: async () => {
      leave();
      return (await answers.return?.()) ?? { value: undefined, done: true };
    },
    throw: async (error: unknown) => {
      leave();
      await answers.return?.();
      throw error;
    },
    end: (last) => answers.end(last),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
