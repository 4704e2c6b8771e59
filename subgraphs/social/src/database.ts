import { DeliveryEntity, NotificationEntity } from './entities/notification.js';
import { SocialProfileEntity } from './entities/social-profile.js';
import { Social1763600500000 } from './migrations/1763600500000-social.js';
import { NotificationLifetime1764400100000 } from './migrations/1764400100000-notification-lifetime.js';
import { KnownUsers1764100000000 } from './migrations/1764100000000-known-users.js';

/** The rows of social's database that are read as objects. */
export const entities = [NotificationEntity, DeliveryEntity, SocialProfileEntity];

/** How that database came to be, in order. */
export const migrations = [Social1763600500000, KnownUsers1764100000000, NotificationLifetime1764400100000];
