import { toApiId, newId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { serveEndpoints } from '../../../tests/support/serve-endpoints.js';
import { until } from '../../../tests/support/until.js';
import type { FakeOffer } from './support/fake-catalog.js';
import type { Refusal } from './support/order-subgraph.js';
import { OrderUnderTest } from './support/order-subgraph.js';

let order: OrderUnderTest;
let buyer: TestUser;
let friend: TestUser;
let gate: TestUser;
let offer: FakeOffer;

beforeAll(async () => {
  order = await OrderUnderTest.start();
  gate = order.user(['ADMIN']);
  offer = order.catalog.offer({ fulfilment: 'LICENCE' });
});

beforeEach(() => {
  [buyer, friend] = [order.user(), order.user()];
  order.accounts.away = false;
  order.accounts.users.set('friend@souk.test', friend.id);
  order.accounts.users.set('buyer@souk.test', buyer.id);
});

afterAll(() => order.close());

interface Token {
  id: string;
  code: string;
}

interface Changed {
  token: { id: string; status: string; holder: { id: string }; offeredTo: { id: string } | null } | null;
  userErrors: Refusal[];
}

async function buyToken(of = offer): Promise<Token & { orderId: string }> {
  const { id } = await order.buy(buyer, [{ offerId: of.id }]);
  const bought = await order.reached(id, buyer, 'COMPLETED');
  const [token] = bought.order.tokens;
  return { ...token!, orderId: bought.order.id };
}

const changed = '{ token { id status holder { id } offeredTo { id } } userErrors { code field } }';
const offerTo = (code: string, toEmail = 'friend@souk.test', user = buyer): Promise<Changed> =>
  order.query(
    `mutation ($code: String!, $toEmail: String!) { offerTokenTransfer(code: $code, toEmail: $toEmail) ${changed} }`,
    { code, toEmail },
    user,
  );
const answer = (
  mutation: 'acceptTokenTransfer' | 'withdrawTokenTransfer',
  id: string,
  user: TestUser,
): Promise<Changed> =>
  order.query(`mutation ($id: ID!) { ${mutation}(tokenId: $id) ${changed} }`, { id }, user);
const accept = (id: string, user = friend): Promise<Changed> => answer('acceptTokenTransfer', id, user);
const withdraw = (id: string, user = buyer): Promise<Changed> => answer('withdrawTokenTransfer', id, user);
const codesOf = ({ userErrors }: { userErrors: Refusal[] }): string[] => userErrors.map(({ code }) => code);

async function offeredTo(user: TestUser): Promise<string[]> {
  const [entity] = await order.query<[{ offeredTokens: { id: string }[] }]>(
    `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { offeredTokens { id offeredTo { id } } } } }`,
    { of: [{ __typename: 'User', id: user.id }] },
    user,
  );
  return entity.offeredTokens.map(({ id }) => id);
}

async function codeFor(user: TestUser, id: string): Promise<string | undefined> {
  const [entity] = await order.query<[{ tokens: Token[] }]>(
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { tokens { id code } } } }',
    { of: [{ __typename: 'User', id: user.id }] },
    user,
  );
  return entity.tokens.find((token) => token.id === id)?.code;
}

async function redeem(code: string): Promise<string[]> {
  return codesOf(
    await order.query<Changed>(
      `mutation ($code: String!) { redeemToken(code: $code, nonce: "${newId()}") { userErrors { code } } }`,
      { code },
      gate,
    ),
  );
}

it('gives the token to the other user under a new code', async () => {
  const { id, code } = await buyToken();
  await expect(offerTo(code)).resolves.toEqual({
    token: { id, status: 'TRANSFER_PENDING', holder: { id: buyer.id }, offeredTo: { id: friend.id } },
    userErrors: [],
  });
  await expect(redeem(code)).resolves.toEqual(['CONFLICT']);
  await expect(offeredTo(friend)).resolves.toEqual([id]);
  await expect(accept(id)).resolves.toEqual({
    token: { id, status: 'ACTIVE', holder: { id: friend.id }, offeredTo: null },
    userErrors: [],
  });
  await expect(offeredTo(friend)).resolves.toEqual([]);
  await expect(codeFor(buyer, id)).resolves.toBeUndefined();
  const next = await codeFor(friend, id);
  expect(next).toMatch(/^LIC-[0-9A-Z]{12}$/);
  expect(next).not.toBe(code);
  await expect(redeem(code)).resolves.toEqual(['TOKEN_UNKNOWN']);
  await expect(redeem(next ?? '')).resolves.toEqual([]);
});

it('shows its code to no one but the holder', async () => {
  const { id, code, orderId } = await buyToken();
  await offerTo(code);
  const look = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on User { offeredTokens { id code } } } }`;
  const { data, errors } = await order.run(look, { of: [{ __typename: 'User', id: friend.id }] }, friend);
  expect(data).toEqual({ _entities: [{ offeredTokens: [{ id, code: null }] }] });
  expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN']);
  await accept(id);
  const former = await order.run(
    'query ($id: ID!) { order(id: $id) { number tokens { id code signedPayload qrCode } } }',
    { id: orderId },
    buyer,
  );
  expect(former.data).toMatchObject({
    order: { tokens: [{ id, code: null, signedPayload: null, qrCode: null }] },
  });
});

it('is withdrawn by its holder, and may be offered again', async () => {
  const { id, code } = await buyToken();
  await offerTo(code);
  await expect(offerTo(code).then(codesOf)).resolves.toEqual(['CONFLICT']);
  await expect(withdraw(id, friend).then(codesOf)).resolves.toEqual(['NOT_FOUND']);
  await expect(withdraw(id)).resolves.toMatchObject({ token: { status: 'ACTIVE', offeredTo: null } });
  await expect(withdraw(id).then(codesOf)).resolves.toEqual(['CONFLICT']);
  await expect(accept(id).then(codesOf)).resolves.toEqual(['CONFLICT']);
  await expect(offerTo(code).then(codesOf)).resolves.toEqual([]);
  await expect(withdraw(id).then(codesOf)).resolves.toEqual([]);
  await expect(redeem(code)).resolves.toEqual([]);
});

it('is accepted or withdrawn, but not both', async () => {
  const { id, code } = await buyToken();
  await offerTo(code);
  const [accepted, withdrawn] = await Promise.all([accept(id), withdraw(id)]);
  expect([codesOf(accepted), codesOf(withdrawn)].sort()).toEqual([[], ['CONFLICT']]);
});

it('refuses what is not the caller’s, gone, over, or to nobody', async () => {
  const { id, code } = await buyToken();
  await expect(offerTo(code, 'friend@souk.test', friend).then(codesOf)).resolves.toEqual(['TOKEN_UNKNOWN']);
  await expect(offerTo('LIC-000000000000').then(codesOf)).resolves.toEqual(['TOKEN_UNKNOWN']);
  await expect(offerTo(code, 'nobody@souk.test')).resolves.toMatchObject({
    userErrors: [{ code: 'NOT_FOUND', field: ['toEmail'] }],
  });
  for (const address of ['buyer@souk.test', '@', 'a b@souk.test']) {
    await expect(offerTo(code, address)).resolves.toMatchObject({
      userErrors: [{ code: 'INVALID', field: ['toEmail'] }],
    });
  }
  await expect(accept(id).then(codesOf)).resolves.toEqual(['NOT_FOUND']);
  await expect(accept('nonsense').then(codesOf)).resolves.toEqual(['NOT_FOUND']);
  await expect(withdraw(toApiId('token', newId())).then(codesOf)).resolves.toEqual(['NOT_FOUND']);
  await offerTo(code);
  await order.subgraph.dependencies.source.query(
    "UPDATE purchase_token SET valid_until = now() - interval '1 hour' WHERE code = $1",
    [code],
  );
  await expect(accept(id).then(codesOf)).resolves.toEqual(['TOKEN_EXPIRED']);
  await withdraw(id);
  await expect(offerTo(code).then(codesOf)).resolves.toEqual(['TOKEN_EXPIRED']);
});

it('says that account is away', async () => {
  const { code } = await buyToken();
  order.accounts.away = true;
  const query = `mutation ($code: String!) { offerTokenTransfer(code: $code, toEmail: "friend@souk.test") ${changed} }`;
  await expect(order.errorOf(query, { code }, buyer)).resolves.toBe('SERVICE_UNAVAILABLE');
});

it('looks up at most 30 addresses within an hour', async () => {
  const { code } = await buyToken();
  const refusals: string[] = [];
  for (let count = 0; count < 31; count += 1)
    refusals.push(...codesOf(await offerTo(code, `unknown${count}@souk.test`)));
  expect(refusals).toEqual([...Array<string>(30).fill('NOT_FOUND'), 'TOO_MANY_ATTEMPTS']);
  await order.subgraph.dependencies.source.query(
    "UPDATE recipient_lookup SET since = since - interval '1 hour'",
  );
  await expect(offerTo(code).then(codesOf)).resolves.toEqual([]);
});

it('ends with the cancellation of the order', async () => {
  const { id, code, orderId } = await buyToken();
  await offerTo(code);
  await order.query(
    'mutation ($id: ID!) { cancelOrder(id: $id, reason: "r", idempotencyKey: "k") { userErrors { code } } }',
    { id: orderId },
    buyer,
  );
  const { tokens } = await until('a cancelled order', async () => {
    const view = await order.query<{ status: string; tokens: object[] }>(
      'query ($id: ID!) { order(id: $id) { status tokens { id status } } }',
      { id: orderId },
      buyer,
    );
    return view.status === 'CANCELLED' ? view : null;
  });
  expect(tokens).toEqual([{ id, status: 'REVOKED' }]);
  await expect(offeredTo(friend)).resolves.toEqual([]);
  await expect(accept(id).then(codesOf)).resolves.toEqual(['CONFLICT']);
});

describe('the files of a token', () => {
  let endpoints: Awaited<ReturnType<typeof serveEndpoints>>;
  let concert: FakeOffer;

  beforeAll(async () => {
    endpoints = await serveEndpoints(order.subgraph);
    concert = order.catalog.offer({ fulfilment: 'TICKET' });
  });

  afterAll(() => {
    endpoints.close();
  });

  beforeEach(() => {
    order.catalog.away = false;
  });

  interface Links {
    ticketPdfUrl: string | null;
    calendarUrl: string | null;
  }

  const linksOf = (code: string, user: TestUser): Promise<Links | null> =>
    order.query(
      'query ($code: String!) { purchaseToken(code: $code) { ticketPdfUrl calendarUrl } }',
      { code },
      user,
    );

  async function fetchLink(link: string | null | undefined, init: RequestInit = {}): Promise<Response> {
    const { pathname, search, origin } = new URL(link ?? '');
    expect(origin).toBe('http://localhost:4000');
    return fetch(`${endpoints.url}${pathname}${search}`, init);
  }

  it('are opened by their links without a login, and only by those', async () => {
    const { code } = await buyToken(concert);
    const links = await linksOf(code, buyer);
    const pdf = await fetchLink(links?.ticketPdfUrl);
    expect(pdf.status).toBe(200);
    expect(Object.fromEntries(pdf.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-disposition': 'attachment; filename="ticket.pdf"',
    });
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const calendar = await fetchLink(links?.calendarUrl);
    expect(calendar.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(await calendar.text()).toContain('LOCATION:Coliseu\\, Rua 1\\, Lisboa');
    expect(await linksOf(code, gate)).toEqual(links);
    const link = links?.ticketPdfUrl ?? '';
    for (const wrong of [link.slice(0, -1), `${link}x`, link.replace(/=.*/, '='), link.replace(/\?.*/, '')])
      expect((await fetchLink(wrong)).status).toBe(404);
    expect((await fetchLink(link, { method: 'POST' })).status).toBe(405);
  });

  it('have no links for others, and no calendar for licenses', async () => {
    const { code } = await buyToken();
    expect(await linksOf(code, buyer)).toEqual({
      ticketPdfUrl: expect.stringContaining('/tickets/ticket.pdf?token=') as string,
      calendarUrl: null,
    });
    expect(await linksOf(code, friend)).toBeNull();
  });

  it('end when the token changes hands, and when it is revoked', async () => {
    const { id, code } = await buyToken(concert);
    const before = await linksOf(code, buyer);
    await offerTo(code);
    expect((await fetchLink(before?.ticketPdfUrl)).status).toBe(200);
    await accept(id);
    for (const link of [before?.ticketPdfUrl, before?.calendarUrl])
      expect((await fetchLink(link)).status).toBe(404);
    const next = (await codeFor(friend, id)) ?? '';
    const after = await linksOf(next, friend);
    expect((await fetchLink(after?.ticketPdfUrl)).status).toBe(200);
    await order.query(
      'mutation ($code: String!) { revokeToken(code: $code, reason: "Lost.") { userErrors { code } } }',
      { code: next },
      gate,
    );
    expect((await fetchLink(after?.ticketPdfUrl)).status).toBe(404);
    expect((await fetchLink(after?.calendarUrl)).status).toBe(404);
    expect(await linksOf(next, friend)).toEqual({ ticketPdfUrl: null, calendarUrl: null });
  });

  it('are made without a name while account is away, and not while catalog is', async () => {
    const { code } = await buyToken(concert);
    const links = await linksOf(code, buyer);
    order.accounts.away = true;
    expect((await fetchLink(links?.ticketPdfUrl)).status).toBe(200);
    order.catalog.away = true;
    const response = await fetchLink(links?.ticketPdfUrl);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
  });
});
