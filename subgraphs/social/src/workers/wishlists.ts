import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import { clearedListing, clearWishes, clearWishesName } from '../domain/wishlist/wishlist.js';

/** The handlers of messages about wishlists. */
export function wishlistHandlers(database: Database): MessageHandlers {
  return {
    [clearWishesName]: async (body) => {
      const { listingId } = clearedListing.parse(body);
      await database.transact((manager, outbox) => clearWishes(manager, outbox, listingId));
    },
  };
}
