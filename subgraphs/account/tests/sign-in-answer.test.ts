import { hashSecretToken } from '@souk/shared/auth/secret-token';
import { refreshCookieChangeOf } from '@souk/shared/graph/refresh-cookie';
import { toApiId } from '@souk/shared/ids';
import type { FormattedExecutionResult } from 'graphql';
import jwt from 'jsonwebtoken';
import type { AccountUnderTest, Caller, Person } from './support/account.js';
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

describe('with the refresh token in a cookie', () => {
  const cookieless = { refreshCookie: '' };
  const refresh =
    'mutation ($token: String) { refreshSession(refreshToken: $token) { accessToken refreshToken userErrors { code field } } }';
  const logout =
    'mutation ($token: String) { logout(refreshToken: $token) { ok userErrors { code field } } }';

  /** The change of the cookie that a result has for the gateway. */
  const changeOf = (result: FormattedExecutionResult): string | null | undefined => {
    expect(JSON.stringify(result.data)).not.toContain('"refreshToken":"');
    const change = refreshCookieChangeOf(result);
    if (change?.token) expect(change.expiresAt!.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    return change?.token;
  };
  const signInBy = async (caller: Caller = cookieless): Promise<string> => {
    const result = await account.run(signIn.login, { email: ada.email, password: goodPassword }, caller);
    expect(userOf(result).email).toBe(ada.email);
    return changeOf(result) ?? '';
  };

  test.each(['register', 'login'] as const)('%s sets it, and answers without it', async (mutation) => {
    const variables =
      mutation === 'register'
        ? { input: registration(`${mutation}@souk.test`) }
        : { email: ada.email, password: goodPassword };
    const result = await account.run(signIn[mutation], variables, cookieless);
    expect(changeOf(result)).toHaveLength(43);
    expect(result.data).toMatchObject({ [mutation]: { refreshToken: null, userErrors: [] } });
    // A refused sign-in leaves the cookie as it is.
    const refused = await account.run(signIn[mutation], { ...variables, password: 'wrong' }, cookieless);
    expect(refreshCookieChangeOf(refused)).toBeNull();
  });

  test('without the header the answer has the token, and nothing is set', async () => {
    const result = await account.run(signIn.login, { email: ada.email, password: goodPassword });
    expect(result.extensions).toBeUndefined();
    expect((result.data as { login: { refreshToken: string } }).login.refreshToken).toHaveLength(43);
  });

  test('refreshSession replaces it; two tabs that send the same one at once get the same one', async () => {
    const refreshCookie = await signInBy();
    const results = await Promise.all([1, 2].map(() => account.run(refresh, {}, { refreshCookie })));
    const [one, two] = results.map(changeOf);
    expect([one, results[1]?.data]).toEqual([two, results[0]?.data]);
    expect(one).not.toBe(refreshCookie);
    await account.ageTokenUses(10_001);
    const reused = await account.run(refresh, {}, { refreshCookie });
    expect(reused.data).toMatchObject({ refreshSession: { userErrors: [{ code: 'TOKEN_REUSED' }] } });
  });

  test('refreshSession takes a token of the argument first, and so moves it into the cookie', async () => {
    const { refreshToken } = await account.register();
    const result = await account.run(refresh, { token: refreshToken }, cookieless);
    const moved = changeOf(result);
    expect(moved).toHaveLength(43);
    expect(changeOf(await account.run(refresh, {}, { refreshCookie: moved! }))).toHaveLength(43);
  });

  test('logout ends its session and deletes it', async () => {
    const refreshCookie = await signInBy();
    const ended = await account.run(logout, {}, { refreshCookie });
    expect(ended.data).toEqual({ logout: { ok: true, userErrors: [] } });
    expect(refreshCookieChangeOf(ended)).toEqual({ token: null, expiresAt: null });
    const after = await account.run(refresh, {}, { refreshCookie });
    expect(after.data).toMatchObject({ refreshSession: { userErrors: [{ code: 'TOKEN_EXPIRED' }] } });
    expect(changeOf(await account.run(logout, {}, cookieless))).toBeNull();
  });

  test('neither a token nor the header is INVALID; the header without a cookie is TOKEN_EXPIRED', async () => {
    const userErrors = [{ code: 'INVALID', field: ['refreshToken'] }];
    expect((await account.run(refresh)).data).toMatchObject({ refreshSession: { userErrors } });
    expect((await account.run(logout)).data).toMatchObject({ logout: { ok: false, userErrors } });
    expect((await account.run(refresh, {}, cookieless)).data).toMatchObject({
      refreshSession: { userErrors: [{ code: 'TOKEN_EXPIRED' }] },
    });
  });

  test('each of many at once gets its own', async () => {
    const cookies = await Promise.all(Array.from({ length: 8 }, () => signInBy()));
    expect(new Set(cookies).size).toBe(8);
    const sessions = await Promise.all(
      cookies.map(async (refreshCookie) => {
        const result = await account.run(refresh, {}, { refreshCookie });
        const { accessToken } = (result.data as { refreshSession: { accessToken: string } }).refreshSession;
        const { sid } = jwt.decode(accessToken, { json: true }) as { sid: string };
        const [row] = await account.query<{ id: string }>(
          'SELECT session_id AS id FROM refresh_token WHERE token_hash = $1',
          [hashSecretToken(refreshCookie)],
        );
        return [sid, toApiId('session', row?.id ?? '')];
      }),
    );
    for (const [issued, own] of sessions) expect(issued).toBe(own);
  });
});
