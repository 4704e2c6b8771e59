import type { Database } from '../db/database.js';
import { deleteConfirmed } from '../db/event-outbox.js';
import { confirmationMessageName, eventConfirmation } from '../event.js';
import type { MessageHandlers } from '../queue/message-worker.js';

/** Confirmations that are handled together. */
const confirmationBatch = 100;

/** The message handlers by which an owner receives the confirmations of its events. */
export function receiveConfirmations(database: Database): MessageHandlers {
  return {
    [confirmationMessageName]: {
      parallel: () => 1,
      size: () => confirmationBatch,
      handle: async (deliveries) => {
        const read = deliveries.map(({ body }) => eventConfirmation.safeParse(body));
        await deleteConfirmed(
          database.reader,
          read.flatMap(({ data }) => data?.positions ?? []),
        );
        return read.map(({ error }) => error ?? null);
      },
    },
  };
}
