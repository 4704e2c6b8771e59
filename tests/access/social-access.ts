import type { TestClient } from '@souk/testing/test-client';
import { until } from '../support/until.js';
import type { AccessObjects } from './access-objects.js';
import type { AccessTable } from './access-row.js';
import {
  because,
  everybody,
  except,
  field,
  holders,
  operation,
  owner,
  sellers,
  signedIn,
  stream,
} from './access-row.js';
import { boughtListing, reviewed } from './social-objects.js';

/** A new user follows a user, who is notified. */
async function followAnew(o: AccessObjects, followed: TestClient): Promise<void> {
  if (followed.userId === null) return;
  const follower = await o.people.newUser();
  await follower.mutate('mutation ($id: ID!) { follow(userId: $id) { userErrors { code message } } }', {
    id: followed.userId,
  });
}

/** The TypeID of a notification of the owner. */
function notification(o: AccessObjects): Promise<string> {
  return o.once('notification', async () => {
    const client = await o.people.client('owner');
    await followAnew(o, client);
    return until('the owner is notified', async () => {
      const { me } = (await client.run('{ me { notifications { nodes { id } } } }')) as {
        me: { notifications: { nodes: { id: string }[] } };
      };
      return me.notifications.nodes[0]?.id;
    });
  });
}

const quietHours = { start: '22:00', end: '06:00' };

/** Sets quiet hours of the owner, which are null before. Returns the owner's TypeID. */
function quietOwner(o: AccessObjects): Promise<string> {
  return o.once('quiet hours', async () => {
    const client = await o.people.client('owner');
    await client.mutate(
      'mutation ($quietHours: QuietHoursInput) { setQuietHours(quietHours: $quietHours) { userErrors { code message } } }',
      { quietHours },
    );
    return o.ownerId();
  });
}

/** The access to social's operations and private fields. */
export const socialAccess: AccessTable = {
  'Query.feed': operation(signedIn()),
  'Query.recommendedUsers': operation(signedIn()),
  'Query.recommendedListings': operation(signedIn()),
  'Query.notificationTemplates': operation(holders(['notifications:manage'])),
  'Query.previewNotification': operation(holders(['notifications:manage']), () => ({
    type: 'NEW_FOLLOWER',
    channel: 'IN_APP',
    data: {},
  })),
  'Query.reportedReviews': operation(holders(['notifications:manage'])),
  'Query.vapidPublicKey': operation(because('no key is configured', everybody('null'))),
  'Subscription.notificationReceived': stream(signedIn(), followAnew),

  'Listing.boughtByFollowed': field('listing(id: $id)', signedIn(), async (o) => ({
    id: (await o.offer()).listingId,
  })),
  'Listing.myReview': field('listing(id: $id)', except(signedIn('null'), { owner: 'OK' }), async (o) => ({
    id: (await reviewed(o)).listingId,
  })),
  'User.notifications': field('user(id: $id)', owner('FORBIDDEN'), async (o) => ({ id: await o.ownerId() })),
  'User.notificationPreferences': field('user(id: $id)', owner('FORBIDDEN'), async (o) => ({
    id: await o.ownerId(),
  })),
  'User.quietHours': field('user(id: $id)', owner('FORBIDDEN'), async (o) => ({ id: await quietOwner(o) })),
  'User.wishlist': field('user(id: $id)', owner('FORBIDDEN'), async (o) => ({ id: await o.ownerId() })),
  'User.unreadNotifications': field('user(id: $id)', owner('FORBIDDEN'), async (o) => ({
    id: await o.ownerId(),
  })),

  'Mutation.follow': operation(signedIn(), async (o) => ({ userId: await o.user() })),
  'Mutation.unfollow': operation(signedIn(), async (o) => ({ userId: await o.user() })),
  // Someone else than whom the other rows follow.
  'Mutation.block': operation(signedIn(), async (o) => ({ userId: (await o.people.newUser()).userId })),
  'Mutation.unblock': operation(signedIn(), async (o) => ({ userId: await o.user() })),
  'Mutation.addToWishlist': operation(signedIn(), async (o) => ({ listingId: (await o.offer()).listingId })),
  'Mutation.removeFromWishlist': operation(signedIn(), async (o) => ({
    listingId: (await o.offer()).listingId,
  })),
  'Mutation.reviewListing': operation(
    because('only the owner has bought it', owner('NOT_VERIFIED_BUYER')),
    async (o) => ({
      ...{ listingId: await boughtListing(o), stars: 5, text: 'A test.' },
      idempotencyKey: crypto.randomUUID(),
    }),
  ),
  'Mutation.deleteReview': operation(owner('NOT_OWNER'), async (o) => ({ id: (await reviewed(o)).id })),
  'Mutation.replyToReview': operation(sellers('NOT_OWNER'), async (o) => ({
    reviewId: (await reviewed(o)).id,
    text: 'Thank you.',
  })),
  'Mutation.reportReview': operation(
    except(signedIn(), { owner: 'INVALID' }, 'nobody reports their own review'),
    async (o) => ({ reviewId: (await reviewed(o)).id, reason: 'A test.' }),
  ),
  'Mutation.hideReview': operation(holders(['notifications:manage']), async (o) => ({
    id: (await reviewed(o)).id,
    reason: 'A test.',
  })),
  'Mutation.showReview': operation(holders(['notifications:manage']), async (o) => ({
    id: (await reviewed(o)).id,
  })),
  'Mutation.setActivitySharing': operation(signedIn(), () => ({ enabled: true })),
  'Mutation.markNotificationRead': operation(owner('NOT_FOUND'), async (o) => ({
    id: await notification(o),
  })),
  'Mutation.markAllNotificationsRead': operation(signedIn()),
  'Mutation.setQuietHours': operation(signedIn(), () => ({ quietHours })),
  'Mutation.registerPushSubscription': operation(
    because('the subscription is empty', signedIn('INVALID')),
    () => ({ subscription: {} }),
  ),
  'Mutation.removePushSubscription': operation(signedIn(), () => ({ endpoint: 'https://push.example/none' })),
  'Mutation.setNotificationPreference': operation(signedIn(), () => ({
    type: 'NEW_FOLLOWER',
    channels: ['IN_APP'],
  })),
  // Other suites have notifications too: nothing is announced, and no template changes.
  'Mutation.announce': operation(
    because('the text is empty', holders(['notifications:manage'], 'INVALID')),
    () => ({ title: 'A test', body: '' }),
  ),
  'Mutation.saveNotificationTemplate': operation(
    because('the subject is missing', holders(['notifications:manage'], 'INVALID')),
    () => ({ input: { type: 'NEW_FOLLOWER', channel: 'IN_APP', locale: 'en', body: 'A test.' } }),
  ),
};
