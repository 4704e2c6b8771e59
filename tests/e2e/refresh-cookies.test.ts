import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { registeredPassword } from '@souk/testing/test-client';
import { chromiumPath, startChromium } from '../support/chromium.js';
import { newUser, soukUrl } from '../support/suite-clients.js';

const user = 'accessToken refreshToken user { email } userErrors { code }';
const loginMutation = `mutation ($email: EmailAddress!, $password: String!) {
  answer: login(email: $email, password: $password) { ${user} } }`;
const refreshMutation = `mutation { answer: refreshSession { ${user} } }`;
const logoutMutation = 'mutation { answer: logout { ok userErrors { code } } }';

interface Answer {
  accessToken?: string | null;
  refreshToken?: string | null;
  user?: { email: string } | null;
  ok?: boolean;
  userErrors: { code: string }[];
}

interface Sent {
  status: number;
  answer: Answer | null;
  codes: unknown[];
  cookie: string | null;
}

/** Sends a mutation as a client that is no browser, and may therefore claim any origin and cookie. */
async function send(query: string, headers: Record<string, string>, variables = {}): Promise<Sent> {
  const response = await fetch(`${soukUrl}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'souk-refresh-cookie': '1', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as {
    data?: { answer: Answer };
    errors?: { extensions: { code: string } }[];
  };
  return {
    status: response.status,
    answer: data?.answer ?? null,
    codes: (errors ?? []).map(({ extensions }) => extensions.code),
    cookie: response.headers.get('set-cookie'),
  };
}

const origin = { origin: soukUrl };
const pairOf = (cookie: string | null): string => cookie?.split(';')[0] ?? '';

async function credentials(): Promise<{ email: string; password: string }> {
  const { email } = await newUser('cookie');
  return { email: email ?? '', password: registeredPassword };
}

it('keeps the refresh token in a cookie, through refreshes to the logout', async () => {
  const person = await credentials();
  const login = await send(loginMutation, origin, person);
  expect(login.answer).toMatchObject({ refreshToken: null, user: { email: person.email }, userErrors: [] });
  expect(login.cookie).toMatch(/; Path=\/graphql; Max-Age=\d+; HttpOnly; Secure; SameSite=Strict$/);
  const tabs = await Promise.all(
    [1, 2].map(() => send(refreshMutation, { ...origin, cookie: pairOf(login.cookie) })),
  );
  expect(tabs.map(({ answer }) => answer?.userErrors)).toEqual([[], []]);
  expect(pairOf(tabs[0]!.cookie)).toBe(pairOf(tabs[1]!.cookie));
  expect(pairOf(tabs[0]!.cookie)).not.toBe(pairOf(login.cookie));
  const cookie = pairOf(tabs[0]!.cookie);
  const logout = await send(logoutMutation, { ...origin, cookie });
  expect([logout.answer?.ok, logout.cookie]).toEqual([
    true,
    'souk-refresh=; Path=/graphql; Max-Age=0; HttpOnly; Secure; SameSite=Strict',
  ]);
  const after = await send(refreshMutation, { ...origin, cookie });
  expect([after.answer?.userErrors, after.cookie]).toEqual([[{ code: 'TOKEN_EXPIRED' }], null]);
});

it('gives equal requests of several people at once each their own session', async () => {
  const people = await Promise.all(Array.from({ length: 4 }, credentials));
  const logins = await Promise.all(people.map((person) => send(loginMutation, origin, person)));
  const refreshed = await Promise.all(
    logins.map(({ cookie }) => send(refreshMutation, { ...origin, cookie: pairOf(cookie) })),
  );
  expect(refreshed.map(({ answer }) => answer?.user?.email)).toEqual(people.map(({ email }) => email));
  expect(new Set(refreshed.map(({ cookie }) => pairOf(cookie))).size).toBe(4);
});

it.each([
  ['another origin', { origin: 'https://evil.test' }],
  ['no origin', {}],
])('is refused to a request of %s, and its session goes on', async (_whose, headers) => {
  const { cookie } = await send(loginMutation, origin, await credentials());
  const stolen = await send(refreshMutation, { ...headers, cookie: pairOf(cookie) });
  expect(stolen).toEqual({ status: 403, answer: null, codes: ['FORBIDDEN'], cookie: null });
  const own = await send(refreshMutation, { ...origin, cookie: pairOf(cookie) });
  expect(own.answer?.userErrors).toEqual([]);
});

const inBrowser = chromiumPath === null ? describe.skip : describe;
if (chromiumPath === null)
  process.stderr.write('Chromium is not installed: refresh cookies are not tested in a browser.\n');

inBrowser('in a browser', () => {
  // A secure origin: browsers trust localhost, and 127.0.0.1 is another site.
  const shop = soukUrl.replace('127.0.0.1', 'localhost');
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    browser = await startChromium();
  });

  beforeEach(async () => {
    // The pages that are served here allow no requests of scripts; the shop that a browser would show does.
    context = await browser.newContext({ bypassCSP: true });
  });

  afterEach(() => context.close());

  afterAll(() => browser.close());

  /** Runs a mutation in a page. Null if the page may not read the response. */
  const runIn = (page: Page, query: string, variables = {}): Promise<Answer | null> =>
    page.evaluate(
      async ([url, body]) => {
        try {
          const response = await fetch(url, {
            method: 'POST',
            credentials: 'include',
            headers: { 'content-type': 'application/json', 'souk-refresh-cookie': '1' },
            body,
          });
          return ((await response.json()) as { data: { answer: Answer } | null }).data?.answer ?? null;
        } catch {
          return null;
        }
      },
      [`${shop}/graphql`, JSON.stringify({ query, variables })] as const,
    );
  const open = async (url: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };

  it('the pages of the shop refresh with it and cannot read it', async () => {
    const person = await credentials();
    const [tab, other] = [await open(`${shop}/`), await open(`${shop}/`)];
    expect(await runIn(tab, refreshMutation)).toMatchObject({ userErrors: [{ code: 'TOKEN_EXPIRED' }] });
    expect(await runIn(tab, loginMutation, person)).toMatchObject({ refreshToken: null, userErrors: [] });
    const [stored] = await context.cookies(`${shop}/graphql`);
    expect(stored).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict', path: '/graphql' });
    for (const page of [tab, other])
      expect(await page.evaluate(async () => [document.cookie, await cookieStore.getAll()])).toEqual([
        '',
        [],
      ]);
    const answers = await Promise.all([tab, other].map((page) => runIn(page, refreshMutation)));
    for (const answer of answers)
      expect(answer).toMatchObject({ refreshToken: null, user: { email: person.email } });
    // Not sent to other paths.
    expect(await context.cookies(`${shop}/`)).toEqual([]);
    expect(await runIn(other, logoutMutation)).toMatchObject({ ok: true });
    expect(await context.cookies(`${shop}/graphql`)).toEqual([]);
    expect(await runIn(tab, refreshMutation)).toMatchObject({ userErrors: [{ code: 'TOKEN_EXPIRED' }] });
  });

  it('a page of another site cannot use it, set it or end its session', async () => {
    const person = await credentials();
    const tab = await open(`${shop}/`);
    await runIn(tab, loginMutation, person);
    const before = await context.cookies(`${shop}/graphql`);
    const site = createServer((_request, response) => {
      response.setHeader('content-type', 'text/html').end('<title>Another site</title>');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    try {
      const evil = await open(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`);
      // CORS lets a page of this machine call, outside production; the browser does not send the cookie.
      expect(await runIn(evil, refreshMutation)).toMatchObject({ userErrors: [{ code: 'TOKEN_EXPIRED' }] });
      await runIn(evil, logoutMutation);
      await runIn(evil, loginMutation, await credentials());
      // A form needs no permission of CORS, and cannot have the header.
      await evil.setContent(
        `<form method="post" enctype="text/plain" action="${shop}/graphql">
          <input name='{"query":"mutation { logout { ok } }","x":"' value='"}'><button>Go</button></form>`,
      );
      await evil.click('button');
      await evil.waitForURL(`${shop}/graphql`);
      expect(await evil.textContent('body')).toContain('BAD_REQUEST');
      expect(await context.cookies(`${shop}/graphql`)).toEqual(before);
      expect(await runIn(tab, refreshMutation)).toMatchObject({
        user: { email: person.email },
        userErrors: [],
      });
    } finally {
      site.closeAllConnections();
      site.close();
    }
  });

  it('a page of an origin that CORS does not list is refused', async () => {
    const person = await credentials();
    const tab = await open(`${shop}/`);
    await runIn(tab, loginMutation, person);
    await context.route('http://evil.test/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<title>Another site</title>' }),
    );
    const evil = await open('http://evil.test/');
    expect(await runIn(evil, refreshMutation)).toBeNull();
    expect(await runIn(evil, logoutMutation)).toBeNull();
    expect(await runIn(tab, refreshMutation)).toMatchObject({
      user: { email: person.email },
      userErrors: [],
    });
  });
});
