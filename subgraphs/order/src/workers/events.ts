import { partnerVerified } from '@souk/shared/contracts/account';
import { paymentRefunded } from '@souk/shared/contracts/payment';
import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/worker';
import { noteRefund } from '../domain/order-refund.js';
import { notePartner } from '../domain/partner-owner.js';

/** What order listens to beside commands and replies. */
export function eventHandlers(database: Database): MessageHandlers {
  return {
    partnerVerified: async (body) => {
      const standing = partnerVerified.parse(body);
      await database.transact((manager) => notePartner(manager, standing));
    },
    paymentRefunded: async (body) => {
      const refund = paymentRefunded.parse(body);
      await database.transact((manager, outbox) => noteRefund(manager, outbox, refund));
    },
  };
}
