import { socialEvents } from '@souk/shared/contracts/social';
import type { AuditAction } from '@souk/shared/contracts/audit';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import { notImplemented } from '@souk/social/resolvers/not-implemented';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import type { ExpectedAction, ExpectedEvent, MutationCase } from '../../../tests/support/published-events.js';
import { implementedMutations, PublishedEvents } from '../../../tests/support/published-events.js';
import { change, review, reviewer } from './support/reviews.js';
import { buy } from './support/purchases.js';
import {
  addKnownUser,
  block,
  follow,
  notificationsOf,
  setActivitySharing,
  startSocial,
} from './support/social.js';

let social: SubgraphUnderTest;
let published: PublishedEvents;

beforeAll(async () => {
  social = await startSocial();
  published = new PublishedEvents();
});

afterAll(async () => {
  published.stop();
  await social.close();
});

type Common = Pick<MutationCase, 'authorization' | 'actorId' | 'repeatChangesNothing'>;

const by = ({ authorization, userId }: TestUser): Common => ({
  authorization,
  actorId: userId,
  repeatChangesNothing: true,
});

function followEvent(event: ExpectedEvent['event'], follower: TestUser, followee: TestUser): ExpectedEvent {
  const { userId: followerId } = follower;
  return { event, aggregate: followerId, payload: { followerId, followeeId: followee.userId } };
}

/** A user with notifications of followers. */
async function followed(times: number): Promise<TestUser> {
  const user = social.user();
  for (let count = 0; count < times; count += 1) await follow(social, social.user(), user.id);
  return user;
}

const admin = (): TestUser => social.user(['USER', 'ADMIN']);

/** A review of a new listing, as events name it, and what events about it have in common. */
async function newReview(): Promise<{
  apiId: string;
  author: TestUser;
  aggregate: string;
  payload: { reviewId: string | null; listingId: string; userId: string };
}> {
  const listingId = newId();
  const { user: author, id: apiId } = await reviewer(social, listingId, 2);
  const payload = { reviewId: fromApiId('review', apiId), listingId, userId: author.userId };
  return { apiId, author, aggregate: listingId, payload };
}

const audit = (action: AuditAction, apiId: string, before: object, after: object): ExpectedAction[] => [
  { action, targetId: fromApiId('review', apiId) ?? '', before, after },
];

const browser = {
  endpoint: 'https://push.example/browser',
  keys: {
    p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
    auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  },
};

const registerBrowser = `mutation ($subscription: JSON!) {
  registerPushSubscription(subscription: $subscription) { userErrors { code } }
}`;

async function wishlistCase(mutation: string, event: ExpectedEvent['event']): Promise<MutationCase> {
  const user = social.user();
  const { userId } = user;
  const listingId = newId();
  const variables = { id: toApiId('listing', listingId) };
  const query = (name: string): string =>
    `mutation ($id: ID!) { ${name}(listingId: $id) { userErrors { code } } }`;
  if (mutation === 'removeFromWishlist') await social.run(query('addToWishlist'), variables, user);
  return {
    query: query(mutation),
    variables,
    ...by(user),
    publishes: () => [{ event, aggregate: userId, payload: { userId, listingId } }],
  };
}

/** One case for each implemented mutation. */
const cases: Record<string, () => Promise<MutationCase>> = {
  follow: async () => {
    const [follower, followee] = [social.user(), social.user()];
    await addKnownUser(social, followee.userId);
    return {
      query: 'mutation ($id: ID!) { follow(userId: $id) { userErrors { code } } }',
      variables: { id: followee.id },
      ...by(follower),
      publishes: () => [followEvent(socialEvents.userFollowed, follower, followee)],
    };
  },
  unfollow: async () => {
    const [follower, followee] = [social.user(), social.user()];
    await follow(social, follower, followee.id);
    return {
      query: 'mutation ($id: ID!) { unfollow(userId: $id) { userErrors { code } } }',
      variables: { id: followee.id },
      ...by(follower),
      publishes: () => [followEvent(socialEvents.userUnfollowed, follower, followee)],
    };
  },
  block: async () => {
    const [blocker, blocked] = [social.user(), social.user()];
    await follow(social, blocker, blocked.id);
    await follow(social, blocked, blocker.id);
    const { userId: blockerId } = blocker;
    return {
      query: 'mutation ($id: ID!) { block(userId: $id) { userErrors { code } } }',
      variables: { id: blocked.id },
      ...by(blocker),
      publishes: () => [
        {
          event: socialEvents.userBlocked,
          aggregate: blockerId,
          payload: { blockerId, blockedId: blocked.userId },
        },
        followEvent(socialEvents.userUnfollowed, blocker, blocked),
        followEvent(socialEvents.userUnfollowed, blocked, blocker),
      ],
    };
  },
  unblock: async () => {
    const [blocker, blocked] = [social.user(), social.user()];
    await addKnownUser(social, blocked.userId);
    await block(social, blocker, blocked.id);
    const { userId: blockerId } = blocker;
    return {
      query: 'mutation ($id: ID!) { unblock(userId: $id) { userErrors { code } } }',
      variables: { id: blocked.id },
      ...by(blocker),
      publishes: () => [
        {
          event: socialEvents.userUnblocked,
          aggregate: blockerId,
          payload: { blockerId, blockedId: blocked.userId },
        },
      ],
    };
  },
  setActivitySharing: async () => {
    const user = social.user();
    const { userId } = user;
    return {
      query: 'mutation { setActivitySharing(enabled: true) { userErrors { code } } }',
      ...by(user),
      publishes: () => [
        { event: socialEvents.activitySharingChanged, aggregate: userId, payload: { userId, enabled: true } },
      ],
    };
  },
  addToWishlist: async () => wishlistCase('addToWishlist', socialEvents.wishlistItemAdded),
  removeFromWishlist: async () => wishlistCase('removeFromWishlist', socialEvents.wishlistItemRemoved),
  setQuietHours: async () => {
    const user = social.user();
    const { userId } = user;
    const payload = { userId, start: '22:00', end: '07:30' };
    return {
      query: `mutation { setQuietHours(quietHours: { start: "22:00", end: "07:30" }) { userErrors { code } } }`,
      ...by(user),
      publishes: () => [{ event: socialEvents.quietHoursChanged, aggregate: userId, payload }],
    };
  },
  registerPushSubscription: async () => {
    const user = social.user();
    const { userId } = user;
    const payload = { userId, isRegistered: true };
    return {
      query: registerBrowser,
      variables: { subscription: browser },
      ...by(user),
      // Browsers renew their keys.
      repeatChangesNothing: false,
      publishes: () => [{ event: socialEvents.pushSubscriptionChanged, aggregate: userId, payload }],
    };
  },
  removePushSubscription: async () => {
    const user = social.user();
    const { userId } = user;
    await social.run(registerBrowser, { subscription: browser }, user);
    const payload = { userId, isRegistered: false };
    return {
      query:
        'mutation ($endpoint: String!) { removePushSubscription(endpoint: $endpoint) { userErrors { code } } }',
      variables: { endpoint: browser.endpoint },
      ...by(user),
      publishes: () => [{ event: socialEvents.pushSubscriptionChanged, aggregate: userId, payload }],
    };
  },
  markNotificationRead: async () => {
    const user = await followed(2);
    const { userId } = user;
    const [notification] = await notificationsOf(social, user);
    const id = notification!.id;
    return {
      query: 'mutation ($id: ID!) { markNotificationRead(id: $id) { userErrors { code } } }',
      variables: { id },
      ...by(user),
      publishes: () => [
        {
          event: socialEvents.notificationsRead,
          aggregate: userId,
          payload: { userId, notificationId: fromApiId('notification', id), count: 1 },
        },
      ],
    };
  },
  markAllNotificationsRead: async () => {
    const user = await followed(3);
    const { userId } = user;
    return {
      query: 'mutation { markAllNotificationsRead { userErrors { code } } }',
      ...by(user),
      publishes: () => [
        {
          event: socialEvents.notificationsRead,
          aggregate: userId,
          payload: { userId, notificationId: null, count: 3 },
        },
      ],
    };
  },
  setNotificationPreference: async () => {
    const user = social.user();
    const { userId } = user;
    return {
      query: `mutation {
        setNotificationPreference(type: ORDER_PAID, channels: [PUSH, IN_APP, PUSH]) { userErrors { code } }
      }`,
      ...by(user),
      publishes: () => [
        {
          event: socialEvents.notificationPreferenceChanged,
          aggregate: userId,
          payload: { userId, type: 'ORDER_PAID', channels: ['IN_APP', 'PUSH'] },
        },
      ],
    };
  },
  saveNotificationTemplate: async () => {
    const admin = social.user(['USER', 'ADMIN']);
    return {
      query: `mutation {
        saveNotificationTemplate(
          input: { type: ORDER_FAILED, channel: SMS, locale: "pt_br", body: "{{ orderNumber }}: {{ reason }}" }
        ) { template { id } userErrors { code } }
      }`,
      ...by(admin),
      repeatChangesNothing: false,
      publishes: ({ template }) => [
        {
          event: socialEvents.notificationTemplateSaved,
          aggregate: admin.userId,
          payload: {
            templateId: fromApiId('template', (template as { id: string }).id),
            type: 'ORDER_FAILED',
            channel: 'SMS',
            locale: 'pt-BR',
          },
        },
      ],
      audits: ({ template }) => [
        {
          action: 'SAVE_NOTIFICATION_TEMPLATE',
          targetId: fromApiId('template', (template as { id: string }).id) ?? '',
          before: null,
          after: {
            ...{ type: 'ORDER_FAILED', channel: 'SMS', locale: 'pt-BR', subject: null },
            body: '{{ orderNumber }}: {{ reason }}',
          },
        },
      ],
    };
  },
  reviewListing: async () => {
    const user = social.user();
    const listingId = newId();
    await buy(social, user, listingId);
    await review(social, user, listingId, 2);
    return {
      query: `mutation ($id: ID!, $key: String!) {
        reviewListing(listingId: $id, stars: 4, idempotencyKey: $key) { review { id } userErrors { code } } }`,
      variables: { id: toApiId('listing', listingId), key: newId() },
      ...by(user),
      publishes: ({ review: saved }) => [
        {
          event: socialEvents.reviewSaved,
          aggregate: listingId,
          payload: {
            ...{ reviewId: fromApiId('review', (saved as { id: string }).id), listingId },
            ...{ userId: user.userId, stars: 4, previousStars: 2 },
          },
        },
      ],
    };
  },
  deleteReview: async () => {
    const { apiId: id, author, aggregate, payload } = await newReview();
    return {
      query: 'mutation ($id: ID!) { deleteReview(id: $id) { userErrors { code } } }',
      variables: { id },
      ...by(author),
      repeatChangesNothing: false,
      publishes: () => [{ event: socialEvents.reviewDeleted, aggregate, payload }],
    };
  },
  replyToReview: async () => {
    const { apiId: id, aggregate, payload } = await newReview();
    return {
      query: 'mutation ($id: ID!) { replyToReview(reviewId: $id, text: "Sorry.") { userErrors { code } } }',
      variables: { id },
      ...by(admin()),
      publishes: () => [{ event: socialEvents.reviewAnswered, aggregate, payload }],
      audits: () => audit('REPLY_TO_REVIEW', id, { reply: null }, { reply: 'Sorry.' }),
    };
  },
  reportReview: async () => {
    const { apiId: id, aggregate, payload } = await newReview();
    const reporter = social.user();
    return {
      query: 'mutation ($id: ID!) { reportReview(reviewId: $id, reason: "Spam.") { userErrors { code } } }',
      variables: { id },
      ...by(reporter),
      publishes: () => [
        {
          ...{ event: socialEvents.reviewReported, aggregate },
          payload: { ...payload, reporterId: reporter.userId, reason: 'Spam.' },
        },
      ],
    };
  },
  hideReview: async () => {
    const { apiId: id, aggregate, payload } = await newReview();
    const reason = 'Spam.';
    return {
      query: 'mutation ($id: ID!) { hideReview(id: $id, reason: "Spam.") { userErrors { code } } }',
      variables: { id },
      ...by(admin()),
      publishes: () => [{ event: socialEvents.reviewHidden, aggregate, payload: { ...payload, reason } }],
      audits: () => audit('HIDE_REVIEW', id, { isHidden: false }, { isHidden: true, reason }),
    };
  },
  showReview: async () => {
    const { apiId: id, aggregate, payload } = await newReview();
    await change(social, admin(), 'hideReview(id: $id, reason: $reason)', { id, reason: 'Spam.' });
    return {
      query: 'mutation ($id: ID!) { showReview(id: $id) { userErrors { code } } }',
      variables: { id },
      ...by(admin()),
      publishes: () => [{ event: socialEvents.reviewShown, aggregate, payload }],
      audits: () =>
        audit(
          'SHOW_REVIEW',
          id,
          { isHidden: true, isReported: false },
          { isHidden: false, isReported: false },
        ),
    };
  },
  announce: async () => {
    const admin = social.user(['USER', 'ADMIN']);
    return {
      query: 'mutation { announce(title: "News", body: "All is well.") { userErrors { code } } }',
      ...by(admin),
      repeatChangesNothing: false,
      publishes: () => [
        {
          event: socialEvents.announcementStarted,
          aggregate: admin.userId,
          payload: { announcementId: expect.any(String) as string, title: 'News', listingId: null },
        },
      ],
      audits: () => [
        {
          action: 'ANNOUNCE',
          targetId: expect.any(String) as string,
          before: null,
          after: { title: 'News', body: 'All is well.', listingId: null },
        },
      ],
    };
  },
};

test('has a case for every implemented mutation', () => {
  expect(Object.keys(cases).sort()).toEqual(implementedMutations('social', notImplemented));
});

test.each(Object.entries(cases))('%s publishes what it changes', async (name, prepare) => {
  await published.expectFrom(social.app, name, await prepare());
});

test('sharing is off at first: switching it off changes nothing, later it does', async () => {
  const user = social.user();
  const before = published.all.length;
  await setActivitySharing(social, user, false);
  expect(published.all).toHaveLength(before);
  await setActivitySharing(social, user, true);
  await setActivitySharing(social, user, false);
  expect(published.all.slice(before).map(({ payload }) => payload)).toEqual([
    { userId: user.userId, enabled: true },
    { userId: user.userId, enabled: false },
  ]);
});
