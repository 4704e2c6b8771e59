import { accountStates } from '@souk/shared/contracts/account';
import { orderEvents } from '@souk/shared/contracts/order';
import { openDataSource } from '@souk/shared/db/data-source';
import { newId } from '@souk/shared/ids';
import { entities, migrations } from '@souk/social/database';
import { findContacts } from '@souk/social/domain/user-projection';
import { ContactData1765700000000 } from '@souk/social/migrations/1765700000000-contact-data';
import { eventMessage } from '../../../tests/support/events.js';
import type { SubgraphUnderTest, TestUser } from '../../../tests/support/subgraph.js';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';
import { until } from '../../../tests/support/until.js';
import { follow, notificationsOf, person, sendFollow, startSocial } from './support/social.js';

let social: SubgraphUnderTest;

beforeAll(async () => {
  social = await startSocial();
});
afterAll(() => social.close());

const contactsOf = (...userIds: string[]): ReturnType<typeof findContacts> =>
  findContacts(social.dependencies.source.manager, userIds);
const statusOf = async (userId: string): Promise<string | undefined> =>
  (
    await social.dependencies.source.query<{ status: string }[]>(
      'SELECT status FROM known_user WHERE user_id = $1',
      [userId],
    )
  )[0]?.status;
const set = async (userId: string, change: Parameters<typeof person>[1] = {}): Promise<void> => {
  const item = person(userId, change);
  social.states.put(accountStates.people, userId, item);
  await until('social to know the change', async () => (await statusOf(userId)) === item.status);
};

test('has the contact data of people as account lists them', async () => {
  const userId = newId();
  await set(userId);
  const { contact } = person(userId);
  expect(await contactsOf(userId, newId())).toEqual([{ userId, status: 'ACTIVE', ...contact }]);
  const moved = {
    email: 'moved@example.com',
    isEmailVerified: false,
    phone: '+4930123456',
    displayName: 'Ada',
    locale: 'de',
    timeZone: 'Europe/Berlin',
  };
  social.states.put(accountStates.people, userId, { userId, status: 'ACTIVE', contact: moved });
  await until('the new address', async () => (await contactsOf(userId))[0]?.email === moved.email);
  expect(await contactsOf(userId)).toEqual([{ userId, status: 'ACTIVE', ...moved }]);
});

test('keeps nothing of a deleted account but its id, and all of a suspended one', async () => {
  const [deleted, suspended] = [newId(), newId()];
  for (const userId of [deleted, suspended]) await set(userId);
  await set(deleted, { status: 'DELETED', contact: null });
  await set(suspended, { status: 'SUSPENDED' });
  expect(await contactsOf(deleted, suspended)).toMatchObject([{ userId: suspended, status: 'SUSPENDED' }]);
  const [row] = await social.dependencies.source.query<object[]>(
    'SELECT * FROM known_user WHERE user_id = $1',
    [deleted],
  );
  expect(Object.values(row ?? {}).filter((value) => value !== null)).toEqual([deleted, 'DELETED']);
});

test('nobody can follow a deleted account, and a suspended one can be followed', async () => {
  const [anna, deleted, suspended] = [social.user(), social.user(), social.user()];
  await set(deleted.userId, { status: 'DELETED', contact: null });
  await set(suspended.userId, { status: 'SUSPENDED' });
  expect(await sendFollow(social, anna, deleted.id)).toMatchObject({
    user: null,
    userErrors: [{ code: 'NOT_FOUND' }],
  });
  expect((await sendFollow(social, anna, suspended.id)).userErrors).toEqual([]);
});

test('notifies suspended people, and none whose account is deleted', async () => {
  const refunded = (user: TestUser): ReturnType<typeof eventMessage> => {
    const orderId = newId();
    return eventMessage('social', orderEvents.orderRefunded, orderId, {
      userId: user.userId,
      orderId,
      orderNumber: 'SO-1',
      refunded: { amount: 100, currency: 'EUR' },
      position: 1,
    });
  };
  const [deleted, suspended] = [social.user(), social.user()];
  await set(deleted.userId, { status: 'DELETED', contact: null });
  await set(suspended.userId, { status: 'SUSPENDED' });
  await social.send(refunded(deleted), refunded(suspended));
  await until('a notification', async () => (await notificationsOf(social, suspended)).length === 1);
  await follow(social, social.user(), suspended.id);
  expect(await notificationsOf(social, deleted)).toEqual([]);
});

test('forgets people whom account has lost with a restored backup', async () => {
  const [lost, left] = [newId(), newId()];
  for (const userId of [lost, left]) await set(userId);
  social.states.lose(accountStates.people, lost);
  await until('the loss', async () => (await statusOf(lost)) === undefined);
  expect(await contactsOf(lost, left)).toMatchObject([{ userId: left }]);
});

test('goes on with the people of before while account is away', async () => {
  const [anna, ben, carl] = [social.user(), social.user(), social.user()];
  await set(ben.userId);
  social.states.problem = new Error('account is away');
  expect((await sendFollow(social, anna, ben.id)).userErrors).toEqual([]);
  social.states.put(accountStates.people, carl.userId, person(carl.userId));
  social.states.problem = null;
  expect((await sendFollow(social, anna, carl.id)).userErrors).toEqual([]);
});

test('users of a database of before stay known', async () => {
  const url = freshDatabaseUrl('social_before');
  const open = (all: typeof migrations): ReturnType<typeof openDataSource> =>
    openDataSource({ url, applicationName: 'test-social-before', entities, migrations: all, poolSize: 1 });
  const older = await open(migrations.slice(0, migrations.indexOf(ContactData1765700000000)));
  await older.query('INSERT INTO known_user VALUES ($1)', [newId()]);
  await older.destroy();
  const newer = await open(migrations);
  expect(await newer.query('SELECT status, email FROM known_user')).toEqual([
    { status: 'ACTIVE', email: null },
  ]);
  await newer.destroy();
});
