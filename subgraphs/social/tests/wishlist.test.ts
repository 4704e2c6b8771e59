import { socialCommands } from '@souk/shared/contracts/social';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { newId, toApiId } from '@souk/shared/ids';
import { personExport } from '@souk/social/domain/deletion/person-export';
import { alertMessageName, wishersPerStep } from '@souk/social/domain/wishlist/wishlist-alert';
import { maxWishlist } from '@souk/social/domain/wishlist/wishlist';
import { PostgresGraphStore } from '@souk/social/graph-store/postgres';
import { eventMessage } from '../../../tests/support/events.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import {
  addKnownUser,
  codesOf,
  dataOf,
  notificationsOf,
  queryUsers,
  startSocial,
  waitUntilIdle,
} from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});
afterAll(() => social.close());

const sql = <Row>(text: string, parameters: unknown[] = []): Promise<Row[]> =>
  social.dependencies.source.query<Row[]>(text, parameters);

const apiIdOf = (listingId: string): string => toApiId('listing', listingId);

async function change(
  mutation: 'addToWishlist' | 'removeFromWishlist',
  user: TestUser,
  listingId: string,
): Promise<{ listing: { id: string } | null; userErrors: object[] }> {
  const result = await social.run(
    `mutation ($id: ID!) { payload: ${mutation}(listingId: $id) {
       listing { id } userErrors { __typename code field ... on WishlistFullError { limit } }
     } }`,
    { id: listingId },
    user,
  );
  return dataOf<{ payload: Awaited<ReturnType<typeof change>> }>(result).payload;
}

async function add(user: TestUser, ...listingIds: string[]): Promise<void> {
  for (const id of listingIds)
    expect(await change('addToWishlist', user, apiIdOf(id))).toEqual({
      listing: { id: apiIdOf(id) },
      userErrors: [],
    });
}

interface Page {
  edges: { cursor: string }[];
  nodes: { listing: { id: string } | null; addedAt: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

async function pageOf(user: TestUser, page = ''): Promise<Page> {
  const [found] = await queryUsers<{ wishlist: Page }>(
    social,
    [user.id],
    `wishlist${page} { edges { cursor } nodes { listing { id } addedAt } pageInfo { hasNextPage endCursor } }`,
    user,
  );
  return found!.wishlist;
}

const listingsOf = async (user: TestUser): Promise<(string | undefined)[]> =>
  (await pageOf(user)).nodes.map(({ listing }) => listing?.id);

const notFound = {
  listing: null,
  userErrors: [{ __typename: 'InputError', code: 'NOT_FOUND', field: ['listingId'] }],
};

it('has the listing added last first, each once, page by page', async () => {
  const user = social.user();
  const [first, second, third] = [newId(), newId(), newId()];
  await add(user, first, second, third, second);
  expect(await listingsOf(user)).toEqual([third, second, first].map(apiIdOf));
  const page = await pageOf(user, '(first: 2)');
  expect(page).toMatchObject({ nodes: [{}, {}], pageInfo: { hasNextPage: true } });
  expect(await pageOf(user, `(first: 2, after: "${page.pageInfo.endCursor ?? ''}")`)).toMatchObject({
    nodes: [{ listing: { id: apiIdOf(first) }, addedAt: expect.stringMatching(/^20/) as string }],
    pageInfo: { hasNextPage: false },
  });
  for (let times = 0; times < 2; times += 1)
    expect(await change('removeFromWishlist', user, apiIdOf(second))).toEqual({
      listing: { id: apiIdOf(second) },
      userErrors: [],
    });
  expect(await listingsOf(user)).toEqual([third, first].map(apiIdOf));
});

it('is readable by its owner only', async () => {
  const [owner, other] = [social.user(), social.user()];
  await add(owner, newId());
  for (const [caller, code] of [
    [other, 'FORBIDDEN'],
    [null, 'UNAUTHENTICATED'],
  ] as const) {
    const result = await social.run(
      'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { wishlist { nodes { addedAt } } } } }',
      { of: [{ __typename: 'User', id: owner.id }] },
      caller,
    );
    expect(result.data).toEqual({ _entities: [{ wishlist: null }] });
    expect(codesOf(result)).toEqual([code]);
  }
});

it('has at most 1,000 listings, also when two are added at once', async () => {
  const user = social.user();
  await sql(
    'INSERT INTO wishlist_item SELECT $1, gen_random_uuid(), uuidv7(), now() FROM generate_series(2, $2::int)',
    [user.userId, maxWishlist],
  );
  const ids = [newId(), newId(), newId(), newId()];
  const payloads = await Promise.all(ids.map((id) => change('addToWishlist', user, apiIdOf(id))));
  expect(payloads.filter(({ listing }) => listing)).toHaveLength(1);
  expect(payloads.flatMap(({ userErrors }) => userErrors)).toEqual(
    Array.from({ length: 3 }, () => ({
      __typename: 'WishlistFullError',
      code: 'WISHLIST_FULL',
      field: ['listingId'],
      limit: maxWishlist,
    })),
  );
  // One that is there already is no further one.
  const present = payloads.find(({ listing }) => listing)?.listing?.id ?? '';
  expect((await change('addToWishlist', user, present)).userErrors).toEqual([]);
});

it('leaves out what is not on sale until it is again, and forgets what is deleted', async () => {
  const [user, other] = [social.user(), social.user()];
  const [archived, deleted, left] = [newId(), newId(), newId()];
  await add(user, archived, deleted, left);
  await add(other, deleted);
  const setStatus = (status: string): Promise<unknown> =>
    sql(
      `INSERT INTO known_listing VALUES ($1, $2, NULL) ON CONFLICT (listing_id) DO UPDATE SET status = excluded.status`,
      [archived, status],
    );
  await setStatus('ARCHIVED');
  await social.send(eventMessage('social', catalogEvents.listingDeleted, deleted, { listingId: deleted }));
  await waitUntilIdle(social);
  expect(await listingsOf(user)).toEqual([apiIdOf(left)]);
  expect(await sql('SELECT 1 FROM wishlist_item WHERE listing_id = $1', [deleted])).toEqual([]);
  expect(await change('addToWishlist', user, apiIdOf(deleted))).toEqual(notFound);
  expect(await change('addToWishlist', user, 'nonsense')).toEqual(notFound);
  expect(await change('removeFromWishlist', user, user.id)).toEqual(notFound);
  await setStatus('PUBLISHED');
  expect(await listingsOf(user)).toEqual([left, archived].map(apiIdOf));
});

it('is in the export of its owner, and ends with their account', async () => {
  const user = social.user();
  await addKnownUser(social, user.userId);
  const listingId = newId();
  await add(user, listingId);
  const found = await social.dependencies.source.transaction(async (manager) => {
    const records = personExport(new PostgresGraphStore(manager))(manager, {
      userId: user.userId,
      partnerId: null,
    });
    const listings: unknown[] = [];
    for (const { name, records: items } of records)
      if (name === 'wishlist') for await (const record of items) listings.push(record);
    return listings;
  });
  expect(found).toMatchObject([{ listingId }]);
  await social.command(
    socialCommands.erasePerson,
    { userId: user.userId, partnerId: null },
    { sagaId: newId(), step: 'ERASE_SOCIAL' },
  );
  expect(await sql('SELECT 1 FROM wishlist_item WHERE user_id = $1', [user.userId])).toEqual([]);
});

describe('an alert', () => {
  const restock = (listingId: string): Promise<void> =>
    social.send(
      eventMessage('social', catalogEvents.offerRestocked, listingId, {
        ...{ listingId, offerId: newId(), title: 'Friday evening', listingTitle: 'Old town at dusk' },
      }),
    );
  const typesOf = async (user: TestUser): Promise<string[]> =>
    (await notificationsOf(social, user)).map(({ type }) => type);

  /** Lets a day pass since the alerts of a listing. */
  const passDay = (listingId: string): Promise<unknown> =>
    sql("UPDATE wishlist_alert SET started_at = started_at - interval '1 day' WHERE listing_id = $1", [
      listingId,
    ]);

  it('tells of units that are back and of lower prices, each at most once a day', async () => {
    const [user, other] = [social.user(), social.user()];
    const listingId = newId();
    await add(user, listingId);
    await add(other, newId());
    for (let times = 0; times < 3; times += 1) await restock(listingId);
    const offerId = newId();
    for (const amount of [1_900, 1_800])
      await social.send(
        eventMessage('social', catalogEvents.offerPriceLowered, listingId, {
          ...{ listingId, offerId, title: 'Friday evening', listingTitle: 'Old town at dusk' },
          ...{ price: { amount, currency: 'EUR' }, previousPrice: { amount: 2_500, currency: 'EUR' } },
        }),
      );
    await waitUntilIdle(social);
    expect((await notificationsOf(social, user)).sort((a, b) => (a.type < b.type ? -1 : 1))).toMatchObject([
      {
        type: 'BACK_IN_STOCK',
        title: '“Old town at dusk” is available again',
        body: '“Old town at dusk” (Friday evening) can be bought again. It is on your wishlist.',
      },
      {
        type: 'PRICE_DROPPED',
        body: '“Old town at dusk” (Friday evening) costs €19.00 now, instead of €25.00. It is on your wishlist.',
        data: { listingId: apiIdOf(listingId), offerId: toApiId('offer', offerId) },
      },
    ]);
    expect(await typesOf(other)).toEqual([]);
    await passDay(listingId);
    await restock(listingId);
    await waitUntilIdle(social);
    expect((await typesOf(user)).filter((type) => type === 'BACK_IN_STOCK')).toHaveLength(2);
  });

  it('reaches everybody once, in batches, also when a message comes twice', async () => {
    const listingId = newId();
    const wishers = wishersPerStep * 2 + 7;
    await sql(
      `WITH wisher AS (SELECT gen_random_uuid() AS id FROM generate_series(1, $2::int)),
         quiet AS (INSERT INTO notification_preference SELECT id, 'BACK_IN_STOCK', '{IN_APP}' FROM wisher)
       INSERT INTO wishlist_item SELECT id, $1, uuidv7(), now() FROM wisher`,
      [listingId, wishers],
    );
    await restock(listingId);
    let isRepeated = false;
    const result = await until('the alert to end', async () => {
      const [alert] = await sql<{ id: string; finished_at: Date | null }>(
        'SELECT id, finished_at FROM wishlist_alert WHERE listing_id = $1',
        [listingId],
      );
      if (!alert?.finished_at) {
        if (alert && !isRepeated)
          await social.send({
            ...{ queue: 'social', name: alertMessageName },
            body: { alertId: alert.id, listingId, type: 'BACK_IN_STOCK' },
          });
        isRepeated = alert !== undefined;
        return null;
      }
      return sql<object>(
        `SELECT count(DISTINCT user_id)::int AS people, count(*)::int AS notifications,
           count(DISTINCT created_at)::int >= 3 AS "inBatches"
         FROM notification WHERE data ->> 'listingId' = $1`,
        [apiIdOf(listingId)],
      );
    });
    expect(result).toEqual([{ people: wishers, notifications: wishers, inBatches: true }]);
  });

  it('ends when the listing is not on sale any more, and begins for nobody without a wish', async () => {
    const [user, listingId, unwanted] = [social.user(), newId(), newId()];
    await add(user, listingId);
    await sql("INSERT INTO known_listing VALUES ($1, 'ARCHIVED', NULL)", [listingId]);
    await restock(listingId);
    await restock(unwanted);
    await waitUntilIdle(social);
    expect(await typesOf(user)).toEqual([]);
    expect(await sql('SELECT 1 FROM wishlist_alert WHERE listing_id = $1', [unwanted])).toEqual([]);
  });
});
