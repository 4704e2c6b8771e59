import type { OrderRefunded } from '@souk/shared/contracts/social';
import { newId, toApiId } from '@souk/shared/ids';
import { purgeNotifications } from '@souk/social/domain/notification';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import {
  queryUsers,
  codesOf,
  dataOf,
  follow,
  notificationsOf,
  waitUntilIdle,
  startSocial,
} from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});

afterAll(() => social.close());

/** Somebody with that many unread notifications. */
async function reader(count: number): Promise<TestUser> {
  const user = social.user();
  for (let n = 0; n < count; n += 1) await follow(social, social.user(), user.id);
  return user;
}

const markRead = (id: string, caller: TestUser): ReturnType<typeof social.run> =>
  social.run(
    'mutation ($id: ID!) { markNotificationRead(id: $id) { notification { id readAt } userErrors { code field } } }',
    { id },
    caller,
  );

interface MarkedRead {
  markNotificationRead: { notification: { id: string; readAt: string } | null; userErrors: object[] };
}

describe('notifications', () => {
  it('page from the newest, all or the unread', async () => {
    const user = await reader(4);
    const all = await notificationsOf(social, user);
    expect(all).toHaveLength(4);
    await markRead(all[1]?.id ?? '', user);

    const unread = (after: string | null): string => `unreadNotifications
      notifications(unreadOnly: true, first: 2, after: ${JSON.stringify(after)}) {
        totalCount nodes { id } edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor }
      }`;
    const [first] = await queryUsers<UnreadPage>(social, [user.id], unread(null), user);
    expect(first?.unreadNotifications).toBe(3);
    expect(first?.notifications).toMatchObject({
      totalCount: 3,
      nodes: [{ id: all[0]?.id }, { id: all[2]?.id }],
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    const endCursor = first?.notifications.pageInfo.endCursor ?? null;
    const [second] = await queryUsers<UnreadPage>(social, [user.id], unread(endCursor), user);
    expect(second?.notifications).toMatchObject({
      nodes: [{ id: all[3]?.id }],
      pageInfo: { hasNextPage: false, hasPreviousPage: true },
    });
  });

  it('take null for their arguments', async () => {
    const user = await reader(1);
    const fields = 'notifications(unreadOnly: null, first: null, after: null) { totalCount }';
    expect(await queryUsers(social, [user.id], fields, user)).toEqual([{ notifications: { totalCount: 1 } }]);
  });

  it.each(['notifications { totalCount }', 'unreadNotifications'])(
    'are for their recipient alone: %s',
    async (field) => {
      const user = await reader(1);
      const ask = (caller: TestUser | null): ReturnType<typeof social.run> =>
        social.run(
          `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { id ${field} } } }`,
          { of: [{ __typename: 'User', id: user.id }] },
          caller,
        );
      const strangers = await ask(social.user(['USER', 'ADMIN']));
      expect(codesOf(strangers)).toEqual(['FORBIDDEN']);
      expect(strangers.data).toMatchObject({ _entities: [{ id: user.id }] });
      expect(codesOf(await ask(null))).toEqual(['UNAUTHENTICATED']);
    },
  );

  it('resolve by reference, for their recipient alone', async () => {
    const user = await reader(2);
    const all = await notificationsOf(social, user);
    const references = [...all.map((each) => each.id), toApiId('notification', newId()), 'nonsense'];
    const ask = async (caller: TestUser | null): Promise<object> =>
      dataOf(
        await social.run(
          'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Notification { id title } } }',
          { of: references.map((id) => ({ __typename: 'Notification', id })) },
          caller,
        ),
      );
    expect(await ask(user)).toEqual({
      _entities: [...all.map(({ id, title }) => ({ id, title })), null, null],
    });
    expect(await ask(social.user())).toEqual({ _entities: [null, null, null, null] });
    expect(await ask(null)).toEqual({ _entities: [null, null, null, null] });
  });
});

describe('reading', () => {
  it('keeps the time of the first reading', async () => {
    const user = await reader(1);
    const [unread] = await notificationsOf(social, user);
    const id = unread?.id ?? '';
    const first = dataOf<MarkedRead>(await markRead(id, user)).markNotificationRead;
    expect(first).toEqual({ notification: { id, readAt: expect.any(String) as string }, userErrors: [] });
    const second = dataOf<MarkedRead>(await markRead(id, user)).markNotificationRead;
    expect(second.notification?.readAt).toBe(first.notification?.readAt);
    expect(await queryUsers(social, [user.id], 'unreadNotifications', user)).toEqual([
      { unreadNotifications: 0 },
    ]);
  });

  it("finds no notification that is another's, unknown, or none at all", async () => {
    const user = await reader(1);
    const [unread] = await notificationsOf(social, user);
    const [caller, id] = [social.user(['ADMIN']), unread?.id ?? ''];
    for (const wrong of [id, toApiId('notification', newId()), toApiId('order', newId()), 'nonsense']) {
      expect(dataOf(await markRead(wrong, caller))).toEqual({
        markNotificationRead: { notification: null, userErrors: [{ code: 'NOT_FOUND', field: ['id'] }] },
      });
    }
    expect(await notificationsOf(social, user)).toMatchObject([{ id, readAt: null }]);
  });

  it("reads off all of the caller's and nobody else's", async () => {
    const [user, other] = [await reader(3), await reader(1)];
    const result = await social.run(
      'mutation { markAllNotificationsRead { ok userErrors { code } } }',
      {},
      user,
    );
    expect(dataOf(result)).toEqual({ markAllNotificationsRead: { ok: true, userErrors: [] } });
    expect((await notificationsOf(social, user)).map((each) => each.readAt)).not.toContain(null);
    expect(await notificationsOf(social, other)).toMatchObject([{ readAt: null }]);
  });
});

describe('the bound', () => {
  const store = async (
    user: TestUser,
    count: number,
    columns: { readAt: string; createdAt: string },
  ): Promise<void> => {
    await social.dependencies.source.query(
      `INSERT INTO notification (id, user_id, type, title, body, data, dedupe_key, read_at, created_at)
       SELECT ('01890000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, $1, 'ORDER_COMPLETED', '', '', '{}',
         'test/' || n, CASE WHEN ${columns.readAt} THEN now() END, ${columns.createdAt}
       FROM (SELECT (SELECT count(*) FROM notification) + n AS n FROM generate_series(1, $2) AS n) AS numbered`,
      [user.userId, count],
    );
  };
  const countsOf = async ({ userId }: TestUser): Promise<{ unread: number; read: number }> => {
    const [counts]: { unread: number; read: number }[] = await social.dependencies.source.query(
      `SELECT count(*) FILTER (WHERE read_at IS NULL)::int AS unread,
         count(*) FILTER (WHERE read_at IS NOT NULL)::int AS read FROM notification WHERE user_id = $1`,
      [userId],
    );
    return counts ?? { unread: 0, read: 0 };
  };

  beforeEach(() => social.dependencies.source.query('DELETE FROM notification'));

  it('is a thousand notifications of one user: the oldest that were read go first', async () => {
    const user = social.user();
    await store(user, 1_000, { readAt: 'n % 4 = 0', createdAt: 'now()' });
    const other = await reader(1);
    await follow(social, social.user(), user.id);
    expect(await countsOf(user)).toEqual({ unread: 751, read: 149 });
    const [oldestRead]: { n: number }[] = await social.dependencies.source.query(
      `SELECT min(split_part(dedupe_key, '/', 2)::int) AS n FROM notification
       WHERE user_id = $1 AND read_at IS NOT NULL`,
      [user.userId],
    );
    expect(oldestRead?.n).toBe(4 * 102);
    expect(await countsOf(other)).toEqual({ unread: 1, read: 0 });
  });

  it('takes the oldest unread where none was read, and the newest stays', async () => {
    const user = social.user();
    await store(user, 1_000, { readAt: 'false', createdAt: 'now()' });
    const follower = social.user();
    await follow(social, follower, user.id);
    expect(await countsOf(user)).toEqual({ unread: 900, read: 0 });
    expect((await notificationsOf(social, user))[0]).toMatchObject({ data: { userId: follower.id } });
  });

  it('holds for notifications that are written at the same moment', async () => {
    const user = social.user();
    await store(user, 990, { readAt: 'true', createdAt: 'now()' });
    await Promise.all(Array.from({ length: 40 }, () => follow(social, social.user(), user.id)));
    const { unread, read } = await countsOf(user);
    expect(unread).toBe(40);
    expect(unread + read).toBeLessThanOrEqual(1_000);
  });

  it('is ninety days: two processes delete what is older, in batches and by its index', async () => {
    const { source } = social.dependencies;
    await store(social.user(), 12_000, { readAt: 'false', createdAt: "now() - interval '91 days'" });
    await store(social.user(), 10, { readAt: 'false', createdAt: "now() - interval '89 days'" });
    await source.query('ANALYZE notification');
    const plan: unknown = await source.query(
      `EXPLAIN SELECT id FROM notification WHERE created_at < now() - interval '90 days'
       ORDER BY created_at LIMIT 5000 FOR UPDATE SKIP LOCKED`,
    );
    expect(JSON.stringify(plan)).toContain('notification_created_at');
    const statements = jest.spyOn(source.logger, 'logQuery');
    await Promise.all([
      purgeNotifications(source.manager, new Date()),
      purgeNotifications(source.manager, new Date()),
    ]);
    expect(statements.mock.calls.length).toBeGreaterThan(2);
    statements.mockRestore();
    await purgeNotifications(source.manager, new Date());
    expect(await source.query('SELECT 1 FROM notification')).toHaveLength(10);
  });
});

interface UnreadPage {
  unreadNotifications: number;
  notifications: { nodes: { id: string }[]; pageInfo: { endCursor: string | null } };
}

it('a buyer is told once of each refund of an order', async () => {
  const user = social.user();
  const orderId = newId();
  const tell = (position: number, amount: number): Promise<void> =>
    social.send({
      queue: 'social',
      name: 'orderRefunded',
      body: {
        userId: user.userId,
        orderId,
        orderNumber: 'S-ABCDEFGH',
        refunded: { amount, currency: 'EUR' },
        position,
      } satisfies OrderRefunded,
    });
  await tell(4, 700);
  await tell(4, 700);
  await tell(6, 300);
  await waitUntilIdle(social);
  const told = await notificationsOf(social, user);
  expect(told.map(({ type, body }) => `${type}: ${body}`).toSorted()).toEqual([
    'ORDER_REFUNDED: €3.00 go back to where they came from.',
    'ORDER_REFUNDED: €7.00 go back to where they came from.',
  ]);
  expect(told[0]?.data).toEqual({ orderId: toApiId('order', orderId), orderNumber: 'S-ABCDEFGH' });
});
