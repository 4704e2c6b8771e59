import { graphError } from '@souk/shared/graph/errors';
import { countLimit } from '@souk/shared/telemetry';
import type { Answer, Answers } from '../execution/answers.js';
import { refusalOf } from '../execution/answers.js';
import type { GatewayContext } from '../request.js';
import type { OpenStreams } from './open-streams.js';

/** Begins a subscription on a WebSocket, which counts as a stream of its client until it ends. */
export async function placedStream(
  streams: OpenStreams,
  { identity, scope, cancellation }: Pick<GatewayContext, 'identity' | 'scope' | 'cancellation'>,
  subscribe: () => Promise<Answer | Answers>,
): Promise<Answer | Answers> {
  const leave = streams.takePlace({ identity, address: scope.address });
  if (!leave) {
    countLimit('streams');
    return refusalOf(graphError('SERVICE_UNAVAILABLE', 'Too many streams are open.', { retryAfter: 5 }));
  }
  let begun: Answer | Answers;
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

function placed(answers: Answers, leave: () => void): Answers {
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
