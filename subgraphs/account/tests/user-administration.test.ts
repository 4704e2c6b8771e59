import type { AccountUnderTest, Payload, Person } from './support/account.js';
import {
  errorsOf,
  isRejectedWithinBound,
  goodPassword,
  startAccount,
  userErrorsOf,
} from './support/account.js';

let account: AccountUnderTest;
let admin: Person;

beforeAll(async () => {
  account = await startAccount();
  admin = await account.admin();
});

afterAll(() => account.close());

const payload = `{ user { id roles status } userErrors { code message field } }`;

function suspend(userId: string, reason = 'Fraud', caller = admin): Promise<Payload> {
  return account.mutate(
    `mutation ($userId: ID!, $reason: String!) { suspendUser(userId: $userId, reason: $reason) ${payload} }`,
    { userId, reason },
    caller,
  );
}

function reactivate(userId: string, caller = admin): Promise<Payload> {
  return account.mutate(
    `mutation ($userId: ID!) { reactivateUser(userId: $userId) ${payload} }`,
    { userId },
    caller,
  );
}

function setRoles(userId: string, roles: string[], caller = admin): Promise<Payload> {
  return account.mutate(
    `mutation ($userId: ID!, $roles: [Role!]!) { setUserRoles(userId: $userId, roles: $roles) ${payload} }`,
    { userId, roles },
    caller,
  );
}

async function signIn({ email }: Person): Promise<{ codes: string[]; person: Person | null }> {
  const result = await account.logIn(email, goodPassword);
  const user = result['user'] as { id: string } | null;
  return {
    codes: userErrorsOf(result),
    person: user && { ...(result as unknown as Person), id: user.id, email },
  };
}

async function verifiedPartnerOf(owner: Person): Promise<string> {
  const registered = await account.mutate(
    'mutation { registerPartner(input: { name: "Costa" }) { partner { id } userErrors { code } } }',
    {},
    owner,
  );
  const { id } = registered['partner'] as { id: string };
  await account.mutate(
    'mutation ($id: ID!) { verifyPartner(id: $id) { userErrors { code } } }',
    { id },
    admin,
  );
  return id;
}

test('other subgraphs find active users by e-mail address', async () => {
  const person = await account.register();
  const find = async (email: string): Promise<unknown> => {
    const { data } = await account.run(
      'query ($email: EmailAddress!) { userByEmail(email: $email) { id } }',
      {
        email,
      },
    );
    return data?.['userByEmail'];
  };
  expect(await find(person.email.toUpperCase())).toEqual({ id: person.id });
  expect(await find('nobody@souk.test')).toBeNull();
  await suspend(person.id);
  expect(await find(person.email)).toBeNull();
});

describe('a suspended account', () => {
  test('is signed out within five seconds, and cannot sign in until it is reactivated', async () => {
    const person = await account.register();
    expect((await account.run('{ me { id } }', {}, person)).errors).toBeUndefined();
    expect(await suspend(person.id)).toMatchObject({
      user: { id: person.id, status: 'SUSPENDED' },
      userErrors: [],
    });
    expect(await isRejectedWithinBound(account, person)).toBe(true);
    expect(userErrorsOf(await account.refresh(person.refreshToken))).toEqual([
      'ACCOUNT_SUSPENDED refreshToken',
    ]);
    expect((await signIn(person)).codes).toEqual(['ACCOUNT_SUSPENDED']);

    expect(await reactivate(person.id)).toMatchObject({ user: { status: 'ACTIVE' }, userErrors: [] });
    // Its sessions have ended for good.
    expect(userErrorsOf(await account.refresh(person.refreshToken))).toEqual(['TOKEN_EXPIRED refreshToken']);
    expect((await signIn(person)).codes).toEqual([]);
  });

  test('has a partner that no longer sells, also after the reactivation', async () => {
    const owner = await account.register();
    const partnerId = await verifiedPartnerOf(owner);
    await suspend(owner.id, 'Counterfeits');
    await reactivate(owner.id);
    const { data } = await account.run(
      'query ($id: ID!) { partner(id: $id) { status rejectionReason owner { roles } } }',
      { id: partnerId },
      admin,
    );
    expect(data?.['partner']).toEqual({
      status: 'SUSPENDED',
      rejectionReason: 'Counterfeits',
      owner: { roles: ['USER'] },
    });
  });

  test('has no session that a concurrent login started', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => account.register()));
    await account.warmPool();
    await Promise.all(people.flatMap((person) => [signIn(person), suspend(person.id), signIn(person)]));
    const open = await account.query('SELECT 1 FROM session WHERE user_id = ANY($1) AND ended_at IS NULL', [
      people.map(({ userId }) => userId),
    ]);
    expect(open).toEqual([]);
  });

  test('is refused with all that is wrong', async () => {
    const person = await account.register();
    expect(userErrorsOf(await suspend('user_nonsense', ' '))).toEqual(['INVALID reason', 'NOT_FOUND userId']);
    expect(userErrorsOf(await reactivate(person.id))).toEqual(['CONFLICT userId']);
    await suspend(person.id);
    expect(userErrorsOf(await suspend(person.id))).toEqual(['CONFLICT userId']);
    expect(userErrorsOf(await reactivate('user_nonsense'))).toEqual(['NOT_FOUND userId']);
  });
});

describe('roles', () => {
  test('come with the next access token, and an administrator who loses the role is signed out', async () => {
    const person = await account.register();
    expect(await setRoles(person.id, ['ADMIN', 'ADMIN'])).toMatchObject({
      user: { roles: ['USER', 'ADMIN'] },
      userErrors: [],
    });
    const administrator = (await signIn(person)).person!;
    const listed = await account.run('{ users(first: 1) { nodes { id } } }', {}, administrator);
    expect(errorsOf(listed)).toEqual([]);
    expect(await setRoles(person.id, [])).toMatchObject({ user: { roles: ['USER'] } });
    expect(await isRejectedWithinBound(account, administrator)).toBe(true);
    const former = (await signIn(person)).person!;
    expect(errorsOf(await account.run('{ users(first: 1) { nodes { id } } }', {}, former))).toEqual([
      'FORBIDDEN users',
    ]);
  });

  test('PARTNER comes and goes with a verified partner only', async () => {
    const [person, owner] = [await account.register(), await account.register()];
    await verifiedPartnerOf(owner);
    expect(userErrorsOf(await setRoles(person.id, ['USER', 'PARTNER']))).toEqual(['INVALID roles']);
    expect(userErrorsOf(await setRoles(owner.id, ['USER', 'ADMIN']))).toEqual(['INVALID roles']);
    expect(await setRoles(owner.id, ['PARTNER'])).toMatchObject({ user: { roles: ['USER', 'PARTNER'] } });
    expect(userErrorsOf(await setRoles('user_nonsense', []))).toEqual(['NOT_FOUND userId']);
  });
});

test('one of several administrators remains, whatever they do to each other at once', async () => {
  const others = await Promise.all(Array.from({ length: 3 }, () => account.register()));
  for (const { id } of others) await setRoles(id, ['ADMIN']);
  const administrators = [
    admin,
    ...(await Promise.all(others.map(async (person) => (await signIn(person)).person!))),
  ];
  await account.warmPool();
  const codes = await Promise.all(
    administrators.map(async (each, index) => {
      const next = administrators[(index + 1) % administrators.length]!;
      return userErrorsOf(
        await (index % 2 === 0 ? suspend(next.id, 'Coup', each) : setRoles(next.id, [], each)),
      );
    }),
  );
  expect(codes.filter(([code]) => code === 'LAST_ADMIN userId')).toHaveLength(1);
  const active = await account.query<{ id: string }>(
    `SELECT id FROM user_account WHERE 'ADMIN' = ANY(roles) AND status = 'ACTIVE'`,
  );
  expect(active).toHaveLength(1);
});

test.each([
  'suspendUser(userId: "x", reason: "x")',
  'reactivateUser(userId: "x")',
  'setUserRoles(userId: "x", roles: [])',
])('%s is for users:manage', async (field) => {
  const mutation = `mutation { ${field} { userErrors { code } } }`;
  const name = field.slice(0, field.indexOf('('));
  expect(errorsOf(await account.run(mutation))).toEqual([`UNAUTHENTICATED ${name}`]);
  expect(errorsOf(await account.run(mutation, {}, await account.register()))).toEqual([`FORBIDDEN ${name}`]);
});
