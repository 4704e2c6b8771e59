import type { EntityManager } from 'typeorm';
import type { NotificationEntity } from '../entities/notification.js';
import { findNotifications } from './notification.js';

/** Looked at in one go; where more come between two looks, the oldest of them are found in the list only. */
const windowSize = 50;

/** The user's newest notifications, the newest first. */
export function findNewestNotifications(
  manager: EntityManager,
  userId: string,
): Promise<NotificationEntity[]> {
  return findNotifications(manager, { userId, unreadOnly: false, after: null, limit: windowSize });
}

/** Tells news from what a stream has told, or found at its start: one that commits late is news all the same. */
export class UnseenNotifications {
  #seen = new Set<string>();
  /** What is not newer has slid into the window from below. */
  #floor: string | null = null;

  /** Those that were not seen before, the oldest first; from now on they are. */
  takeUnseen<Row extends Pick<NotificationEntity, 'id'>>(newest: readonly Row[]): Row[] {
    const floor = (this.#floor ??= newest.length < windowSize ? '' : (newest.at(-1)?.id ?? ''));
    const news = newest.filter(({ id }) => !this.#seen.has(id) && id > floor).reverse();
    this.#seen = new Set(newest.map(({ id }) => id));
    return news;
  }
}
