import { z } from 'zod';
import { uuid } from '@souk/shared/contracts/values';
import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/worker';
import { notePartner } from '../domain/partner-owner.js';

/** Told by account whenever a partner is verified, rejected or suspended. */
const partnerVerified = z.object({
  partnerId: uuid,
  userId: uuid,
  status: z.string().min(1),
  at: z.iso.datetime().transform((text) => new Date(text)),
});

/** What order listens to beside commands and replies. */
export function eventHandlers(database: Database): MessageHandlers {
  return {
    partnerVerified: async (body) => {
      const standing = partnerVerified.parse(body);
      await database.transact((manager) => notePartner(manager, standing));
    },
  };
}
