import type { Connection } from '@souk/shared/graph/pagination';
import type { NotificationEntity } from './entities/notification.js';

/** Key of a user. Account owns the other fields. */
export interface UserKey {
  /** TypeID of a user. References with any other id resolve to null. */
  id: string;
}

/** Key of a listing. Catalog owns the other fields. */
export interface ListingKey {
  /** TypeID. */
  id: string;
}

/** An edge of `followers` or `following`. */
export interface FollowEdge {
  cursor: string;
  node: UserKey;
  followedAt: Date;
}

/** The connection `followers` or `following`, newest first. */
export type FollowConnection = Connection<UserKey, FollowEdge>;

/** Notifications of one user, newest first. */
export type NotificationConnection = Connection<NotificationEntity>;
