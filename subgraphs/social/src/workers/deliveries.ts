import type { Clock } from '@souk/shared/clock';
import type { Database } from '@souk/shared/db/database';
import { asError } from '@souk/shared/errors';
import type { Log } from '@souk/shared/log';
import type { MessageHandlers } from '@souk/shared/queue/message-worker';
import type { ClaimedDelivery, DeliveryResult } from '../domain/notification/delivery.js';
import {
  claimDeliveries,
  deliveryKey,
  deliveryMessageName,
  recordResults,
} from '../domain/notification/delivery.js';
import type { EmailDeliveryOptions } from '../domain/notification/email-delivery.js';
import { deliverEmail } from '../domain/notification/email-delivery.js';
import { findBuiltInText } from '../domain/notification/rendering.js';

/** Deliveries attempted together: one statement claims them, one records their results. */
const maxBatch = 50;
const parallelBatches = 4;

/** Dependencies of deliveries. */
export interface DeliveryServices {
  database: Database;
  email: EmailDeliveryOptions;
  clock: Clock;
  log: Log;
}

/** The handler of messages that wake a worker for deliveries. No connection is held while messages are sent. */
export function deliveryHandlers(services: DeliveryServices): MessageHandlers {
  const { database, clock, log } = services;
  return {
    [deliveryMessageName]: {
      parallel: () => parallelBatches,
      size: () => maxBatch,
      handle: async (deliveries) => {
        const read = deliveries.map(({ body }) => deliveryKey.safeParse(body));
        const claimed = await claimDeliveries(
          database.reader,
          read.flatMap(({ data }) => data ?? []),
        );
        const results = await Promise.all(
          claimed.map(async (delivery) => ({ delivery, result: await attempt(services, delivery) })),
        );
        await recordResults(database.reader, results, clock.now());
        for (const { delivery, result } of results) {
          if (result.status === 'SENT' || result.status === 'SUPPRESSED') continue;
          const { notificationId, channel, attempt: number } = delivery;
          const note = {
            notificationId,
            channel,
            attempt: number,
            status: result.status,
            error: result.error,
          };
          log.warn(note, 'a delivery failed');
        }
        return read.map(({ error }) => error ?? null);
      },
    },
  };
}

/** One attempt. A fault of ours is tried again like one of the other side. */
async function attempt(services: DeliveryServices, delivery: ClaimedDelivery): Promise<DeliveryResult> {
  try {
    if (delivery.channel === 'EMAIL') return await deliverEmail(services.email, delivery, findBuiltInText);
    return { status: 'SUPPRESSED', error: `${delivery.channel} is not available.` };
  } catch (error) {
    return { status: 'RETRY', error: asError(error).message };
  }
}
