import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import {
  announcementMessageName,
  announcementStep,
  continueAnnouncement,
} from '../domain/notification/announcement.js';

/** The handler of messages that continue announcements. */
export function announcementHandlers(database: Database, clock: Clock): MessageHandlers {
  return {
    [announcementMessageName]: async (body) => {
      const { announcementId } = announcementStep.parse(body);
      await database.transact((manager, outbox) =>
        continueAnnouncement(manager, outbox, announcementId, clock.now()),
      );
    },
  };
}
