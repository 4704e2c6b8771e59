import { socialEvents } from '@souk/shared/contracts/social';
import type { Outbox } from '@souk/shared/db/outbox';
import type { EntityManager } from 'typeorm';
import { In, IsNull, LessThan } from 'typeorm';
import { deleteInBatches } from '@souk/shared/db/batched-delete';
import { Rejection } from '@souk/shared/errors';
import { DeliveryEntity, NotificationEntity } from '../../entities/notification.js';

/** Selects notifications: newest first, starting after the id `after`. */
export interface NotificationQuery {
  userId: string;
  unreadOnly: boolean;
  after: string | null;
  limit: number;
}

/** Maximum number of notifications per user. */
export const maxNotifications = 1_000;
const surplusAtOnce = 100;
/** Notifications beyond the maximum that one call counts and deletes. */
const countedBeyond = 1_000;
const dayMs = 24 * 60 * 60 * 1_000;

/** Deletes notifications older than `days`, read or unread, with their deliveries. */
export async function purgeNotifications(manager: EntityManager, now: Date, days = 90): Promise<void> {
  await deleteInBatches(
    manager,
    `DELETE FROM notification WHERE id IN (
       SELECT id FROM notification WHERE created_at < $1 ORDER BY created_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [new Date(now.getTime() - days * dayMs)],
  );
}

/**
 * Deletes notifications of users above the maximum: the oldest read ones first, then the oldest unread. Deletes down
 * to a lower number, so that not every insert causes a delete.
 */
export async function deleteOverflow(manager: EntityManager, userIds: readonly string[]): Promise<void> {
  await manager.query(
    `DELETE FROM notification WHERE id IN (
       SELECT surplus.id FROM unnest($1::uuid[]) AS u (id)
       CROSS JOIN LATERAL (
         SELECT count(*)::int AS count FROM (
           SELECT FROM notification WHERE user_id = u.id LIMIT $2::int + $4::int) AS counted
       ) AS stored
       CROSS JOIN LATERAL (
         SELECT id FROM notification WHERE user_id = u.id
         ORDER BY (read_at IS NULL), id LIMIT greatest(0, stored.count - $3::int) FOR UPDATE SKIP LOCKED
       ) AS surplus
       WHERE stored.count > $2::int)`,
    [userIds, maxNotifications, maxNotifications - surplusAtOnce, countedBeyond],
  );
}

/** Reads up to `limit` notifications. */
export function findNotifications(
  manager: EntityManager,
  { userId, unreadOnly, after, limit }: NotificationQuery,
): Promise<NotificationEntity[]> {
  return manager.find(NotificationEntity, {
    where: {
      userId,
      isListed: true,
      ...(unreadOnly ? { readAt: IsNull() } : {}),
      ...(after === null ? {} : { id: LessThan(after) }),
    },
    order: { id: 'DESC' },
    take: limit,
  });
}

/** Counts a user's notifications. */
export function countNotifications(
  manager: EntityManager,
  { userId, unreadOnly }: Pick<NotificationQuery, 'userId' | 'unreadOnly'>,
): Promise<number> {
  return manager.countBy(NotificationEntity, {
    userId,
    isListed: true,
    ...(unreadOnly ? { readAt: IsNull() } : {}),
  });
}

/** Finds notifications by id, only those of the user, in any order. */
export function findOwnNotifications(
  manager: EntityManager,
  userId: string,
  ids: readonly string[],
): Promise<NotificationEntity[]> {
  return manager.findBy(NotificationEntity, { userId, id: In([...ids]) });
}

/** Finds the deliveries of notifications, by channel. */
export function findDeliveries(
  manager: EntityManager,
  notificationIds: readonly string[],
): Promise<DeliveryEntity[]> {
  return manager.find(DeliveryEntity, {
    where: { notificationId: In([...notificationIds]) },
    order: { channel: 'ASC' },
  });
}

/**
 * Marks one of the user's notifications as read. A notification that was already read keeps its time.
 * @param id null for a malformed id
 * @throws Rejection NOT_FOUND
 */
export async function markRead(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  id: string | null,
  now: Date,
): Promise<NotificationEntity> {
  if (id !== null) {
    const unread = { id, userId, readAt: IsNull() };
    const { affected } = await manager.update(NotificationEntity, unread, { readAt: now });
    if (affected)
      outbox.publish(socialEvents.notificationsRead, userId, { userId, notificationId: id, count: 1 });
    const [notification] = await findOwnNotifications(manager, userId, [id]);
    if (notification) return notification;
  }
  throw new Rejection('NOT_FOUND', 'Notification not found.', { field: ['id'] });
}

/** Marks all current notifications of a user as read. */
export async function markAllRead(
  manager: EntityManager,
  outbox: Outbox,
  userId: string,
  now: Date,
): Promise<void> {
  const unread = { userId, isListed: true, readAt: IsNull() };
  const { affected: count } = await manager.update(NotificationEntity, unread, { readAt: now });
  if (count) outbox.publish(socialEvents.notificationsRead, userId, { userId, notificationId: null, count });
}
