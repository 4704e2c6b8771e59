import { partnerVerified } from '@souk/shared/contracts/account';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import { savePartner } from '../domain/ledger/partner-projection.js';

/** What payment listens to beside commands and its own messages. */
export function eventHandlers({ database }: PaymentServices): MessageHandlers {
  return {
    partnerVerified: async (body) => {
      const standing = partnerVerified.parse(body);
      await database.transact((manager) => savePartner(manager, standing));
    },
  };
}
