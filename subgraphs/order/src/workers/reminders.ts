import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import { holdersStep, remindHolders, remindHoldersName } from '../domain/token/start-reminder.js';

/** The handler of messages that remind holders of tokens. */
export function reminderHandlers(database: Database): MessageHandlers {
  return {
    [remindHoldersName]: async (body) => {
      const step = holdersStep.parse(body);
      await database.transact((manager, outbox) => remindHolders(manager, outbox, step));
    },
  };
}
