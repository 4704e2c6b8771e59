import type { Database } from '@souk/shared/db/database';
import type { MessageHandlers } from '@souk/shared/queue/worker';
import { z } from 'zod';
import { notePartner } from '../domain/partner-owner.js';

/** Told by account whenever a partner is verified, rejected or suspended. */
export const partnerVerified = z.object({
  partnerId: z.uuid(),
  userId: z.uuid(),
  status: z.string().min(1),
  /** When it became so. */
  at: z.iso.datetime().transform((text) => new Date(text)),
});

/** What catalog listens to. */
export function eventHandlers(database: Database): MessageHandlers {
  return {
    partnerVerified: async (body) => {
      const standing = partnerVerified.parse(body);
      await database.transact((manager) => notePartner(manager, standing));
    },
  };
}
