import { accountCommands } from '@souk/shared/contracts/account';
import { until } from '../../../tests/support/until.js';
import type { AccountUnderTest, Person } from './support/account.js';
import {
  goodPassword,
  isRejectedWithinBound,
  registration,
  startAccount,
  userErrorsOf,
} from './support/account.js';
import { LeavingParticipants } from './support/leaving-participants.js';

let account: AccountUnderTest;
let others: LeavingParticipants;

beforeAll(async () => {
  account = await startAccount();
  others = new LeavingParticipants(account.subgraph.dependencies);
  await others.start();
});

beforeEach(() => {
  others.obstacles.clear();
  others.isErasing = true;
  others.heard.length = 0;
});

afterAll(async () => {
  await others.close();
  await account.close();
});

const deleteAccount = `mutation ($password: String!) {
  deleteAccount(password: $password) { ok userErrors { __typename code message field } }
}`;
const deleteUser =
  'mutation ($id: ID!) { deleteUser(userId: $id) { ok userErrors { __typename code message field } } }';

const erased = ['order', 'payment', 'catalog', 'social'].map((name) => `${name}.erasePerson`);

async function rowOf(person: Person): Promise<Record<string, unknown>> {
  const [row] = await account.query<Record<string, unknown>>('SELECT * FROM user_account WHERE id = $1', [
    person.userId,
  ]);
  return row ?? {};
}

async function statusOfSaga(person: Person): Promise<string | undefined> {
  const [row] = await account.query<{ status: string }>(
    'SELECT status FROM saga WHERE user_id = $1 ORDER BY id DESC LIMIT 1',
    [person.userId],
  );
  return row?.status;
}

/** Account's clock is moved over the time in which access tokens may still be accepted. */
async function untilErased(person: Person): Promise<void> {
  await until(
    'the deletion waits for the end of sessions',
    async () => (await statusOfSaga(person)) === 'WAITING',
  );
  account.advanceClock(7_000);
  await until('the deletion has ended', async () => (await statusOfSaga(person)) === 'COMPLETED');
}

test('closes the account at once, waits for the end of its sessions, then has everybody erase, and itself last', async () => {
  const person = await account.register();
  await expect(account.mutate(deleteAccount, { password: goodPassword }, person)).resolves.toMatchObject({
    ok: true,
    userErrors: [],
  });
  expect(others.heard).not.toContain('order.erasePerson');
  await expect(rowOf(person)).resolves.toMatchObject({ status: 'DELETED', email: person.email });
  await expect(account.refresh(person.refreshToken)).resolves.toMatchObject({
    userErrors: [{ code: 'TOKEN_EXPIRED' }],
  });
  await expect(account.logIn(person.email, goodPassword)).resolves.toMatchObject({
    userErrors: [{ code: 'BAD_CREDENTIALS' }],
  });
  await untilErased(person);
  expect(others.heard.filter((command) => command.endsWith('erasePerson'))).toEqual(erased);
  await expect(rowOf(person)).resolves.toMatchObject({
    status: 'DELETED',
    email: expect.stringMatching(/^deleted-[-0-9a-f]{36}@deleted\.invalid$/) as string,
    first_name: '',
    password_hash: '',
    display_name: 'Deleted user',
  });
  await expect(isRejectedWithinBound(account, person)).resolves.toBe(true);
});

test('others see "Deleted user", and administrators the status and nothing private', async () => {
  const person = await account.register();
  const admin = await account.admin();
  others.isErasing = false;
  await account.mutate(deleteUser, { id: person.id }, admin);
  const query =
    'query ($id: ID!) { user(id: $id) { displayName avatarUrl status email firstName addresses { id } } }';
  // Before anything is erased.
  await expect(account.run(query, { id: person.id }, admin)).resolves.toMatchObject({
    data: {
      user: {
        displayName: 'Deleted user',
        avatarUrl: null,
        status: 'DELETED',
        email: null,
        firstName: null,
        addresses: null,
      },
    },
  });
  const other = await account.register();
  await expect(
    account.run('query ($id: ID!) { user(id: $id) { id } }', { id: person.id }, other),
  ).resolves.toEqual({
    data: { user: null },
  });
});

test('lets the e-mail address of an erased account be registered again', async () => {
  const person = await account.register();
  await account.mutate(deleteAccount, { password: goodPassword }, person);
  await untilErased(person);
  const again = await account.register(person.email);
  expect(again.userId).not.toBe(person.userId);
});

test('refuses with every obstacle, and leaves the account as it was', async () => {
  const person = await account.register();
  others.obstacles.set('order', ['Open checkouts: 1.']);
  others.obstacles.set('payment', ['Open payments: 1.', 'Disputed payments: 2.']);
  const payload = await account.mutate(deleteAccount, { password: goodPassword }, person);
  expect(payload).toMatchObject({ ok: false });
  expect(payload.userErrors.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'CONFLICT Open checkouts: 1.',
    'CONFLICT Open payments: 1.',
    'CONFLICT Disputed payments: 2.',
  ]);
  await expect(rowOf(person)).resolves.toMatchObject({ status: 'ACTIVE', deletion_id: null });
  expect(others.heard).not.toContain('order.erasePerson');
  await expect(account.run('{ me { email } }', {}, person)).resolves.toMatchObject({
    data: { me: { email: person.email } },
  });
  others.obstacles.clear();
  await expect(account.mutate(deleteAccount, { password: goodPassword }, person)).resolves.toMatchObject({
    ok: true,
  });
});

test('gives up while a participant does not answer; nobody buys or registers a partner meanwhile', async () => {
  const person = await account.register();
  others.obstacles.set('catalog', null);
  const deleting = account.run(deleteAccount, { password: goodPassword }, person);
  await until('the deletion has begun', async () => (await rowOf(person))['deletion_id'] !== null);
  await expect(
    account.subgraph.command(
      accountCommands.validateUser,
      { userId: person.userId, shippingAddressId: null },
      { sagaId: crypto.randomUUID(), step: 'VALIDATE_USER' },
    ),
  ).resolves.toMatchObject({ kind: 'rejected', rejection: { code: 'USER_NOT_ELIGIBLE' } });
  const partner = await account.mutate(
    'mutation { registerPartner(input: { name: "Shop" }) { userErrors { code message field } } }',
    {},
    person,
  );
  expect(userErrorsOf(partner)).toEqual(['CONFLICT']);
  await expect(deleting).resolves.toMatchObject({
    errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
  });
  others.obstacles.clear();
  // The saga repeats its command, and is compensated with the answer.
  await until('the deletion has failed', async () => (await statusOfSaga(person)) === 'FAILED');
  await expect(rowOf(person)).resolves.toMatchObject({ status: 'ACTIVE', deletion_id: null });
});

test('asks for the password, and counts wrong ones as failed logins', async () => {
  const person = await account.register();
  const caller = { ...person, address: '198.51.100.7' };
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const payload = await account.mutate(deleteAccount, { password: 'not the password' }, caller);
    expect(userErrorsOf(payload)).toEqual(['BAD_CREDENTIALS password']);
  }
  const payload = await account.mutate(deleteAccount, { password: goodPassword }, caller);
  expect(userErrorsOf(payload)).toEqual(['TOO_MANY_ATTEMPTS']);
  await expect(rowOf(person)).resolves.toMatchObject({ status: 'ACTIVE' });
});

test('the last administrator stays, also when two leave at once', async () => {
  const first = await account.admin();
  const refused = await account.mutate(deleteAccount, { password: 'the keys of the house' }, first);
  expect(userErrorsOf(refused)).toEqual(['LAST_ADMIN']);
  const second = await account.register();
  await account.mutate(
    'mutation ($id: ID!) { setUserRoles(userId: $id, roles: [ADMIN]) { userErrors { code } } }',
    { id: second.id },
    first,
  );
  const payloads = await Promise.all([
    account.mutate(deleteUser, { id: second.id }, first),
    account.mutate(deleteUser, { id: first.id }, first),
  ]);
  expect(payloads.flatMap(userErrorsOf)).toEqual(['LAST_ADMIN userId']);
  // The other cases need the administrator.
  const [left] = await account.query<{ email: string }>(
    "SELECT email FROM user_account WHERE status = 'ACTIVE' AND 'ADMIN' = ANY(roles)",
  );
  expect(left).toBeDefined();
});

test('a repeated call joins the deletion that runs; a deleted account is unknown', async () => {
  const person = await account.register();
  const [admin] = await account.query<{ email: string }>(
    "SELECT email FROM user_account WHERE status = 'ACTIVE' AND 'ADMIN' = ANY(roles)",
  );
  const isFirst = admin?.email === 'Root@souk.test';
  const payload = await account.logIn(admin?.email ?? '', isFirst ? 'the keys of the house' : goodPassword);
  const caller = { accessToken: payload['accessToken'] as string };
  const payloads = await Promise.all(
    Array.from({ length: 3 }, () => account.mutate(deleteUser, { id: person.id }, caller)),
  );
  expect(payloads.map(({ ok, userErrors }) => [ok, userErrors])).toEqual(Array(3).fill([true, []]));
  const [{ count } = { count: 0 }] = await account.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM saga WHERE user_id = $1',
    [person.userId],
  );
  expect(count).toBe(1);
  for (const id of [person.id, 'user_unknown']) {
    const again = await account.mutate(deleteUser, { id }, caller);
    expect(userErrorsOf(again)).toEqual(['NOT_FOUND userId']);
  }
});

test('erasing twice has no further effect', async () => {
  const person = await account.register();
  await account.mutate(deleteAccount, { password: goodPassword }, person);
  await untilErased(person);
  const before = await rowOf(person);
  await account.subgraph.command(
    accountCommands.erasePerson,
    { userId: person.userId, partnerId: null },
    { sagaId: crypto.randomUUID(), step: 'ERASE_ACCOUNT' },
  );
  await expect(rowOf(person)).resolves.toEqual(before);
  await expect(
    account.mutate(
      'mutation ($input: RegisterInput!) { register(input: $input) { userErrors { code message field } } }',
      { input: registration(person.email) },
    ),
  ).resolves.toMatchObject({ userErrors: [] });
});
