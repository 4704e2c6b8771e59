import { DeliveryEntity, NotificationEntity } from './entities/notification.js';
import { SocialProfileEntity } from './entities/social-profile.js';
import { Social1763600500000 } from './migrations/1763600500000-social.js';
import { NotificationLifetime1764400100000 } from './migrations/1764400100000-notification-lifetime.js';
import { ActivitySharing1764900000000 } from './migrations/1764900000000-activity-sharing.js';
import { FollowerCount1764900100000 } from './migrations/1764900100000-follower-count.js';
import { FollowPair1765400000000 } from './migrations/1765400000000-follow-pair.js';
import { ContactData1765700000000 } from './migrations/1765700000000-contact-data.js';
import { PersonErasure1796039710000 } from './migrations/1796039710000-person-erasure.js';
import { Activities1796058100000 } from './migrations/1796058100000-activities.js';
import { PurchaseIndexes1796058200000 } from './migrations/1796058200000-purchase-indexes.js';
import { Blocks1796058000000 } from './migrations/1796058000000-blocks.js';
import { KnownUsers1764100000000 } from './migrations/1764100000000-known-users.js';
import { Deliveries1796035620000 } from './migrations/1796035620000-deliveries.js';
import { PushSubscriptions1796058431404 } from './migrations/1796058431404-push-subscriptions.js';
import { QuietHours1796060100000 } from './migrations/1796060100000-quiet-hours.js';
import { Wishlists1796072000000 } from './migrations/1796072000000-wishlists.js';
import { Reviews1796073000000 } from './migrations/1796073000000-reviews.js';
import { Templates1796035740000 } from './migrations/1796035740000-templates.js';

/** Entities of social's database. */
export const entities = [NotificationEntity, DeliveryEntity, SocialProfileEntity];

/** Migrations of social's database, in order. */
export const migrations = [
  Social1763600500000,
  KnownUsers1764100000000,
  NotificationLifetime1764400100000,
  ActivitySharing1764900000000,
  FollowerCount1764900100000,
  FollowPair1765400000000,
  ContactData1765700000000,
  Deliveries1796035620000,
  Templates1796035740000,
  PersonErasure1796039710000,
  Blocks1796058000000,
  Activities1796058100000,
  PurchaseIndexes1796058200000,
  PushSubscriptions1796058431404,
  QuietHours1796060100000,
  Wishlists1796072000000,
  Reviews1796073000000,
];
