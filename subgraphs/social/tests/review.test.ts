import { accountStates } from '@souk/shared/contracts/account';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { orderEvents } from '@souk/shared/contracts/order';
import { socialCommands } from '@souk/shared/contracts/social';
import type { EventDefinition, EventPayload } from '@souk/shared/event';
import { newId, toApiId } from '@souk/shared/ids';
import { personExport } from '@souk/social/domain/deletion/person-export';
import { readRatings } from '@souk/social/domain/review/rating';
import { receiveToken, revokeToken } from '@souk/social/domain/review/verified-buyer';
import { reviewPagesSql } from '@souk/social/domain/review/review-list';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import type { EntityManager } from 'typeorm';
import { statementsDuring } from '../../../tests/support/statements.js';
import { eventMessage } from '../../../tests/support/events.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import { buy } from './support/purchases.js';
import { change, listings, order, ratingOf, review, reviewer, visibleReviews } from './support/reviews.js';
import { addKnownUser, block, codesOf, dataOf, startSocial, waitUntilIdle } from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});

afterAll(() => social.close());

async function publish<Event extends EventDefinition>(
  event: Event,
  aggregate: string,
  payload: EventPayload<Event>,
): Promise<void> {
  await social.send(eventMessage('social', event, aggregate, payload));
  await waitUntilIdle(social);
}

const admin = (): TestUser => social.user(['USER', 'ADMIN']);

/** A verified seller of a listing. */
async function seller(listingId: string): Promise<TestUser> {
  const user = social.user(['USER', 'PARTNER']);
  const partnerId = newId();
  social.states.put(accountStates.partners, partnerId, {
    ...{ partnerId, userId: user.userId, status: 'VERIFIED', commissionBasisPoints: 1000 },
    at: new Date().toISOString(),
  });
  await order(social, social.user(), listingId, { partnerId });
  await until('the partner', async () => {
    const rows: unknown[] = await social.dependencies.source.query(
      'SELECT 1 FROM known_partner WHERE partner_id = $1',
      [partnerId],
    );
    return rows.length > 0;
  });
  return user;
}

describe('reviewListing', () => {
  it('stores one review for each buyer and listing, which a second call changes', async () => {
    const listingId = newId();
    const user = social.user();
    await buy(social, user, listingId);
    const first = await review(social, user, listingId, 2, { text: '  Too short.  ' });
    expect(first).toMatchObject({
      errors: [],
      review: {
        ...{ stars: 2, text: 'Too short.', editedAt: null, isMine: true, isHidden: false, reply: null },
        ...{ author: { id: user.id }, listing: { id: toApiId('listing', listingId) } },
      },
    });
    expect(await ratingOf(social, listingId)).toEqual({ average: 2, count: 1, histogram: [0, 1, 0, 0, 0] });
    const second = await review(social, user, listingId, 4);
    expect(second.review).toMatchObject({ id: first.review?.id, stars: 4, text: null });
    expect(second.review?.createdAt).toBe(first.review?.createdAt);
    expect(second.review?.editedAt).not.toBeNull();
    // The same content again is no change.
    expect((await review(social, user, listingId, 4)).review?.editedAt).toBe(second.review?.editedAt);
    expect(await ratingOf(social, listingId)).toEqual({ average: 4, count: 1, histogram: [0, 0, 0, 1, 0] });
    expect(await visibleReviews(social, listingId)).toEqual([first.review?.id]);
  });

  it('repeats nothing for an idempotency key, and refuses other arguments for it', async () => {
    const listingId = newId();
    const user = social.user();
    await buy(social, user, listingId);
    const key = newId();
    const first = await review(social, user, listingId, 5, { key });
    await review(social, user, listingId, 1);
    expect((await review(social, user, listingId, 5, { key })).review).toMatchObject({
      id: first.review?.id,
      stars: 1,
    });
    expect((await review(social, user, listingId, 4, { key })).errors).toEqual([
      'IDEMPOTENCY_CONFLICT idempotencyKey',
    ]);
  });

  it('refuses what is no review, all at once', async () => {
    const user = social.user();
    const listingId = newId();
    await buy(social, user, listingId);
    const variables = { stars: 6, text: ' ', key: newId() };
    const call = 'reviewListing(listingId: $listingId, stars: $stars, text: $text, idempotencyKey: $key)';
    expect((await change(social, user, call, { listingId: 'listing_x', ...variables })).errors).toEqual([
      'NOT_FOUND listingId',
      'INVALID stars',
      'INVALID text',
    ]);
    expect((await review(social, user, listingId, 0)).errors).toEqual(['INVALID stars']);
    expect((await review(social, user, listingId, 5, { text: '4242 4242 4242 4242' })).errors).toEqual([
      'INVALID text',
    ]);
    await publish(catalogEvents.listingDeleted, listingId, { listingId });
    expect((await review(social, user, listingId)).errors).toEqual(['NOT_FOUND listingId']);
  });

  it('is for buyers, once they have what they bought', async () => {
    const listingId = newId();
    const refused = ['NOT_VERIFIED_BUYER listingId'];
    const [stranger, buyer] = [social.user(), social.user()];
    await buy(social, buyer, newId());
    expect((await review(social, stranger, listingId)).errors).toEqual(refused);
    expect((await review(social, buyer, listingId)).errors).toEqual(refused);

    const { orderId, line } = await order(social, buyer, listingId, { quantity: 2 });
    expect((await review(social, buyer, listingId)).errors).toEqual(refused);
    await publish(orderEvents.orderShipped, orderId, {
      ...{ userId: buyer.userId, orderId, orderNumber: 'SK-2026-2', shipmentId: newId() },
      ...{ carrier: 'DHL', trackingNumber: null, trackingUrl: null, shippedAt: new Date().toISOString() },
      lines: [{ ...line, quantity: 1 }],
    });
    expect((await review(social, buyer, listingId)).errors).toEqual([]);
  });

  it('is not for the seller of the listing', async () => {
    const listingId = newId();
    const owner = await seller(listingId);
    await buy(social, owner, listingId);
    expect((await review(social, owner, listingId)).errors).toEqual(['NOT_VERIFIED_BUYER listingId']);
  });

  it('is for those who have accepted a token, until it is revoked', async () => {
    const listingId = newId();
    const [buyer, friend] = [social.user(), social.user()];
    await buy(social, buyer, listingId);
    const [bought]: { order_id: string }[] = await social.dependencies.source.query(
      'SELECT order_id FROM purchase WHERE listing_id = $1',
      [listingId],
    );
    const orderId = bought!.order_id;
    const token = { tokenId: newId(), orderId, listingId };
    await publish(orderEvents.tokenTransferred, orderId, {
      ...{ ...token, lineId: newId(), fromId: buyer.userId, toId: friend.userId },
    });
    for (const user of [buyer, friend]) expect((await review(social, user, listingId)).errors).toEqual([]);
    const revoked = (tokenId: string, { userId: holderId }: TestUser): Promise<void> =>
      publish(orderEvents.tokenRevoked, orderId, { ...token, tokenId, holderId, reason: 'Stolen.' });
    await revoked(token.tokenId, friend);
    expect((await ratingOf(social, listingId))?.count).toBe(1);
    await revoked(newId(), buyer);
    expect((await ratingOf(social, listingId))?.count).toBe(0);
    expect((await review(social, buyer, listingId)).errors).toEqual(['NOT_VERIFIED_BUYER listingId']);
  });

  it('a review counts while a purchase stands', async () => {
    const listingId = newId();
    const { user, id, cancel } = await reviewer(social, listingId, 1);
    const cancelSecond = await buy(social, user, listingId);
    await Promise.all([cancel(), cancelSecond()]);
    expect(await visibleReviews(social, listingId)).toEqual([]);
    expect(await ratingOf(social, listingId)).toEqual({
      average: null,
      count: 0,
      histogram: [0, 0, 0, 0, 0],
    });
    const [listing] = await listings<{ myReview: object }>(
      social,
      [listingId],
      'myReview { id isHidden }',
      user,
    );
    expect(listing?.myReview).toEqual({ id, isHidden: true });
    await buy(social, user, listingId);
    expect(await visibleReviews(social, listingId)).toEqual([id]);
  });

  it('hides the review when the last unit of a part cancellation goes', async () => {
    const listingId = newId();
    const user = social.user();
    const { orderId, line } = await order(social, user, listingId);
    const shipped = {
      carrier: 'DHL',
      trackingNumber: null,
      trackingUrl: null,
      shippedAt: new Date().toISOString(),
    };
    const about = { userId: user.userId, orderId, orderNumber: 'SK-2026-2' };
    await publish(orderEvents.orderShipped, orderId, {
      ...{ ...about, ...shipped, shipmentId: newId(), lines: [{ ...line, quantity: 1 }] },
    });
    await review(social, user, listingId);
    await social.command(
      socialCommands.recordItemCancellation,
      {
        ...{ ...about, reason: 'Broken.' },
        lines: [{ listingId, offerId: newId(), title: 'A lamp', quantity: 1, fulfilment: 'SHIPMENT' }],
      },
      { sagaId: newId(), step: 'UPDATE_STATS' },
    );
    expect(await visibleReviews(social, listingId)).toEqual([]);
  });
});

describe('races', () => {
  it('counts each of many concurrent reviewers once, whatever they change', async () => {
    const listingId = newId();
    const users = Array.from({ length: 12 }, () => social.user());
    await Promise.all(users.map((user) => buy(social, user, listingId)));
    await Promise.all(
      users.flatMap((user, index) =>
        [1, 2, 3].map((stars) => review(social, user, listingId, ((index + stars) % 5) + 1)),
      ),
    );
    const rows: { stars: number }[] = await social.dependencies.source.query(
      'SELECT stars FROM review WHERE listing_id = $1',
      [listingId],
    );
    expect(rows).toHaveLength(users.length);
    const histogram = [1, 2, 3, 4, 5].map((stars) => rows.filter((row) => row.stars === stars).length);
    expect((await ratingOf(social, listingId))?.histogram).toEqual(histogram);
  });

  it('a cancellation at the same time leaves no counted review', async () => {
    const listingId = newId();
    const pairs = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const user = social.user();
        return { user, cancel: await buy(social, user, listingId) };
      }),
    );
    await Promise.all(pairs.flatMap(({ user, cancel }) => [review(social, user, listingId), cancel()]));
    expect((await ratingOf(social, listingId))?.count).toBe(0);
    expect(await visibleReviews(social, listingId)).toEqual([]);
  });
});

interface ReviewsPage {
  reviews: { nodes: { stars: number }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

it('of two transactions that revoke one of two tokens each, the second one sees both', async () => {
  const listingId = newId();
  const { source } = social.dependencies;
  const user = social.user();
  const tokens = [newId(), newId()].map((tokenId) => ({ tokenId, orderId: newId(), listingId }));
  for (const token of tokens)
    await receiveToken(source.manager, { ...token, fromId: newId(), toId: user.userId });
  expect((await review(social, user, listingId)).errors).toEqual([]);
  const revoked = (manager: EntityManager, index: 0 | 1): Promise<void> =>
    revokeToken(manager, { ...tokens[index]!, holderId: user.userId });
  let isSecondDone = false;
  let second: Promise<void> = Promise.resolve();
  await source.manager.transaction(async (manager) => {
    await revoked(manager, 0);
    second = source.manager
      .transaction((other) => revoked(other, 1))
      .then(() => {
        isSecondDone = true;
      });
    await until('the second waits, or is done', async () => {
      const waiting: unknown[] = await source.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return isSecondDone || waiting.length > 0;
    });
  });
  await second;
  expect(await visibleReviews(social, listingId)).toEqual([]);
});

describe('Listing.reviews and Listing.rating', () => {
  it('have an average of two decimal places, and pages in three orders', async () => {
    const listingId = newId();
    const stars = [5, 3, 5, 1, 3, 4];
    const ids: string[] = [];
    for (const one of stars) ids.push((await reviewer(social, listingId, one)).id);
    expect(await ratingOf(social, listingId)).toEqual({ average: 3.5, count: 6, histogram: [1, 0, 2, 1, 2] });
    await reviewer(social, listingId, 3);
    expect((await ratingOf(social, listingId))?.average).toBe(3.43);

    const read = async (sort: string): Promise<number[]> => {
      const found: number[] = [];
      for (let after: string | null = null; ;) {
        const [listing]: ReviewsPage[] = await listings<ReviewsPage>(
          social,
          [listingId],
          `reviews(sort: ${sort}, first: 2, after: ${JSON.stringify(after)}) {
             nodes { stars } pageInfo { hasNextPage endCursor } }`,
        );
        found.push(...(listing?.reviews.nodes ?? []).map((one) => one.stars));
        if (!listing?.reviews.pageInfo.hasNextPage) return found;
        after = listing.reviews.pageInfo.endCursor;
      }
    };
    expect(await read('NEWEST')).toEqual([3, 4, 3, 1, 5, 3, 5]);
    expect(await read('HIGHEST')).toEqual([5, 5, 4, 3, 3, 3, 1]);
    expect(await read('LOWEST')).toEqual([1, 3, 3, 3, 4, 5, 5]);
  });

  it('of many listings are read by one statement each, and are empty without reviews', async () => {
    const ids = [newId(), newId(), newId()];
    await reviewer(social, ids[0]!);
    const statements = await statementsDuring(social.dependencies.source, async () => {
      expect(
        await listings(
          social,
          ids,
          'rating { average count histogram } reviews(sort: null) { nodes { stars } totalCount }',
        ),
      ).toEqual([
        {
          rating: { average: 5, count: 1, histogram: [0, 0, 0, 0, 1] },
          reviews: { nodes: [{ stars: 5 }], totalCount: 1 },
        },
        ...[1, 2].map(() => ({
          rating: { average: null, count: 0, histogram: [0, 0, 0, 0, 0] },
          reviews: { nodes: [], totalCount: 0 },
        })),
      ]);
    });
    expect(statements.filter((sql) => sql.includes('review') || sql.includes('rating'))).toHaveLength(3);
  });

  it.each([
    ['first of 101', 'reviews(first: 101) { totalCount }'],
    [
      'a cursor of another order',
      `reviews(after: "${Buffer.from('["LOWEST",1,"x"]').toString('base64url')}") { totalCount }`,
    ],
    ['a cursor that is none', 'reviews(after: "x") { totalCount }'],
  ])('refuse %s', async (_what, fields) => {
    const result = await social.run(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Listing { ${fields} } } }`,
      { of: [{ __typename: 'Listing', id: toApiId('listing', newId()) }] },
    );
    expect(codesOf(result)).toEqual(['BAD_USER_INPUT']);
  });

  it('leave out the reviews of blocked users for the blocker alone', async () => {
    const listingId = newId();
    const [{ user: author, id }, viewer] = [await reviewer(social, listingId), social.user()];
    await addKnownUser(social, author.userId);
    expect(await block(social, viewer, author.id)).toEqual([]);
    expect(await visibleReviews(social, listingId, viewer)).toEqual([]);
    expect(await visibleReviews(social, listingId)).toEqual([id]);
    expect((await ratingOf(social, listingId))?.count).toBe(1);
  });

  it.each(['NEWEST', 'HIGHEST', 'LOWEST'] as const)('read a page of %s from an index', async (sort) => {
    const [newest, byStars] = ['review_newest', 'review_by_stars'];
    const listingId = newId();
    await social.dependencies.source.query(
      `INSERT INTO review (id, listing_id, user_id, stars, created_at)
       SELECT uuidv7(), $1, gen_random_uuid(), n % 5 + 1, now() FROM generate_series(1, 5000) AS g (n)`,
      [listingId],
    );
    await social.dependencies.source.query('ANALYZE review');
    const rows: { 'QUERY PLAN': string }[] = await social.dependencies.source.query(
      `EXPLAIN ${reviewPagesSql({ sort, after: [sort, 3, newId()] })}`,
      [[listingId], null, 3, newId(), 21],
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(sort === 'NEWEST' ? newest : byStars);
    expect(plan).not.toContain('Seq Scan on review');
  });
});

describe('deleteReview', () => {
  it('deletes the own review, and no other', async () => {
    const listingId = newId();
    const { user, id } = await reviewer(social, listingId);
    const remove = (by: TestUser, of = id): Promise<{ errors: string[] }> =>
      change(social, by, 'deleteReview(id: $id)', { id: of });
    expect((await remove(social.user())).errors).toEqual(['NOT_OWNER id']);
    expect((await remove(user, 'review_x')).errors).toEqual(['NOT_FOUND id']);
    expect((await remove(user)).errors).toEqual([]);
    expect((await remove(user)).errors).toEqual(['NOT_FOUND id']);
    expect((await ratingOf(social, listingId))?.count).toBe(0);
    expect((await review(social, user, listingId, 3)).errors).toEqual([]);
  });

  it('leaves a hidden review, which its author could write anew', async () => {
    const listingId = newId();
    const { user, id } = await reviewer(social, listingId);
    await change(social, admin(), 'hideReview(id: $id, reason: $reason)', { id, reason: 'Spam.' });
    expect((await change(social, user, 'deleteReview(id: $id)', { id })).errors).toEqual(['CONFLICT id']);
    expect((await change(social, social.user(), 'deleteReview(id: $id)', { id })).errors).toEqual([
      'NOT_FOUND id',
    ]);
  });
});

describe('replyToReview', () => {
  const reply = (by: TestUser, id: string, text: string): ReturnType<typeof change> =>
    change(social, by, 'replyToReview(reviewId: $id, text: $text)', { id, text });

  it('is for the seller of the listing, once', async () => {
    const listingId = newId();
    const owner = await seller(listingId);
    const { id } = await reviewer(social, listingId, 2);
    expect((await reply(await seller(newId()), id, 'Sorry.')).errors).toEqual(['NOT_OWNER reviewId']);
    expect((await reply(owner, id, ' ')).errors).toEqual(['INVALID text']);
    const replied = await Promise.all([reply(owner, id, 'Sorry.'), reply(owner, id, 'Sorry.')]);
    for (const one of replied) expect(one.review?.reply?.text).toBe('Sorry.');
    expect((await reply(owner, id, 'Very sorry.')).errors).toEqual(['CONFLICT reviewId']);
    await change(social, admin(), 'hideReview(id: $id, reason: $reason)', { id, reason: 'Spam.' });
    expect((await reply(owner, id, 'Sorry.')).errors).toEqual(['NOT_FOUND reviewId']);
  });

  it('is for administrators of the catalog too, and stays when the review is changed', async () => {
    const listingId = newId();
    const { user, id } = await reviewer(social, listingId, 2);
    expect((await reply(admin(), id, 'We look into it.')).errors).toEqual([]);
    expect((await review(social, user, listingId, 5)).review).toMatchObject({
      stars: 5,
      reply: { text: 'We look into it.' },
    });
  });
});

describe('reports', () => {
  const report = (by: TestUser, id: string, reason = 'An insult.'): ReturnType<typeof change> =>
    change(social, by, 'reportReview(reviewId: $id, reason: $reason)', { id, reason });
  const hide = (id: string): ReturnType<typeof change> =>
    change(social, admin(), 'hideReview(id: $id, reason: $reason)', { id, reason: 'Spam.' });
  const show = (id: string): ReturnType<typeof change> =>
    change(social, admin(), 'showReview(id: $id)', { id });

  interface Reported {
    review: { id: string };
    reportsCount: number;
    reports: { reason: string; reporter: { id: string } }[];
  }
  async function reported(): Promise<Reported[]> {
    const result = await social.run(
      `{ reportedReviews(first: 100) { totalCount
           nodes { review { id } reportsCount firstReportedAt reports { reason at reporter { id } } } } }`,
      {},
      admin(),
    );
    const { nodes, totalCount } = dataOf<{ reportedReviews: { nodes: Reported[]; totalCount: number } }>(
      result,
    ).reportedReviews;
    expect(totalCount).toBe(nodes.length);
    return nodes;
  }

  it('are made once by each user, and listed until an administrator decides', async () => {
    const listingId = newId();
    const [first, second] = [await reviewer(social, listingId, 1), await reviewer(social, listingId, 5)];
    const [anna, ben] = [social.user(), social.user()];
    expect((await report(first.user, first.id)).errors).toEqual(['INVALID reviewId']);
    expect((await report(anna, first.id, ' ')).errors).toEqual(['INVALID reason']);
    expect((await report(anna, toApiId('review', newId()))).errors).toEqual(['NOT_FOUND reviewId']);
    await Promise.all([report(anna, second.id), report(anna, second.id, 'Again.')]);
    await report(ben, second.id, 'Spam.');
    await report(anna, first.id);
    const found = await reported();
    expect(found.map((one) => one.review.id)).toEqual([second.id, first.id]);
    expect(found[0]).toMatchObject({ reportsCount: 2 });
    expect(found[0]?.reports[1]).toMatchObject({ reason: 'Spam.', reporter: { id: ben.id } });

    expect((await hide(second.id)).review).toMatchObject({ id: second.id, isHidden: true });
    expect((await hide(second.id)).errors).toEqual([]);
    expect((await show(first.id)).review).toMatchObject({ id: first.id, isHidden: false });
    expect(await reported()).toEqual([]);
    expect(await visibleReviews(social, listingId)).toEqual([first.id]);
    expect(await ratingOf(social, listingId)).toMatchObject({ average: 1, count: 1 });
    expect((await report(ben, second.id)).errors).toEqual(['NOT_FOUND reviewId']);
    // The author may change it; it stays hidden.
    expect((await review(social, second.user, listingId, 4)).review?.isHidden).toBe(true);
    await show(second.id);
    expect(await ratingOf(social, listingId)).toMatchObject({ average: 2.5, count: 2 });
    // A settled report is not made again; another user's is new.
    await report(anna, first.id);
    expect(await reported()).toEqual([]);
    await report(ben, first.id);
    expect(await reported()).toMatchObject([{ review: { id: first.id }, reportsCount: 1 }]);
  });

  it('are limited in number', async () => {
    const user = social.user();
    const { id } = await reviewer(social, newId());
    await social.dependencies.source.query(
      `WITH other AS (
         INSERT INTO review (id, listing_id, user_id, stars, created_at)
         SELECT uuidv7(), gen_random_uuid(), gen_random_uuid(), 5, now() FROM generate_series(1, 50) RETURNING id
       ) INSERT INTO review_report (review_id, user_id, reason, reported_at) SELECT id, $1, 'Spam.', now() FROM other`,
      [user.userId],
    );
    expect((await report(user, id)).errors).toEqual(['TOO_MANY_REPORTS reviewId']);
    await social.dependencies.source.query(
      `UPDATE review_report SET reported_at = reported_at - interval '25 hours' WHERE user_id = $1`,
      [user.userId],
    );
    expect((await report(user, id)).errors).toEqual([]);
  });
});

it('an erased person leaves no review, report or reply, and an export has them', async () => {
  const listingId = newId();
  const owner = await seller(listingId);
  const [{ user, id }, other] = [await reviewer(social, listingId, 1), await reviewer(social, listingId, 3)];
  await change(social, user, 'reportReview(reviewId: $id, reason: $reason)', {
    id: other.id,
    reason: 'Spam.',
  });
  await change(social, owner, 'replyToReview(reviewId: $id, text: $text)', { id: other.id, text: 'Thanks.' });
  const { source } = social.dependencies;
  const exported = (userId: string): Promise<Record<string, unknown[]>> =>
    source.manager.transaction(async (manager) => {
      const found: Record<string, unknown[]> = {};
      const parts = personExport(new PostgresGraphStore(source.manager))(manager, {
        userId,
        partnerId: null,
      });
      for (const { name, records } of parts)
        for await (const record of records) (found[name] ??= []).push(record);
      return found;
    });
  expect(await exported(user.userId)).toMatchObject({
    reviews: [{ stars: 1 }],
    reviewReports: [{ reason: 'Spam.' }],
  });
  expect(await exported(owner.userId)).toMatchObject({ reviewReplies: [{ replyText: 'Thanks.' }] });
  for (const { userId } of [user, owner])
    await social.command(
      socialCommands.erasePerson,
      { userId, partnerId: null },
      { sagaId: newId(), step: 'ERASE_SOCIAL' },
    );
  expect(await ratingOf(social, listingId)).toMatchObject({ average: 3, count: 1 });
  expect(await visibleReviews(social, listingId)).toEqual([other.id]);
  const rows: unknown[] = await source.query(
    `SELECT 1 FROM review WHERE $1 IN (user_id, replied_by) OR $2 IN (user_id, replied_by) OR reply_text = 'Thanks.'
     UNION ALL SELECT 1 FROM review_report WHERE user_id = $1`,
    [user.userId, owner.userId],
  );
  expect(rows).toEqual([]);
  expect(id).not.toBe(other.id);
});

it('lists the ratings that changed for replicas', async () => {
  const { manager } = social.dependencies.source;
  const listingId = newId();
  const before = await readRatings(manager, null);
  let since = before.next;
  if (before.more) throw new Error('There are more ratings than one page has.');
  await reviewer(social, listingId, 2);
  const changed = await readRatings(manager, since);
  expect(changed.items).toContainEqual({ listingId, votes: [0, 1, 0, 0, 0] });
  since = changed.next;
  const { user, id } = await reviewer(social, listingId, 5);
  await change(social, user, 'deleteReview(id: $id)', { id });
  const again = await readRatings(manager, since);
  expect(again.items).toContainEqual({ listingId, votes: [0, 1, 0, 0, 0] });
});
