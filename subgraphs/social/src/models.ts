import type { Connection } from '@souk/shared/graph/pagination';
import type { Review } from './domain/review/review.js';
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

/** Reviews of one listing. */
export type ReviewConnection = Connection<Review>;

/** Reviews that wait for a decision, the first reported one first. */
export type ReportedReviewConnection = Connection<Review>;
