import { partnerVerified } from '@souk/shared/contracts/account';
import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/worker';
import { notePartner } from '../domain/partner-owner.js';

/** What catalog listens to. */
export function eventHandlers(database: Database): MessageHandlers {
  return {
    partnerVerified: async (body) => {
      const standing = partnerVerified.parse(body);
      await database.transact((manager) => notePartner(manager, standing));
    },
  };
}
