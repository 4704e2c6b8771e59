import type { PushChannel, PushTarget } from '../../channels/push-channel.js';
import { maxPushBytes } from '../../channels/push-channel.js';
import type { ClaimedDelivery, DeliveryResult } from './delivery.js';
import { renderDelivery } from './digest.js';
import type { NotificationType } from './notification-type.js';
import type { FindText, RenderedText } from './rendering.js';
import { singleLine } from './rendering.js';

/** Dependencies of pushes. */
export interface PushDeliveryOptions {
  channel: PushChannel;
  /** Origin at which people reach Souk. */
  publicUrl: string;
}

/** Pushes the message of a delivery to the recipient's browsers, and returns how the attempt ended. */
export async function deliverPush(
  { channel, publicUrl }: PushDeliveryOptions,
  delivery: ClaimedDelivery,
  type: NotificationType,
  findText: FindText,
): Promise<DeliveryResult> {
  const { targets, notificationId, displayName } = delivery;
  const isReached = delivery.reachedBefore > 0;
  if (targets.length === 0)
    return isReached
      ? { status: 'SENT' }
      : { status: 'SUPPRESSED', error: 'The recipient has no browser registered.' };
  const data = { recipientName: singleLine(displayName ?? ''), siteUrl: publicUrl };
  const rendered = renderDelivery(type, delivery, data, findText);
  const message = {
    // Base64url of the UUID: a service takes 32 characters.
    topic: Buffer.from(notificationId.replaceAll('-', ''), 'hex').toString('base64url'),
    payload: payloadOf(delivery, rendered),
    title: rendered.subject,
    at: delivery.createdAt,
  };
  const results = await Promise.all(
    targets.map(async (target) => ({ target, result: await channel.push(target, message) })),
  );
  const idsOf = (kind: string): string[] =>
    results
      .filter(({ result }) => result.kind === kind)
      .map(({ target }: { target: PushTarget }) => target.id);
  const push = { reached: idsOf('sent'), ended: idsOf('gone') };
  const errors = results.flatMap(({ result }) => (result.kind === 'failed' ? [result.error] : []));
  if (errors[0] !== undefined) return { status: 'RETRY', error: errors[0], push };
  if (push.reached.length > 0 || isReached) return { status: 'SENT', push };
  const [refused] = results.flatMap(({ result }) => (result.kind === 'refused' ? [result.error] : []));
  return refused === undefined
    ? { status: 'SUPPRESSED', error: 'The browser has ended its subscription.', push }
    : { status: 'FAILED', error: refused, push };
}

/** The message as JSON for the service worker of a page. The text is shortened until it fits. */
function payloadOf(
  { notificationId, type, data }: ClaimedDelivery,
  { subject, body, locale }: RenderedText,
): string {
  const envelope = { notificationId, type, title: subject, lang: locale };
  const sizeOf = (value: object): number => Buffer.byteLength(JSON.stringify(value));
  const withData = { ...envelope, data };
  const base = sizeOf(withData) <= maxPushBytes / 2 ? withData : envelope;
  const characters = Array.from(body);
  let [low, high] = [0, characters.length];
  const textOf = (length: number): string =>
    length === characters.length ? body : `${characters.slice(0, length).join('')}…`;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (sizeOf({ ...base, body: textOf(middle) }) <= maxPushBytes) low = middle;
    else high = middle - 1;
  }
  return JSON.stringify({ ...base, body: textOf(low) });
}
