import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import { alertMessageName, alertStep, continueAlert } from '../domain/wishlist/wishlist-alert.js';
import { clearedListing, clearWishes, clearWishesName } from '../domain/wishlist/wishlist.js';

/** The handlers of messages about wishlists. */
export function wishlistHandlers(database: Database, clock: Clock): MessageHandlers {
  return {
    [alertMessageName]: async (body) => {
      const step = alertStep.parse(body);
      await database.transact((manager, outbox) => continueAlert(manager, outbox, step, clock.now()));
    },
    [clearWishesName]: async (body) => {
      const { listingId } = clearedListing.parse(body);
      await database.transact((manager, outbox) => clearWishes(manager, outbox, listingId));
    },
  };
}
