import type { ExportedRecords, ExportPerson } from '@souk/shared/db/person-export';
import { recordsOf } from '@souk/shared/db/person-export';
import type { Json } from '@souk/shared/errors';
import type { Follow, FollowSlice, GraphStore } from '../../graph-store/graph-store.js';

const stored = recordsOf({
  contact: `
    SELECT status, email, is_email_verified, phone, display_name, locale, time_zone FROM known_user WHERE user_id = $1`,
  profile: `
    SELECT purchases, tours_taken, events_attended, shares_activity FROM social_profile WHERE user_id = $1`,
  purchases: `
    SELECT order_id, listing_id, units, purchased_at FROM purchase WHERE user_id = $1 ORDER BY purchased_at, listing_id`,
  notifications: `
    SELECT n.id, n.type, n.title, n.body, n.data, n.variables, n.read_at, n.created_at, (
      SELECT json_agg(json_build_object('channel', d.channel, 'status', d.status, 'address', d.address, 'sentAt', d.sent_at) ORDER BY d.channel)
      FROM delivery d WHERE d.notification_id = n.id) AS deliveries
    FROM notification n WHERE n.user_id = $1 ORDER BY n.id`,
  preferences: 'SELECT type, channels FROM notification_preference WHERE user_id = $1 ORDER BY type',
  bouncedAddresses:
    'SELECT channel, address, error, at FROM bounced_address WHERE user_id = $1 ORDER BY channel',
  blocks:
    'SELECT blocked_id, blocked_at FROM user_block WHERE blocker_id = $1 ORDER BY blocked_at, blocked_id',
  activities:
    'SELECT id, type, listing_id, target_id, order_id, at FROM activity WHERE actor_id = $1 ORDER BY id',
  wishlist: 'SELECT listing_id, added_at FROM wishlist_item WHERE user_id = $1 ORDER BY id',
  reviews: `
    SELECT id, listing_id, stars, text, is_verified, created_at, edited_at, reply_text, replied_at, hidden_at
    FROM review WHERE user_id = $1 ORDER BY id`,
  reviewReplies:
    'SELECT id AS review_id, listing_id, reply_text, replied_at FROM review WHERE replied_by = $1 ORDER BY id',
  reviewReports:
    'SELECT review_id, reason, reported_at FROM review_report WHERE user_id = $1 ORDER BY reported_at, review_id',
  receivedTokens:
    'SELECT token_id, listing_id, order_id FROM received_token WHERE user_id = $1 ORDER BY token_id',
  quietHours: 'SELECT starts_at, ends_at FROM quiet_hours WHERE user_id = $1',
  pushSubscriptions:
    'SELECT endpoint, created_at, expires_at FROM push_subscription WHERE user_id = $1 ORDER BY id',
  idempotencyKeys: `
    SELECT operation, key, created_at FROM idempotency_key WHERE caller = $1::text ORDER BY created_at`,
});

const pageSize = 500;

/** All that social stores about a person, with their follows, which may be in a store of their own. */
export function personExport(graph: GraphStore): ExportPerson {
  return (manager, person): ExportedRecords[] => [
    ...stored(manager, person),
    { name: 'followers', records: follows(person.userId, (slices) => graph.followers(slices)) },
    { name: 'following', records: follows(person.userId, (slices) => graph.following(slices)) },
  ];
}

async function* follows(
  userId: string,
  read: (slices: readonly FollowSlice[]) => Promise<Follow[][]>,
): AsyncGenerator<Json> {
  for (let after: string | null = null; ;) {
    const [page = []]: Follow[][] = await read([{ userId, after, limit: pageSize }]);
    for (const { followerId, followeeId, followedAt } of page)
      yield { followerId, followeeId, followedAt: followedAt.toISOString() };
    after = page.at(-1)?.id ?? null;
    if (page.length < pageSize || after === null) return;
  }
}
