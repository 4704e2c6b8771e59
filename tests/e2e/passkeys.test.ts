import type { Browser, CDPSession, Page } from 'playwright-core';
import { chromiumPath, startChromium } from '../support/chromium.js';
import { soukUrl } from '../support/suite-clients.js';

// The origin of PUBLIC_URL: passkeys belong to a domain, not to an address.
const site = soukUrl.replace('//127.0.0.1', '//localhost');
const password = 'correct horse battery';
const errors = 'userErrors { code message }';

interface Claims {
  mfa_at?: number;
  sid: string;
}

type Payload = Record<string, unknown> & { userErrors: { code: string }[] };

const inBrowser = chromiumPath === null ? describe.skip : describe;
if (chromiumPath === null)
  process.stderr.write('Chromium is not installed: passkeys are not tested in a browser.\n');

inBrowser('passkeys in a browser', () => {
  let browser: Browser;
  let page: Page;
  let devTools: CDPSession;

  beforeAll(async () => {
    browser = await startChromium();
    page = await browser.newPage();
    devTools = await page.context().newCDPSession(page);
    await devTools.send('WebAuthn.enable');
    await devTools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.goto(`${site}/docs`);
  });

  afterAll(async () => {
    await browser.close();
  });

  /** Sends a mutation of one field from the page. */
  async function mutate(query: string, variables: object = {}, token?: unknown): Promise<Payload> {
    const request = {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(typeof token === 'string' && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ query, variables }),
    };
    const answer = await page.evaluate<{ data?: Record<string, unknown>; errors?: unknown }>(
      `fetch('/graphql', ${JSON.stringify(request)}).then((response) => response.json())`,
    );
    expect(answer.errors).toBeUndefined();
    return Object.values(answer.data ?? {})[0] as Payload;
  }

  /** Starts a ceremony and lets the browser's authenticator respond. */
  async function respond(field: string, token?: unknown): Promise<{ ceremony: unknown; response: unknown }> {
    const { ceremony, options, userErrors } = await mutate(
      `mutation { ${field} { ceremony options ${errors} } }`,
      {},
      token,
    );
    expect(userErrors).toEqual([]);
    const [method, parse] =
      field === 'beginPasskeyRegistration'
        ? ['create', 'parseCreationOptionsFromJSON']
        : ['get', 'parseRequestOptionsFromJSON'];
    const response = await page.evaluate(
      `navigator.credentials.${method}({ publicKey: PublicKeyCredential.${parse}(${JSON.stringify(options)}) })
        .then((credential) => credential.toJSON())`,
    );
    return { ceremony, response };
  }

  const finishLogin = (variables: object): Promise<Payload> =>
    mutate(
      `mutation ($ceremony: String!, $response: JSON!) {
        finishPasskeyLogin(ceremony: $ceremony, response: $response) { accessToken user { email } ${errors} } }`,
      variables,
    );

  const claimsOf = (token: unknown): Claims =>
    JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Claims;

  it('register, sign in alone, complete a login with a password, and give a fresh factor', async () => {
    const email = `passkey-${crypto.randomUUID()}@example.com`;
    const { accessToken } = await mutate(
      `mutation ($input: RegisterInput!) { register(input: $input) { accessToken ${errors} } }`,
      { input: { email, password, firstName: 'Ada', lastName: 'Byron' } },
    );
    const created = await respond('beginPasskeyRegistration', accessToken);
    const registered = await mutate(
      `mutation ($ceremony: String!, $response: JSON!) {
        finishPasskeyRegistration(ceremony: $ceremony, name: "Laptop", response: $response) {
          passkey { name } recoveryCodes ${errors} } }`,
      created,
      accessToken,
    );
    expect(registered).toMatchObject({ userErrors: [], passkey: { name: 'Laptop' } });
    expect(registered['recoveryCodes']).toHaveLength(10);

    const alone = await finishLogin(await respond('beginPasskeyLogin'));
    expect(alone).toMatchObject({ userErrors: [], user: { email } });
    expect(claimsOf(alone['accessToken']).mfa_at).toEqual(expect.any(Number));

    const login = await mutate(
      `mutation ($email: EmailAddress!, $password: String!) {
        login(email: $email, password: $password) { accessToken mfaChallenge mfaMethods ${errors} } }`,
      { email, password },
    );
    expect(login).toMatchObject({ accessToken: null, mfaMethods: ['PASSKEY', 'RECOVERY_CODE'] });
    const challenge = JSON.stringify(login['mfaChallenge']);
    const second = await respond(`beginPasskeyLogin(mfaChallenge: ${challenge})`);
    expect(await finishLogin(second)).toMatchObject({ userErrors: [], user: { email } });
    // The response of a ceremony works once.
    expect((await finishLogin(second)).userErrors).toMatchObject([{ code: 'TOKEN_EXPIRED' }]);

    expect(claimsOf(accessToken).mfa_at).toBeUndefined();
    const elevated = await mutate(
      `mutation ($ceremony: String!, $response: JSON!) {
        elevateSessionByPasskey(ceremony: $ceremony, response: $response) { accessToken ${errors} } }`,
      await respond('beginPasskeyElevation', accessToken),
      accessToken,
    );
    expect(elevated.userErrors).toEqual([]);
    const { mfa_at: mfaAt, sid } = claimsOf(elevated['accessToken']);
    expect(mfaAt).toEqual(expect.any(Number));
    expect(sid).toBe(claimsOf(accessToken).sid);
  });
});
