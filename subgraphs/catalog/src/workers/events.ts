import { partnerVerified } from '@souk/shared/contracts/account';
import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import { updatePartnerProjection } from '../domain/partner-projection.js';

/** Handlers of events from other subgraphs. */
export function eventHandlers(database: Database): MessageHandlers {
  return {
    partnerVerified: async (body) => {
      const partner = partnerVerified.parse(body);
      await database.transact((manager) => updatePartnerProjection(manager, partner));
    },
  };
}
