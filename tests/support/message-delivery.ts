import type { Json } from '@souk/shared/errors';
import type { BatchMessageHandler } from '@souk/shared/queue/message-worker';

/** Hands one message to a handler of batches, on its first try. @throws its fault */
export async function deliverMessage(handler: BatchMessageHandler, body: Json): Promise<void> {
  const [fault] = await handler.handle([{ body, attempt: { number: 1, last: false } }]);
  if (fault) throw fault;
}
