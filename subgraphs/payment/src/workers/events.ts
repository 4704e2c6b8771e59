import { partnerVerified } from '@souk/shared/contracts/account';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import type { CardDesk } from '../domain/card-desk.js';
import { notePartner } from '../domain/partner.js';

/** What payment listens to beside commands and its own messages. */
export function eventHandlers({ database }: CardDesk): MessageHandlers {
  return {
    partnerVerified: async (body) => {
      const standing = partnerVerified.parse(body);
      await database.transact((manager) => notePartner(manager, standing));
    },
  };
}
