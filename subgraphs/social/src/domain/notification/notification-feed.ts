import type { EntityManager } from 'typeorm';
import type { NotificationEntity } from '../../entities/notification.js';
import { findNotifications } from './notification.js';

/** Notifications read at once. If more arrive between two reads, the stream skips the oldest; the list has them. */
const windowSize = 50;

/** The user's newest notifications, newest first. */
export function findNewestNotifications(
  manager: EntityManager,
  userId: string,
): Promise<NotificationEntity[]> {
  return findNotifications(manager, { userId, unreadOnly: false, after: null, limit: windowSize });
}

/** Finds notifications that a stream has not sent yet, including those that commit late. */
export class UnseenNotifications {
  #seen = new Set<string>();
  /** Notifications up to this id are old: a deletion moved them into the window. */
  #floor: string | null = null;

  /** Returns the notifications that are new since the last call, oldest first, and remembers them as seen. */
  takeUnseen<Row extends Pick<NotificationEntity, 'id'>>(newest: readonly Row[]): Row[] {
    const floor = (this.#floor ??= newest.length < windowSize ? '' : (newest.at(-1)?.id ?? ''));
    const unseen = newest.filter(({ id }) => !this.#seen.has(id) && id > floor).reverse();
    this.#seen = new Set(newest.map(({ id }) => id));
    return unseen;
  }
}
