import type { Json } from '@souk/shared/errors';
import type { BatchMessageHandler } from '@souk/shared/queue/message-worker';

/** Passes one message to a batch handler as its first attempt. @throws its fault */
export async function deliverMessage(handler: BatchMessageHandler, body: Json): Promise<void> {
  const [fault] = await handler.handle([{ body, attempt: { number: 1, last: false } }]);
  if (fault) throw fault;
}
