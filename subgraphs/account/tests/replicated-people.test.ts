import { readPeople } from '@souk/account/domain/identity/people';
import { ensureAdministrator } from '@souk/account/domain/identity/administrator';
import { readPartners } from '@souk/account/domain/partner/partners';
import { entities, migrations } from '@souk/account/database';
import { ReplicatedPeople1765700100000 } from '@souk/account/migrations/1765700100000-replicated-people';
import type { PersonItem } from '@souk/shared/contracts/account';
import { accountStates } from '@souk/shared/contracts/account';
import { Database } from '@souk/shared/db/database';
import { openDataSource } from '@souk/shared/db/data-source';
import { createLog } from '@souk/shared/log';
import type { EntityManager } from 'typeorm';
import { freshDatabaseUrl } from '../../../tests/support/database-template.js';
import type { AccountUnderTest, Person } from './support/account.js';
import { startAccount } from './support/account.js';

let account: AccountUnderTest;
let manager: EntityManager;
let since: string | null;

beforeAll(async () => {
  account = await startAccount();
  ({ manager } = account.subgraph.dependencies.source);
});
afterAll(() => account.close());

beforeEach(async () => {
  since = (await readPeople(manager, null)).next;
});

/** The people who changed since the test began, or since the last call. */
async function changed(): Promise<PersonItem[]> {
  const { items, next, more } = await readPeople(manager, since);
  expect(more).toBe(false);
  since = next;
  return items.map((item) => accountStates.people.item.parse(item));
}
const setStatus = (person: Person, status: string): Promise<unknown> =>
  account.query('UPDATE user_account SET status = $2 WHERE id = $1', [person.userId, status]);
const updateProfile = (person: Person, input: object): Promise<unknown> =>
  account.mutate(
    'mutation ($input: ProfileInput!) { updateProfile(input: $input) { userErrors { code } } }',
    { input },
    person,
  );

test('lists a person with their contact data, and after each change of it', async () => {
  const person = await account.register();
  const contact = {
    email: person.email,
    isEmailVerified: false,
    phone: null,
    displayName: expect.any(String) as string,
    locale: 'en',
    timeZone: 'UTC',
  };
  expect(await changed()).toEqual([{ userId: person.userId, status: 'ACTIVE', contact }]);
  const phone = '+4930123456';
  await updateProfile(person, { displayName: 'Ada', locale: 'de', timeZone: 'Europe/Berlin', phone });
  expect(await changed()).toEqual([
    {
      userId: person.userId,
      status: 'ACTIVE',
      contact: { ...contact, displayName: 'Ada', locale: 'de', timeZone: 'Europe/Berlin', phone },
    },
  ]);
});

test('lists no change of other data, of logins or of preferences', async () => {
  const person = await account.register();
  expect(await changed()).toHaveLength(1);
  await updateProfile(person, { preferences: { theme: 'dark' } });
  await account.query("UPDATE user_account SET password_hash = password_hash || ' ' WHERE id = $1", [
    person.userId,
  ]);
  await account.refresh(person.refreshToken);
  expect(await changed()).toEqual([]);
});

test('lists suspended people with their data, and deleted ones without', async () => {
  const person = await account.register();
  await changed();
  await setStatus(person, 'SUSPENDED');
  expect(await changed()).toMatchObject([{ status: 'SUSPENDED', contact: { email: person.email } }]);
  await setStatus(person, 'DELETED');
  expect(await changed()).toEqual([{ userId: person.userId, status: 'DELETED', contact: null }]);
});

test('has nothing secret', async () => {
  await account.register();
  const text = JSON.stringify(await readPeople(manager, null));
  expect(text).toContain('@souk.test');
  expect(text).not.toMatch(/argon2|password|roles/);
});

test('lists the administrator and everybody, partners too, of a database of before', async () => {
  const url = freshDatabaseUrl('account_before');
  const open = (all: typeof migrations): ReturnType<typeof openDataSource> =>
    openDataSource({ url, applicationName: 'test-account-before', entities, migrations: all, poolSize: 2 });
  const older = await open(migrations.slice(0, migrations.indexOf(ReplicatedPeople1765700100000)));
  await older.query(
    `INSERT INTO user_account (id, email, email_verified, password_hash, first_name, last_name, display_name,
       roles, status, locale, time_zone, preferences, created_at)
     SELECT uuidv7(), n || '@souk.test', false, '', 'A', 'B', 'A B', '{USER}', 'ACTIVE', 'en', 'UTC', '{}', now()
     FROM generate_series(1, 1200) AS n`,
  );
  await older.query(
    `INSERT INTO partner (id, owner_id, name, slug, status, status_changed_at, created_at)
     SELECT uuidv7(), id, 'P', email, 'VERIFIED', now(), now() FROM user_account LIMIT 3`,
  );
  await older.destroy();
  const newer = await open(migrations);
  try {
    const log = createLog('test', 'silent');
    const database = new Database(newer, () => Promise.resolve(), log);
    await ensureAdministrator(
      database,
      { email: 'root@souk.test', password: 'a long test password' },
      new Date(),
      log,
    );
    const first = await readPeople(newer.manager, null);
    expect([first.items.length, first.more]).toEqual([1_000, true]);
    const second = await readPeople(newer.manager, first.next);
    expect([second.items.length, second.more]).toEqual([201, false]);
    expect((await readPartners(newer.manager, null)).items).toHaveLength(3);
  } finally {
    await newer.destroy();
  }
});
