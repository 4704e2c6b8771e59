import { randomUUID } from 'node:crypto';
import type { AccountUnderTest, Person } from './support/account.js';
import { errorsOf, registerMutation, registration, startAccount } from './support/account.js';

let account: AccountUnderTest;
let admin: Person;

beforeAll(async () => {
  account = await startAccount();
  admin = await account.admin();
});

afterAll(() => account.close());

interface UserPage {
  nodes: { email: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
  totalCountIsEstimate: boolean;
}

async function list(variables: object): Promise<UserPage> {
  const { data, errors } = await account.run(
    `query ($filter: UserFilter, $first: Int, $after: String) {
       users(filter: $filter, first: $first, after: $after) {
         nodes { email } pageInfo { hasNextPage endCursor } totalCount totalCountIsEstimate } }`,
    { ...variables },
    admin,
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return data?.['users'] as UserPage;
}

async function emailsOf(filter: object): Promise<string[]> {
  const { nodes, totalCount } = await list({ filter });
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ email }) => email);
}

async function registerAs(input: object): Promise<string> {
  const email = `${randomUUID()}@list.test`;
  await account.mutate(registerMutation, { input: { ...registration(email), ...input } });
  return email;
}

describe('users', () => {
  test('are searched by part of a name or e-mail address, with wildcards as letters', async () => {
    const percent = await registerAs({ firstName: 'Zoë', lastName: '100%_Müller\\' });
    const other = await registerAs({ firstName: 'Zora', lastName: '1000 Mueller' });
    expect(await emailsOf({ search: 'zoË' })).toEqual([percent]);
    expect(await emailsOf({ search: '0%_m' })).toEqual([percent]);
    expect(await emailsOf({ search: 'r\\' })).toEqual([percent]);
    expect(await emailsOf({ search: ' zo ' })).toEqual([other, percent]);
    expect(await emailsOf({ search: other.toUpperCase() })).toEqual([other]);
    expect(await emailsOf({ search: 'nobody has this' })).toEqual([]);
  });

  test('are restricted by role and status', async () => {
    const email = await registerAs({ firstName: 'Suspended' });
    await account.query(`UPDATE user_account SET status = 'SUSPENDED' WHERE email = $1`, [email]);
    expect(await emailsOf({ role: 'ADMIN' })).toEqual([admin.email]);
    expect(await emailsOf({ status: 'SUSPENDED' })).toEqual([email]);
    expect(await emailsOf({ status: 'SUSPENDED', role: 'ADMIN' })).toEqual([]);
  });

  test('come in pages, newest first, while others register', async () => {
    const emails: string[] = [];
    for (let index = 0; index < 5; index += 1) emails.unshift(await registerAs({ lastName: 'Pagewell' }));
    const filter = { search: 'pagewell' };
    const first = await list({ filter, first: 2 });
    await registerAs({ lastName: 'Pagewell' });
    const second = await list({ filter, first: 3, after: first.pageInfo.endCursor });
    expect([...first.nodes, ...second.nodes].map(({ email }) => email)).toEqual(emails);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect([first.totalCount, second.totalCount]).toEqual([5, 6]);
  });

  test('are for users:manage, and refuse pages out of bounds', async () => {
    const person = await account.register();
    for (const list of ['users', 'partners']) {
      const query = `{ ${list} { nodes { id } } }`;
      expect(errorsOf(await account.run(query))).toEqual([`UNAUTHENTICATED ${list}`]);
      expect(errorsOf(await account.run(query, {}, person))).toEqual([`FORBIDDEN ${list}`]);
      for (const page of ['first: 101', 'first: -1', 'after: "rubbish"']) {
        const bad = await account.run(`{ ${list}(${page}) { nodes { id } } }`, {}, admin);
        expect(errorsOf(bad)).toEqual([`BAD_USER_INPUT ${list}`]);
      }
    }
  });

  test('of 100,000 are found by the indexes', async () => {
    await account.query(
      `INSERT INTO user_account (id, email, email_verified, password_hash, first_name, last_name, display_name,
         roles, status, locale, time_zone, preferences, created_at)
       SELECT gen_random_uuid(), 'user' || n || '@many.test', true, '', 'Ada', md5(n::text), 'Ada',
         '{USER}', 'ACTIVE', 'en', 'UTC', '{}', now() FROM generate_series(1, 100000) AS n`,
    );
    await account.query('ANALYZE user_account');
    const plan = async (condition: string): Promise<string> =>
      JSON.stringify(
        await account.query(
          `EXPLAIN SELECT * FROM user_account u WHERE ${condition} ORDER BY id DESC LIMIT 21`,
        ),
      );
    expect(await plan(`user_search_text(u) LIKE '%user77777@%'`)).toContain('user_account_search');
    expect(await plan(`u.roles @> ARRAY['ADMIN']::text[]`)).toContain('user_account_administrators');
    expect(await plan(`u.status = 'SUSPENDED'`)).toContain('user_account_status_id');
    expect((await list({ filter: { search: 'user77777@' } })).nodes).toEqual([
      { email: 'user77777@many.test' },
    ]);
    expect(await list({ first: 0 })).toMatchObject({ totalCountIsEstimate: true });
  });
});

test('partners are listed by status, newest first', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    const registered = await account.mutate(
      'mutation { registerPartner(input: { name: "Costa" }) { partner { id } userErrors { code } } }',
      {},
      await account.register(),
    );
    ids.unshift((registered['partner'] as { id: string }).id);
  }
  await account.mutate(
    'mutation ($id: ID!) { verifyPartner(id: $id) { userErrors { code } } }',
    { id: ids[1] },
    admin,
  );
  const query = `query ($status: PartnerStatus, $first: Int, $after: String) {
    partners(status: $status, first: $first, after: $after) {
      nodes { id status } pageInfo { endCursor hasNextPage } totalCount } }`;
  const page = async (variables: object) =>
    (await account.run(query, { ...variables }, admin)).data?.['partners'] as {
      nodes: { id: string }[];
      pageInfo: { endCursor: string };
      totalCount: number;
    };
  expect(await page({ status: 'PENDING' })).toMatchObject({
    nodes: [{ id: ids[0], status: 'PENDING' }, { id: ids[2] }],
    totalCount: 2,
  });
  const first = await page({ first: 2 });
  expect(first.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(await page({ first: 2, after: first.pageInfo.endCursor })).toMatchObject({
    nodes: [{ id: ids[2] }],
    pageInfo: { hasNextPage: false },
  });
});
