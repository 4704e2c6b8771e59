import type { FormattedExecutionResult } from 'graphql';
import type { AccountUnderTest, Person } from './support/account.js';
import { errorsOf, goodPassword, registration, startAccount } from './support/account.js';

let account: AccountUnderTest;
let ada: Person;
let admin: Person;
let partnerId: string;

beforeAll(async () => {
  account = await startAccount();
  [ada, admin] = await Promise.all([account.register(), account.admin()]);
  const { partner } = await account.mutate(
    'mutation ($input: PartnerInput!) { registerPartner(input: $input) { partner { id } userErrors { code } } }',
    { input: { name: 'Costa' } },
    ada,
  );
  partnerId = (partner as { id: string }).id;
});

afterAll(() => account.close());

const payload = `{
  accessToken refreshToken userErrors { code }
  user {
    id email emailVerified firstName lastName phone roles status locale timeZone preferences mfaEnabled
    addresses { id } sessions { id current }
    partner { id status commissionBasisPoints rejectionReason owner { id email sessions { current } } }
  }
}`;
const signIn = {
  register: `mutation ($input: RegisterInput!) { register(input: $input) ${payload} }`,
  login: `mutation ($email: EmailAddress!, $password: String!) { login(email: $email, password: $password) ${payload} }`,
  refreshSession: `mutation ($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) ${payload} }`,
};

interface SignedInUser {
  email: string;
  roles: string[];
  sessions: { id: string; current: boolean }[];
  partner: { id: string; status: string; owner: { email: string; sessions: { current: boolean }[] } } | null;
}

function userOf({ data, errors }: FormattedExecutionResult): SignedInUser {
  expect(errors).toBeUndefined();
  const [answer] = Object.values(data ?? {}) as { user: SignedInUser; userErrors: unknown[] }[];
  expect(answer?.userErrors).toEqual([]);
  return answer!.user;
}

test('register answers with all private fields of the new user', async () => {
  const user = userOf(await account.run(signIn.register, { input: registration('new@souk.test') }));
  expect(user).toMatchObject({ email: 'new@souk.test', roles: ['USER'], partner: null });
  expect(user.sessions.map(({ current }) => current)).toEqual([true]);
});

test('login and refreshSession answer with them, and with those of the user’s own partner in any status', async () => {
  const { refreshToken, email } = ada;
  for (const answer of [
    await account.run(signIn.login, { email, password: goodPassword }),
    await account.run(signIn.refreshSession, { refreshToken }),
    // The same pair again.
    await account.run(signIn.refreshSession, { refreshToken }),
  ]) {
    const user = userOf(answer);
    expect(user).toMatchObject({
      email,
      partner: { id: partnerId, status: 'PENDING', commissionBasisPoints: null, owner: { email } },
    });
    const current = user.sessions.filter((session) => session.current);
    expect(current).toHaveLength(1);
  }
});

const login = (alias: string, { email }: Person, selection: string): string =>
  `${alias}: login(email: "${email}", password: "${goodPassword}") { userErrors { code } user { ${selection} } }`;

test('signing in opens no private field of others in the same answer, even to an administrator', async () => {
  const other = await account.register();
  // The partner is not public, and must not become so by another's sign-in.
  const entities = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { email } } }`;
  const answers = await Promise.all([
    account.run(`mutation { ${login('one', other, 'id email')} ${login('two', ada, 'email')} }`),
    account.run(entities, { of: [ada, other].map(({ id }) => ({ __typename: 'User', id })) }),
    account.run('query ($id: ID!) { user(id: $id) { email } }', { id: ada.id }),
    account.run('query ($id: ID!) { partner(id: $id) { commissionBasisPoints } }', { id: partnerId }),
  ]);
  expect(answers.map(errorsOf)).toEqual([
    [],
    ['FORBIDDEN _entities.0.email', 'FORBIDDEN _entities.1.email'],
    ['FORBIDDEN user.email'],
    [],
  ]);
  expect(answers[3].data).toEqual({ partner: null });
});

test('a sign-in gives no scopes to the rest of its operation', async () => {
  const { email } = admin;
  const result = await account.run(
    `mutation ($email: EmailAddress!, $id: ID!) {
      login(email: $email, password: "the keys of the house") { user { email } userErrors { code } }
      verifyPartner(id: $id) { partner { owner { email } } }
    }`,
    { email, id: partnerId },
  );
  expect(errorsOf(result)).toEqual(['UNAUTHENTICATED verifyPartner']);
});

test('a caller with a token who signs in as somebody else reads the fields of both', async () => {
  const [caller, other] = [await account.register(), await account.register()];
  const result = await account.run(
    `mutation { ${login('one', other, 'email')} updateProfile(input: {}) { user { email } userErrors { code } } }`,
    {},
    caller,
  );
  expect(result).toMatchObject({
    data: { one: { user: { email: other.email } }, updateProfile: { user: { email: caller.email } } },
  });
});
