import type { Connection } from '@souk/shared/graph/pagination';
import type { NotificationEntity } from './entities/notification.js';

/** A person, as far as social knows: account owns the rest. */
export interface UserKey {
  /** TypeID. Always of a user: references with another id resolve to null before any field is asked. */
  id: string;
}

/** A listing, as far as social knows: catalog owns the rest. */
export interface ListingKey {
  /** TypeID. */
  id: string;
}

/** A person on a list of followers, or of those who are followed. */
export interface FollowEdge {
  cursor: string;
  node: UserKey;
  followedAt: Date;
}

/** Followers, or those who are followed; the newest first. */
export type FollowConnection = Connection<UserKey, FollowEdge>;

/** Notifications of one user, the newest first. */
export type NotificationConnection = Connection<NotificationEntity>;
