import { partnerVerified } from '@souk/shared/contracts/account';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import type { PaymentServices } from '../domain/payment/payment-services.js';
import { savePartner } from '../domain/ledger/partner-projection.js';

/** Handlers of events from other subgraphs. */
export function eventHandlers({ database }: PaymentServices): MessageHandlers {
  return {
    partnerVerified: async (body) => {
      const partner = partnerVerified.parse(body);
      await database.transact((manager) => savePartner(manager, partner));
    },
  };
}
