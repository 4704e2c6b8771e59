import { createECDH } from 'node:crypto';
import { isIP } from 'node:net';
import { socialEvents } from '@souk/shared/contracts/social';
import { lockNames } from '@souk/shared/db/advisory-locks';
import type { Outbox } from '@souk/shared/db/outbox';
import { Rejection } from '@souk/shared/errors';
import { newId } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { hostOf, isPublicAddress } from '../../channels/public-network.js';
import type { PushTarget } from '../../channels/push-channel.js';

/** Browsers of one user: the newest. */
export const maxSubscriptions = 10;

const maxEndpoint = 2_000;
const pointBytes = 65;
const authBytes = 16;
/** Unique among the advisory locks of social's database. */
const lockNamespace = 0x70757368;

const base64url = (bytes: number): z.ZodType<string> =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .refine((text) => Buffer.from(text, 'base64url').length === bytes);

/** As PushSubscription.toJSON() returns it. */
const subscriptionJson = z.object({
  endpoint: z.string().max(maxEndpoint),
  expirationTime: z.number().int().positive().max(8.64e15).nullish(),
  keys: z.object({ p256dh: base64url(pointBytes), auth: base64url(authBytes) }),
});

/** A subscription of a browser. */
export type NewSubscription = Omit<PushTarget, 'id'> & { expiresAt: Date | null };

/**
 * Reads a subscription as browsers describe it.
 * @param isAllowed decides about hosts that are addresses
 * @throws Rejection INVALID
 */
export function readSubscription(
  json: unknown,
  isAllowed: (address: string) => boolean = isPublicAddress,
): NewSubscription {
  const parsed = subscriptionJson.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(`Not a Web Push subscription: ${issue?.path.join('.') ?? ''} is not valid.`);
  }
  const { endpoint, expirationTime, keys } = parsed.data;
  const url = URL.canParse(endpoint) ? new URL(endpoint) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw invalid('The endpoint must be an https: URL without credentials.');
  const host = hostOf(url);
  const isPrivate = isIP(host) === 0 ? !host.includes('.') || host.endsWith('.localhost') : !isAllowed(host);
  if (isPrivate) throw invalid('The endpoint must be on the public internet.');
  if (!isPoint(keys.p256dh)) throw invalid('Not a Web Push subscription: keys.p256dh is no point of P-256.');
  return { endpoint: url.href, ...keys, expiresAt: expirationTime == null ? null : new Date(expirationTime) };
}

/** Whether a key can be agreed on: a point that is not on the curve would let a message reveal the sender's key. */
function isPoint(p256dh: string): boolean {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  try {
    ecdh.computeSecret(Buffer.from(p256dh, 'base64url'));
    return true;
  } catch {
    return false;
  }
}

/**
 * Registers a browser for its user; one that somebody else has registered is this user's from now on. The oldest
 * subscriptions beyond the maximum end.
 */
export async function registerSubscription(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  { endpoint, p256dh, auth, expiresAt }: NewSubscription,
  now: Date,
): Promise<void> {
  // One at a time for each user, so that the maximum holds.
  await lockNames(manager, lockNamespace, [userId]);
  await manager.query(
    `INSERT INTO push_subscription (id, user_id, endpoint, p256dh, auth, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (endpoint) DO UPDATE
       SET id = excluded.id, user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth,
         created_at = excluded.created_at, expires_at = excluded.expires_at`,
    [newId(), userId, endpoint, p256dh, auth, now, expiresAt],
  );
  await manager.query(
    `DELETE FROM push_subscription WHERE user_id = $1 AND id NOT IN (
       SELECT id FROM push_subscription WHERE user_id = $1 ORDER BY id DESC LIMIT $2)`,
    [userId, maxSubscriptions],
  );
  outbox.publish(socialEvents.pushSubscriptionChanged, userId, { userId, isRegistered: true });
}

/** Ends a subscription of a user. Idempotent. */
export async function removeSubscription(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  endpoint: string,
): Promise<void> {
  const href = URL.canParse(endpoint) ? new URL(endpoint).href : endpoint;
  const [removed]: [unknown[], number] = await manager.query(
    'DELETE FROM push_subscription WHERE user_id = $1 AND endpoint = $2 RETURNING 1',
    [userId, href],
  );
  if (removed.length > 0)
    outbox.publish(socialEvents.pushSubscriptionChanged, userId, { userId, isRegistered: false });
}

/** Deletes subscriptions whose time is over. */
export async function purgeSubscriptions(manager: EntityManager, now: Date): Promise<void> {
  await manager.query('DELETE FROM push_subscription WHERE expires_at < $1', [now]);
}

function invalid(message: string): Rejection {
  return new Rejection('INVALID', message, { field: ['subscription'] });
}
