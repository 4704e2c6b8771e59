import { stockLicences } from '../support/shop.js';
import { administrator, anonymous, newUser, souk, soukUrl } from '../support/suite-clients.js';
import { until } from '../support/until.js';

const refresh = `mutation ($token: String!) {
  refreshSession(refreshToken: $token) { accessToken refreshToken userErrors { code } }
}`;

it('returns the caller as me, and null without a token', async () => {
  const user = await newUser('me');
  await expect(user.run('{ me { id displayName email roles addresses { id } } }')).resolves.toMatchObject({
    me: {
      id: user.userId,
      displayName: 'Test M.',
      email: expect.stringContaining('@example.com') as string,
      roles: ['USER'],
      addresses: [],
    },
  });
  await expect(anonymous().run('{ me { id } }')).resolves.toEqual({ me: null });
});

it('answers register and login with the private fields of the user; others’ need the right token', async () => {
  const email = `${crypto.randomUUID()}@example.com`;
  const password = 'correct horse battery';
  const user = `user { id email roles sessions { current } cart { id } }`;
  const registered = await anonymous().send(
    `mutation ($input: RegisterInput!) { answer: register(input: $input) { ${user} userErrors { code } } }`,
    { input: { email, password, firstName: 'Ada', lastName: 'L' } },
  );
  const loggedIn = await anonymous().send(
    `mutation ($email: EmailAddress!, $password: String!) {
      answer: login(email: $email, password: $password) { ${user} userErrors { code } } }`,
    { email, password },
  );
  for (const { data, errors } of [registered, loggedIn]) {
    expect(data).toMatchObject({ answer: { user: { email, roles: ['USER'], cart: null } } });
    // Another subgraph cannot know whom account has just signed in.
    expect(errors?.map(({ extensions, path }) => [extensions.code, path])).toEqual([
      ['UNAUTHENTICATED', ['answer', 'user', 'cart']],
    ]);
  }
  const { id } = (registered.data as { answer: { user: { id: string } } }).answer.user;
  const owner = await anonymous().login(email, password);
  const query = 'query ($id: ID!) { user(id: $id) { displayName email } }';
  // At once, so that a batch, a shared run or a cache that mixed callers up would show.
  const answers = await Promise.all(
    Array.from({ length: 20 }, async (_, turn) => {
      const client = turn % 2 === 0 ? owner : anonymous();
      const { data, errors } = await client.send(query, { id });
      return [(data as { user: { email: string | null } }).user.email, errors?.[0]?.extensions.code];
    }),
  );
  expect(answers).toEqual(
    answers.map((_, turn) => (turn % 2 === 0 ? [email, undefined] : [null, 'FORBIDDEN'])),
  );
});

it('does not open private fields of others in the answer that signs a user in', async () => {
  const [idol, fan] = [await newUser('idol'), await newUser('fan')];
  await until('social knows the idol', () =>
    fan
      .mutate('mutation ($id: ID!) { follow(userId: $id) { user { id } userErrors { code message } } }', {
        id: idol.userId,
      })
      .catch(() => null),
  );
  const { me } = (await idol.run('{ me { email } }')) as { me: { email: string } };
  const { data, errors } = await anonymous().send(
    `mutation ($email: EmailAddress!) { login(email: $email, password: "correct horse battery") {
      user { email followers { nodes { displayName email } } } userErrors { code } } }`,
    { email: me.email },
  );
  expect(data).toMatchObject({
    login: { user: { email: me.email, followers: { nodes: [{ displayName: 'Test F.', email: null }] } } },
  });
  expect(errors?.map(({ extensions, path }) => [extensions.code, path])).toEqual([
    ['FORBIDDEN', ['login', 'user', 'followers', 'nodes', 0, 'email']],
  ]);
});

it('returns the same tokens to tabs that refresh at once', async () => {
  const { refreshToken } = await newUser();
  const payloads = await Promise.all(
    Array.from({ length: 4 }, () => anonymous().mutate(refresh, { token: refreshToken })),
  );
  expect(payloads).toEqual(Array(4).fill(payloads[0]));
  const { refreshToken: second } = payloads[0] as { refreshToken: string };
  await expect(anonymous().mutate(refresh, { token: second })).resolves.toMatchObject({ userErrors: [] });
});

it('rotates refresh tokens, and ends the session when one is reused after ten seconds', async () => {
  const user = await newUser();
  const first = user.refreshToken ?? '';
  const { refreshToken: second } = (await user.mutate(refresh, { token: first })) as { refreshToken: string };
  expect(second).not.toBe(first);
  // Without the access token: its session ends here, and a request that carries it is refused whole.
  const codesOf = async (token: string): Promise<string[]> => {
    const { refreshSession } = (await anonymous().run(refresh, { token })) as {
      refreshSession: { userErrors: { code: string }[] };
    };
    return refreshSession.userErrors.map(({ code }) => code);
  };
  await until(
    'the first token to be reuse',
    async () => (await codesOf(first))[0] === 'TOKEN_REUSED',
    15_000,
  );
  expect(await codesOf(second)).toEqual(['TOKEN_REUSED']);
});

it('rejects the access token of an ended session in every subgraph', async () => {
  const user = await newUser();
  const { me } = (await user.run('{ me { email } }')) as { me: { email: string } };
  const other = await anonymous().login(me.email, 'correct horse battery');
  const fields = ['me { id email }', 'me { notifications { totalCount } }', 'cart { id }'];
  for (const field of fields) await user.run(`{ ${field} }`);
  await anonymous().mutate(
    'mutation ($token: String!) { logout(refreshToken: $token) { ok userErrors { code } } }',
    { token: user.refreshToken },
  );
  await until(
    'every subgraph refuses the access token',
    async () => {
      const answers = await Promise.all(fields.map((field) => user.send(`{ ${field} }`)));
      return answers.every(
        ({ status, data, errors }) =>
          status === 401 && data === undefined && errors?.[0]?.extensions.code === 'UNAUTHENTICATED',
      );
    },
    5_000,
  );
  for (const field of fields) await other.run(`{ ${field} }`);
  // The internal endpoints are not public.
  expect((await fetch(`${soukUrl}/internal/state/endedSessions`)).status).toBe(404);
  expect((await fetch(`${soukUrl}/internal/ended-sessions`)).status).toBe(404);
});

it('does not reveal whether the e-mail or the password was wrong', async () => {
  const user = await newUser();
  const login = `mutation ($email: EmailAddress!, $password: String!) { login(email: $email, password: $password) { accessToken userErrors { code message } } }`;
  const { me } = (await user.run('{ me { email } }')) as { me: { email: string } };
  const known = await anonymous().run(login, { email: me.email, password: 'not the password' });
  const unknown = await anonymous().run(login, { email: `x${me.email}`, password: 'not the password' });
  expect(known).toEqual(unknown);
  expect(known).toMatchObject({ login: { accessToken: null, userErrors: [{ code: 'BAD_CREDENTIALS' }] } });
});

it('refuses a duplicate e-mail and a weak password, with the fields', async () => {
  const user = await newUser();
  const { me } = (await user.run('{ me { email } }')) as { me: { email: string } };
  const register = `mutation ($input: RegisterInput!) { register(input: $input) { user { id } userErrors { code field } } }`;
  const input = {
    email: me.email.toUpperCase(),
    password: 'correct horse battery',
    firstName: 'A',
    lastName: 'B',
  };
  await expect(anonymous().run(register, { input })).resolves.toMatchObject({
    register: { user: null, userErrors: [{ code: 'EMAIL_TAKEN', field: ['input', 'email'] }] },
  });
  await expect(
    anonymous().run(register, { input: { ...input, email: `y${me.email}`, password: 'short' } }),
  ).resolves.toMatchObject({
    register: { user: null, userErrors: [{ code: 'WEAK_PASSWORD', field: ['input', 'password'] }] },
  });
});

it('updates profile and addresses; the first address is the default', async () => {
  const user = await newUser();
  await user.mutate(
    'mutation ($input: ProfileInput!) { updateProfile(input: $input) { user { id } userErrors { code } } }',
    {
      input: {
        displayName: 'Ada',
        locale: 'pt-PT',
        timeZone: 'Europe/Lisbon',
        preferences: { theme: 'dark' },
      },
    },
  );
  const address = {
    recipient: 'Ada',
    line1: '1 Street',
    city: 'Lisbon',
    postalCode: '1000',
    countryCode: 'PT',
  };
  const add = `mutation ($input: AddressInput!) { addAddress(input: $input) { address { id isDefault } userErrors { code field } } }`;
  await expect(user.mutate(add, { input: address })).resolves.toMatchObject({ address: { isDefault: true } });
  await expect(user.run(add, { input: { ...address, countryCode: 'ZZ' } })).resolves.toMatchObject({
    addAddress: { address: null, userErrors: [{ code: 'INVALID', field: ['input', 'countryCode'] }] },
  });
  await expect(
    user.run('{ me { displayName locale timeZone preferences addresses { city } } }'),
  ).resolves.toEqual({
    me: {
      displayName: 'Ada',
      locale: 'pt-PT',
      timeZone: 'Europe/Lisbon',
      preferences: { theme: 'dark' },
      addresses: [{ city: 'Lisbon' }],
    },
  });
});

it('follows and unfollows; the names come from account, the rest from social', async () => {
  const [ada, ben] = [await newUser('ada'), await newUser('ben')];
  const follow = `mutation ($id: ID!) { follow(userId: $id) { user { id followedByMe followersCount displayName } userErrors { code } } }`;
  await expect(ada.mutate(follow, { id: ben.userId })).resolves.toMatchObject({
    user: { id: ben.userId, followedByMe: true, followersCount: 1, displayName: 'Test B.' },
  });
  await ada.mutate(follow, { id: ben.userId });
  await expect(
    ada.run(follow.replace('code', 'code field'), { id: 'user_01h455vb4pex5vsknk084sn02q' }),
  ).resolves.toEqual({ follow: { user: null, userErrors: [{ code: 'NOT_FOUND', field: ['userId'] }] } });
  await expect(ada.run('{ me { following { nodes { displayName } } } }')).resolves.toEqual({
    me: { following: { nodes: [{ displayName: 'Test B.' }] } },
  });
  const seen = `query ($id: ID!) { user(id: $id) { followersCount followers { totalCount nodes { id displayName } } notifications { nodes { type } } } }`;
  await expect(ben.run(seen, { id: ben.userId })).resolves.toMatchObject({
    user: {
      followersCount: 1,
      followers: { totalCount: 1, nodes: [{ id: ada.userId, displayName: 'Test A.' }] },
      notifications: { nodes: [{ type: 'NEW_FOLLOWER' }] },
    },
  });
  await expect(ada.run(follow, { id: ada.userId })).resolves.toMatchObject({
    follow: { userErrors: [{ code: 'CANNOT_FOLLOW_SELF' }] },
  });
  await ada.mutate(
    'mutation ($id: ID!) { unfollow(userId: $id) { user { followersCount } userErrors { code } } }',
    { id: ben.userId },
  );
  await expect(ada.run('{ me { followingCount following { nodes { id } } } }')).resolves.toEqual({
    me: { followingCount: 0, following: { nodes: [] } },
  });
});

it('has a wishlist with the listings of catalog, and learns of a lower price', async () => {
  const [seller, ada] = [await administrator(), await newUser('ada')];
  const { listingId, offerId } = await stockLicences(seller, 5);
  await ada.mutate(
    'mutation ($id: ID!) { addToWishlist(listingId: $id) { listing { id } userErrors { code message } } }',
    { id: listingId },
  );
  await expect(
    ada.run('{ me { wishlist { nodes { addedAt listing { id title } } } } }'),
  ).resolves.toMatchObject({
    me: { wishlist: { nodes: [{ listing: { id: listingId, title: expect.any(String) as string } }] } },
  });
  await seller.mutate(
    `mutation ($id: ID!) { updateOffer(id: $id, input: { price: { amount: 1, currency: "EUR" } }) {
      userErrors { code message } } }`,
    { id: offerId },
  );
  const body = await until('a notification', async () => {
    const { me } = (await ada.run('{ me { notifications { nodes { type body } } } }')) as {
      me: { notifications: { nodes: { type: string; body: string }[] } };
    };
    return me.notifications.nodes.find(({ type }) => type === 'PRICE_DROPPED')?.body;
  });
  expect(body).toContain('costs €0.01 now, instead of');
});

it('verifies an address and resets a password by the tokens of e-mails', async () => {
  const user = await newUser('mail');
  const email = user.email ?? '';
  const tokenOf = async (path: string): Promise<string> => {
    const { text } = await souk.mailTo(email, `/${path}?token=`);
    const [, token = ''] = new RegExp(`/${path}\\?token=(\\S+)`).exec(text) ?? [];
    // People without a page to click on take the token itself.
    expect(text).toContain(`\n${token}\n`);
    return token;
  };
  const verified = await anonymous().run(
    'mutation ($token: String!) { verifyEmail(token: $token) { user { id } userErrors { code } } }',
    { token: await tokenOf('verify-email') },
  );
  expect(verified).toEqual({ verifyEmail: { user: { id: user.userId }, userErrors: [] } });
  await souk.mailTo(email, 'Your e-mail address was confirmed.');

  await anonymous().run('mutation ($email: EmailAddress!) { requestPasswordReset(email: $email) { ok } }', {
    email,
  });
  const newPassword = 'a battery of horses';
  const reset = await anonymous().run(
    `mutation ($token: String!, $newPassword: String!) {
       resetPassword(token: $token, newPassword: $newPassword) { ok userErrors { code } }
     }`,
    { token: await tokenOf('reset-password'), newPassword },
  );
  expect(reset).toEqual({ resetPassword: { ok: true, userErrors: [] } });
  await (await souk.as({ email, password: newPassword })).run('{ me { id } }');
});
