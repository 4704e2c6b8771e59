import { cacheDependenciesHeader, cacheDependenciesOf } from '@souk/shared/graph/cache-dependencies';
import { newId, toApiId } from '@souk/shared/ids';
import type { AccountUnderTest, Payload, Person } from './support/account.js';
import { errorsOf, userErrorsOf, startAccount } from './support/account.js';

let account: AccountUnderTest;
let ada: Person;
let other: Person;
let admin: Person;

beforeAll(async () => {
  account = await startAccount();
  [ada, other, admin] = await Promise.all([account.register(), account.register(), account.admin()]);
});

afterAll(() => account.close());

const privateFields = [
  'email',
  'emailVerified',
  'firstName',
  'lastName',
  'phone',
  'roles',
  'status',
  'locale',
  'timeZone',
  'preferences',
  'mfaEnabled',
];
const userQuery = `query ($id: ID!) { user(id: $id) {
  id displayName avatarUrl memberSince ${privateFields.join(' ')} addresses { id } sessions { id }
} }`;

function update(input: Record<string, unknown>): Promise<Payload> {
  return account.mutate(
    `mutation ($input: ProfileInput!) { updateProfile(input: $input) {
       user { firstName lastName displayName avatarUrl phone locale timeZone preferences } userErrors { code message field }
     } }`,
    { input },
    ada,
  );
}

describe('privacy', () => {
  const allPrivate = [...privateFields, 'addresses', 'sessions'];

  test('the user and users:manage read all fields', async () => {
    for (const caller of [ada, admin]) {
      const { data, errors } = await account.run(userQuery, { id: ada.id }, caller);
      expect(errors).toBeUndefined();
      expect(data).toMatchObject({ user: { id: ada.id, email: ada.email } });
    }
  });

  test('another user reads the public fields, and gets FORBIDDEN for each private one', async () => {
    const result = await account.run(userQuery, { id: ada.id }, other);
    expect(errorsOf(result).sort()).toEqual(allPrivate.map((field) => `FORBIDDEN user.${field}`).sort());
    expect(result.data).toMatchObject({
      user: { id: ada.id, displayName: 'Ada L.', email: null, addresses: null },
    });
  });

  test('an anonymous caller reads the public fields only', async () => {
    const result = await account.run(userQuery, { id: ada.id });
    expect(errorsOf(result).sort()).toEqual(allPrivate.map((field) => `FORBIDDEN user.${field}`).sort());
    expect(result.data).toMatchObject({ user: { displayName: 'Ada L.' } });
  });

  test('an answer with a private field must not be cached, whoever reads it', async () => {
    for (const caller of [ada, other, admin, undefined]) {
      for (const field of allPrivate) {
        const selection = ['addresses', 'sessions'].includes(field) ? `${field} { id }` : field;
        const result = await account.subgraph.app.execute({
          query: `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { displayName ${selection} } } }`,
          variables: { of: [{ __typename: 'User', id: ada.id }] },
          headers: {
            [cacheDependenciesHeader]: '1',
            ...(caller && { authorization: `Bearer ${caller.accessToken}` }),
          },
        });
        expect(cacheDependenciesOf(result)).toMatchObject({ isPrivate: true });
      }
    }
  });

  test('an id that is unknown, malformed or of another type finds no user', async () => {
    for (const id of [toApiId('user', newId()), 'user_x', '', toApiId('order', ada.userId), ada.userId])
      expect(await account.run('query ($id: ID!) { user(id: $id) { id } }', { id })).toEqual({
        data: { user: null },
      });
  });

  test('only users:manage finds a deleted user', async () => {
    const deleted = await account.register();
    await account.query("UPDATE user_account SET status = 'DELETED' WHERE id = $1", [deleted.userId]);
    const query = 'query ($id: ID!) { user(id: $id) { id } }';
    expect((await account.run(query, { id: deleted.id }, other)).data).toEqual({ user: null });
    expect((await account.run(query, { id: deleted.id }, admin)).data).toEqual({ user: { id: deleted.id } });
  });

  test('me is null without a token', async () => {
    expect(await account.run('{ me { id } }')).toEqual({ data: { me: null } });
  });
});

describe('references', () => {
  test('one query reads a hundred of them', async () => {
    const people = [ada, other, admin];
    const representations = Array.from({ length: 100 }, (_, index) => ({
      __typename: 'User',
      id: people[index % 3]?.id ?? toApiId('user', newId()),
    }));
    representations.push({ __typename: 'User', id: 'user_nonsense' });
    const query =
      'query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { id displayName } } }';
    await account.run(query, { r: representations }, other);
    const queries = jest.spyOn(account.subgraph.dependencies.source.logger, 'logQuery');
    const { data, errors } = await account.run(query, { r: representations }, other);
    expect(errors).toBeUndefined();
    // Sweepers query the database too, but never users.
    expect(queries.mock.calls.filter(([sql]) => /FROM "user_account"/.test(sql))).toHaveLength(1);
    queries.mockRestore();
    const entities = data?.['_entities'] as ({ id: string } | null)[];
    expect(entities.map((entity) => entity?.id)).toEqual([
      ...representations.slice(0, 100).map(({ id }) => id),
      undefined,
    ]);
  });
});

test('a reference without an account resolves to a deleted user, and user(id) to null', async () => {
  const id = toApiId('user', newId());
  const fields = 'id displayName avatarUrl memberSince partner { id }';
  const query = (privateFields: string): string =>
    `query ($r: [_Any!]!, $id: ID!) {
       _entities(representations: $r) { ... on User { ${fields} ${privateFields} } } user(id: $id) { id }
     }`;
  const variables = { r: [{ __typename: 'User', id }], id };
  const removed = { id, displayName: 'Deleted user', avatarUrl: null, partner: null };
  expect(await account.run(query(''), variables, other)).toMatchObject({
    data: { _entities: [removed], user: null },
  });
  expect(await account.run(query('email roles addresses { id }'), variables, admin)).toMatchObject({
    data: { _entities: [{ ...removed, email: null, roles: null, addresses: null }], user: null },
  });
});

describe('updateProfile', () => {
  test('changes the given fields only', async () => {
    const preferences = { theme: 'dark', nested: { list: [1, null, 'two\nlines'] } };
    await update({ phone: '+351 21 000 00 00', timeZone: 'Asia/Kolkata' });
    expect(
      await update({
        firstName: ' Augusta ',
        avatarUrl: 'https://example.com/a.png',
        locale: 'pt-pt',
        preferences,
      }),
    ).toEqual({
      user: {
        firstName: 'Augusta',
        lastName: 'Lovelace',
        displayName: 'Ada L.',
        avatarUrl: 'https://example.com/a.png',
        phone: '+351 21 000 00 00',
        locale: 'pt-PT',
        timeZone: 'Asia/Kolkata',
        preferences,
      },
      userErrors: [],
    });
  });

  test('null clears a field or resets it to its default', async () => {
    await update({
      firstName: 'Ada',
      displayName: 'Countess',
      phone: '123',
      avatarUrl: 'https://example.com',
    });
    expect(
      await update({
        displayName: null,
        phone: null,
        avatarUrl: null,
        locale: null,
        timeZone: null,
        preferences: null,
      }),
    ).toMatchObject({
      user: {
        displayName: 'Ada L.',
        phone: null,
        avatarUrl: null,
        locale: 'en',
        timeZone: 'UTC',
        preferences: {},
      },
    });
  });

  test.each([null, '', ' '])('the last name %j is that of a person with one name', async (lastName) => {
    expect(await update({ firstName: 'Sukarno', lastName, displayName: null })).toMatchObject({
      user: { firstName: 'Sukarno', lastName: '', displayName: 'Sukarno' },
      userErrors: [],
    });
    await update({ firstName: 'Ada', lastName: 'Lovelace', displayName: null });
  });

  test('an empty change changes nothing', async () => {
    const before = await update({});
    expect(before.userErrors).toEqual([]);
    expect(await update({})).toEqual(before);
  });

  test('reports all invalid fields at once, and changes nothing', async () => {
    const before = await update({});
    const payload = await update({
      firstName: null,
      avatarUrl: 'javascript:alert(1)',
      phone: 'call me',
      locale: '..',
      timeZone: '+02:00',
    });
    expect(payload['user']).toBeNull();
    expect(userErrorsOf(payload).sort()).toEqual(
      ['avatarUrl', 'firstName', 'locale', 'phone', 'timeZone'].map((field) => `INVALID input.${field}`),
    );
    const texts = await update({
      displayName: 'x'.repeat(101),
      avatarUrl: 'https://user:password@example.com',
      preferences: { text: 'x'.repeat(10_240) },
    });
    expect(userErrorsOf(texts)).toEqual(
      ['displayName', 'avatarUrl', 'preferences'].map((field) => `INVALID input.${field}`),
    );
    expect(await update({})).toEqual(before);
  });

  test.each([
    ['a list', []],
    ['a text', 'dark'],
    ['a number', 1],
  ])('rejects preferences that are %s', async (_kind, preferences) => {
    expect(userErrorsOf(await update({ preferences }))).toEqual(['INVALID input.preferences']);
  });

  test.each([
    ['NUL', { a: ['\0'] }],
    ['half of a surrogate pair', { 'a\ud83d': 1 }],
    ['an override', { a: { b: '\u202etxt' } }],
  ])('rejects preferences that contain %s', async (_kind, preferences) => {
    expect(userErrorsOf(await update({ preferences }))).toEqual(['INVALID input.preferences']);
  });

  test('preferences nest at most 32 levels deep', async () => {
    let preferences: object = {};
    for (let depth = 1; depth < 32; depth += 1) preferences = { a: preferences };
    expect(userErrorsOf(await update({ preferences }))).toEqual([]);
    const deeper = account.run(
      'mutation ($input: ProfileInput!) { updateProfile(input: $input) { userErrors { code } } }',
      { input: { preferences: { a: preferences } } },
      ada,
    );
    expect(errorsOf(await deeper)).toEqual(['BAD_USER_INPUT']);
  });

  test('requires a token', async () => {
    const result = await account.run(
      'mutation { updateProfile(input: {}) { user { id } userErrors { code } } }',
    );
    expect(errorsOf(result)).toEqual(['UNAUTHENTICATED updateProfile']);
  });
});
