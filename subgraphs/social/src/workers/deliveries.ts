import { Batcher } from '@souk/shared/async/batcher';
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
import { findType, notificationTypes } from '../domain/notification/catalogue.js';
import { problemOf } from '../domain/notification/delivery-check.js';
import { holdOf } from '../domain/notification/delivery-hold.js';
import type { PushDeliveryOptions } from '../domain/notification/push-delivery.js';
import { deliverPush } from '../domain/notification/push-delivery.js';
import type { SmsDeliveryOptions } from '../domain/notification/sms-delivery.js';
import { deliverSms } from '../domain/notification/sms-delivery.js';
import type { FindText } from '../domain/notification/rendering.js';
import { loadTexts } from '../domain/notification/text-finder.js';

/** Deliveries attempted together: one statement claims them, one records their results. */
const maxBatch = 50;
const parallelBatches = 4;
const digestedTypes = notificationTypes.filter(({ isDigested }) => isDigested).map(({ name }) => name);

/** Dependencies of deliveries. */
export interface DeliveryServices {
  database: Database;
  email: EmailDeliveryOptions;
  /** Null: text messages are not available. */
  sms: SmsDeliveryOptions | null;
  /** Null: pushes are not available. */
  push: PushDeliveryOptions | null;
  clock: Clock;
  log: Log;
}

/** The handler of messages that wake a worker for deliveries. No connection is held while messages are sent. */
export function deliveryHandlers(services: DeliveryServices): MessageHandlers {
  const { database, log } = services;
  const recorder = resultRecorder(services);
  return {
    [deliveryMessageName]: {
      parallel: () => parallelBatches,
      size: () => maxBatch,
      handle: async (deliveries) => {
        const read = deliveries.map(({ body }) => deliveryKey.safeParse(body));
        const claimed = await claimDeliveries(
          database.reader,
          read.flatMap(({ data }) => data ?? []),
          digestedTypes,
        );
        const findText = await loadTexts(
          database.reader,
          claimed.map(({ type }) => type),
        );
        await Promise.all(
          claimed.map(async (delivery) => {
            const result = await attempt(services, delivery, findText);
            if (result.status !== 'SENT' && result.status !== 'SUPPRESSED' && result.status !== 'HELD') {
              const { notificationId, channel, attempt: number } = delivery;
              const { status, error } = result;
              log.warn({ notificationId, channel, attempt: number, status, error }, 'a delivery failed');
            }
            await recorder({ delivery, result });
          }),
        );
        return read.map(({ error }) => error ?? null);
      },
    },
  };
}

type Attempted = Parameters<typeof recordResults>[1][number];

/**
 * Records results as soon as they are known, those that come meanwhile together: a process that dies leaves few messages
 * that were sent and not recorded, which are sent again.
 */
function resultRecorder({ database, clock }: DeliveryServices): (attempted: Attempted) => Promise<void> {
  const batcher = new Batcher<{ attempted: Attempted; settle: (error: Error | null) => void }>({
    run: async (batch) => {
      const error = await recordResults(
        database.reader,
        batch.map(({ attempted }) => attempted),
        clock.now(),
      ).then(() => null, asError);
      for (const { settle } of batch) settle(error);
    },
    maxBatch: maxBatch * parallelBatches,
    parallel: 1,
  });
  return (attempted) =>
    new Promise((resolve, reject) => {
      batcher.add({ attempted, settle: (error) => (error ? reject(error) : resolve()) });
    });
}

/** One attempt. A fault of ours is tried again like one of the other side. */
async function attempt(
  services: DeliveryServices,
  delivery: ClaimedDelivery,
  findText: FindText,
): Promise<DeliveryResult> {
  try {
    const { email, sms, push } = services;
    const type = findType(delivery.type);
    // One of a newer release, whose processes will send it.
    if (!type) return { status: 'RETRY', error: 'Unknown type.' };
    const problem = problemOf(type, delivery);
    const hold = problem ?? holdOf(type, delivery, services.clock.now());
    if (hold) return hold;
    if (delivery.channel === 'EMAIL') return await deliverEmail(email, delivery, type, findText);
    if (delivery.channel === 'SMS' && sms) return await deliverSms(sms, delivery, type, findText);
    if (delivery.channel === 'PUSH' && push) return await deliverPush(push, delivery, type, findText);
    return { status: 'SUPPRESSED', error: `${delivery.channel} is not available.` };
  } catch (error) {
    return { status: 'RETRY', error: asError(error).message };
  }
}
