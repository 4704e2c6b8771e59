import { uuid } from '@souk/shared/contracts/values';
import type { Outbox } from '@souk/shared/db/outbox';
import type { Json } from '@souk/shared/errors';
import type { Message } from '@souk/shared/message';
import { storable } from '@souk/shared/text';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import type { PushTarget } from '../../channels/push-channel.js';
import type { Channel } from './notification-type.js';
import { channels } from './notification-type.js';
import type { QuietHours } from './quiet-hours.js';

/** Name of the message that wakes a worker for one delivery. */
export const deliveryMessageName = 'deliver';

/** Identifies a delivery. */
export const deliveryKey = z.object({ notificationId: uuid, channel: z.enum(channels) });

/** The key of a delivery. */
export type DeliveryKey = z.infer<typeof deliveryKey>;

/** The message for a delivery. It carries no data: the rows are the truth. */
export function deliveryMessage(key: DeliveryKey): Message {
  return { queue: 'social', name: deliveryMessageName, body: key, attempts: 3 };
}

/** A delivery that this process attempts, with what it needs for it. */
export interface ClaimedDelivery extends DeliveryKey {
  /** 1 for the first. */
  attempt: number;
  sealed: string | null;
  sealedFor: string | null;
  isExpired: boolean;
  userId: string;
  type: string;
  variables: Record<string, Json>;
  /** For clients: ids as TypeIDs, and numbers. */
  data: Json;
  createdAt: Date;
  /** The address on the channel; null for people who are unknown or have none. */
  address: string | null;
  displayName: string | null;
  locale: string | null;
  timeZone: string | null;
  isKnown: boolean;
  isDeleted: boolean;
  /** The channels that the recipient chose for the type; null without a choice. */
  chosen: string[] | null;
  /** Whether the receiving server refused the present address for good. */
  hasBounced: boolean;
  /** Of a push: the recipient's browsers that do not have the message yet. */
  targets: PushTarget[];
  /** Of a push: number of browsers that have it already. */
  reachedBefore: number;
  quietHours: QuietHours | null;
  /** Whether the recipient had `burstSize` messages of the type in the hour before this one. */
  isBurst: boolean;
  /** When it leaves in a digest; null outside of one. */
  digestAt: Date | null;
  /** The other deliveries of its digest. */
  members: { notificationId: string; attempt: number; variables: Record<string, Json> }[];
}

/** How an attempt ended. */
export type DeliveryResult = (
  | { status: 'SENT' }
  | { status: 'SUPPRESSED' | 'FAILED'; error: string }
  /** The receiving server refused the address for good. */
  | { status: 'BOUNCED'; error: string; address: string }
  /** To be tried again, if attempts are left. */
  | { status: 'RETRY'; error: string }
  /** Not attempted: it waits. */
  | { status: 'HELD'; until: Date; isDigested: boolean }
) & {
  /** Of a push: ids of the subscriptions that got the message, and of those that have ended. */
  push?: { reached: readonly string[]; ended: readonly string[] };
};

/** Attempts of a delivery: with the pauses between them, about three hours. */
export const maxAttempts = 14;
const firstPauseSeconds = 1;
const longestPauseSeconds = 3_600;
/** An attempt has ended within this time; then another process may try. */
const leaseSeconds = 120;
const maxErrorLength = 300;

/** Messages of a type that a recipient gets one by one within `burstMs`. */
export const burstSize = 3;
/** The time in which messages are counted, and that further ones wait for the digest. */
export const burstMs = 3_600_000;
const maxDigest = 100;

/**
 * Claims the deliveries that are due, for one attempt each: no other process gets them before the lease ends.
 * Deliveries that are done, that wait for their next attempt or that another process has are left out. Of the deliveries of
 * a digest, the oldest is claimed, and has the others as members.
 */
export async function claimDeliveries(
  manager: EntityManager,
  keys: readonly DeliveryKey[],
  digestedTypes: readonly string[],
): Promise<ClaimedDelivery[]> {
  const [claimed]: [ClaimedDelivery[], number] = await manager.query(
    `WITH due AS (
       SELECT d.notification_id, d.channel, d.address FROM unnest($1::uuid[], $2::text[]) AS k (notification_id, channel)
       JOIN delivery d USING (notification_id, channel)
       WHERE d.status = 'QUEUED' AND d.not_before <= clock_timestamp()
         AND (d.digest_at IS NULL OR NOT EXISTS (
           SELECT FROM notification own JOIN notification older
             ON older.user_id = own.user_id AND older.type = own.type AND older.id < own.id
             JOIN delivery o ON o.notification_id = older.id AND o.channel = d.channel
           WHERE own.id = d.notification_id AND o.status = 'QUEUED' AND o.digest_at IS NOT NULL
         ))
       FOR UPDATE OF d SKIP LOCKED
     )
     UPDATE delivery d SET attempts = d.attempts + 1,
       not_before = clock_timestamp() + $3 * interval '1 second',
       wake_at = clock_timestamp() + $3 * interval '1 second'
     FROM due JOIN notification n ON n.id = due.notification_id
       LEFT JOIN known_user k ON k.user_id = n.user_id
       LEFT JOIN quiet_hours q ON q.user_id = n.user_id
       LEFT JOIN notification_preference p ON p.user_id = n.user_id AND p.type = n.type
       LEFT JOIN bounced_address b ON b.user_id = n.user_id AND b.channel = due.channel
         AND b.address = coalesce(due.address, CASE due.channel WHEN 'EMAIL' THEN k.email WHEN 'SMS' THEN k.phone END)
     WHERE d.notification_id = due.notification_id AND d.channel = due.channel
     RETURNING d.notification_id AS "notificationId", d.channel, d.attempts AS attempt, d.sealed,
       d.sealed_for AS "sealedFor", coalesce(d.expires_at < clock_timestamp(), false) AS "isExpired",
       n.user_id AS "userId", n.type, n.variables, n.data, n.created_at AS "createdAt",
       coalesce(d.address, CASE d.channel WHEN 'EMAIL' THEN k.email WHEN 'SMS' THEN k.phone END) AS address,
       k.display_name AS "displayName", coalesce(k.locale, d.locale) AS locale, k.time_zone AS "timeZone",
       k.user_id IS NOT NULL AS "isKnown",
       coalesce(k.status = 'DELETED', false) AS "isDeleted", p.channels AS chosen,
       b.address IS NOT NULL AS "hasBounced",
       coalesce(cardinality(d.reached), 0) AS "reachedBefore",
       coalesce(CASE d.channel WHEN 'PUSH' THEN (
         SELECT json_agg(json_build_object('id', s.id, 'endpoint', s.endpoint, 'p256dh', s.p256dh, 'auth', s.auth)
           ORDER BY s.id)
         FROM push_subscription s
         WHERE s.user_id = n.user_id AND (s.expires_at IS NULL OR s.expires_at > clock_timestamp())
           AND s.id <> ALL (coalesce(d.reached, '{}'))
       ) END, '[]'::json) AS targets,
       CASE WHEN q.user_id IS NOT NULL THEN json_build_object('startsAt', q.starts_at, 'endsAt', q.ends_at) END
         AS "quietHours",
       n.type = ANY($4) AND (
         SELECT count(*) FROM (
           SELECT FROM notification e WHERE e.user_id = n.user_id AND e.type = n.type AND e.id < n.id
             AND e.created_at > n.created_at - $5 * interval '1 millisecond' LIMIT $6::int
         ) AS earlier
       ) = $6::int AS "isBurst",
       d.digest_at AS "digestAt",
       coalesce(CASE WHEN d.digest_at IS NOT NULL THEN (
         SELECT json_agg(member ORDER BY member."notificationId") FROM (
           SELECT m.id AS "notificationId", o.attempts AS attempt, m.variables
           FROM notification m JOIN delivery o ON o.notification_id = m.id AND o.channel = d.channel
           WHERE m.user_id = n.user_id AND m.type = n.type AND m.id > n.id
             AND o.status = 'QUEUED' AND o.digest_at IS NOT NULL
           ORDER BY m.id LIMIT $7
         ) AS member
       ) END, '[]'::json) AS members`,
    [
      keys.map(({ notificationId }) => notificationId),
      keys.map(({ channel }) => channel),
      leaseSeconds,
      digestedTypes,
      burstMs,
      burstSize,
      maxDigest,
    ],
  );
  return claimed;
}

/** Pause before the next attempt, in seconds: exponential, with jitter of a half. */
export function pauseAfter(attempt: number, random: () => number = Math.random): number {
  const pause = Math.min(firstPauseSeconds * 2 ** (attempt - 1), longestPauseSeconds);
  return pause * (0.5 + random() / 2);
}

/**
 * Records how attempts ended, and deletes secrets that are not needed any more. A result that comes after the lease, when
 * another process has begun the next attempt, counts only if the message was sent.
 */
export async function recordResults(
  manager: EntityManager,
  results: readonly { delivery: ClaimedDelivery; result: DeliveryResult }[],
  now: Date,
): Promise<void> {
  if (results.length === 0) return;
  const rows = results.flatMap(({ delivery, result }) => {
    const isLast = delivery.attempt >= maxAttempts;
    const isHeld = result.status === 'HELD';
    const status = isHeld || (result.status === 'RETRY' && !isLast) ? 'QUEUED' : finalStatus(result);
    const row = {
      notification_id: delivery.notificationId,
      channel: delivery.channel,
      attempt: delivery.attempt,
      status,
      error: 'error' in result ? storable(result.error, maxErrorLength) : null,
      pause: isHeld
        ? Math.max(0, result.until.getTime() - now.getTime()) / 1_000
        : status === 'QUEUED'
          ? pauseAfter(delivery.attempt)
          : null,
      held: isHeld,
      digested: isHeld && result.isDigested,
      user_id: delivery.userId,
      address: result.status === 'BOUNCED' ? result.address : null,
      // A mandatory message may have reached an address that bounced before.
      reached: result.status === 'SENT' && delivery.hasBounced,
      browsers: result.push?.reached ?? [],
    };
    if (status === 'QUEUED') return [row];
    // The digest ends as the delivery does that it left with.
    const members = delivery.members.map(({ notificationId, attempt }) => ({
      ...row,
      notification_id: notificationId,
      attempt,
    }));
    return [row, ...members];
  });
  await manager.query(
    `WITH given AS (
       SELECT * FROM jsonb_to_recordset($1::jsonb) AS r (notification_id uuid, channel text, attempt int, status text,
         error text, pause float8, user_id uuid, address text, reached boolean, browsers uuid[], held boolean,
         digested boolean)
     ), bounced AS (
       INSERT INTO bounced_address AS b (user_id, channel, address, error, at)
       SELECT DISTINCT ON (user_id, channel) user_id, channel, address, error, $2::timestamptz FROM given
       WHERE address IS NOT NULL ORDER BY user_id, channel
       ON CONFLICT (user_id, channel) DO UPDATE
         SET address = excluded.address, error = excluded.error, at = excluded.at
     ), reached AS (
       DELETE FROM bounced_address b USING given g WHERE g.reached AND b.user_id = g.user_id AND b.channel = g.channel
     ), ended AS (
       DELETE FROM push_subscription WHERE id = ANY($3::uuid[])
     )
     UPDATE delivery d SET status = g.status, error = g.error,
       -- Waiting is no attempt.
       attempts = CASE WHEN g.held THEN d.attempts - 1 ELSE greatest(d.attempts, 1) END,
       digest_at = CASE WHEN g.digested THEN clock_timestamp() + g.pause * interval '1 second' ELSE d.digest_at END,
       sent_at = CASE g.status WHEN 'SENT' THEN $2::timestamptz END,
       not_before = clock_timestamp() + g.pause * interval '1 second',
       wake_at = clock_timestamp() + g.pause * interval '1 second',
       sealed = CASE g.status WHEN 'QUEUED' THEN d.sealed END,
       address = CASE g.status WHEN 'QUEUED' THEN d.address END,
       reached = CASE g.status WHEN 'QUEUED' THEN d.reached || g.browsers END
     FROM given g
     WHERE d.notification_id = g.notification_id AND d.channel = g.channel AND d.status = 'QUEUED'
       AND (d.attempts = g.attempt OR g.status = 'SENT')`,
    [JSON.stringify(rows), now, results.flatMap(({ result }) => result.push?.ended ?? [])],
  );
}

function finalStatus({ status }: DeliveryResult): string {
  return status === 'RETRY' || status === 'HELD' ? 'FAILED' : status;
}

const sweepBatch = 1_000;
/** A delivery that was not handled in time gets another message after it. */
const wakeAgainSeconds = 60;

/** Wakes workers for deliveries whose next attempt is due, and for those whose message was lost. Returns how many. */
export async function wakeDeliveries(manager: EntityManager, outbox: Outbox): Promise<number> {
  const [due]: [{ notification_id: string; channel: Channel }[], number] = await manager.query(
    `UPDATE delivery d SET wake_at = clock_timestamp() + $2 * interval '1 second'
     FROM (
       SELECT notification_id, channel FROM delivery
       WHERE status = 'QUEUED' AND wake_at <= clock_timestamp()
       ORDER BY wake_at LIMIT $1 FOR UPDATE SKIP LOCKED
     ) AS due
     WHERE d.notification_id = due.notification_id AND d.channel = due.channel
     RETURNING d.notification_id, d.channel`,
    [sweepBatch, wakeAgainSeconds],
  );
  outbox.addWakeUp(
    ...due.map(({ notification_id: notificationId, channel }) =>
      deliveryMessage({ notificationId, channel }),
    ),
  );
  return due.length;
}
