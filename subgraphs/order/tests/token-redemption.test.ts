import { accountStates } from '@souk/shared/contracts/account';
import { newId, toApiId } from '@souk/shared/ids';
import type { TestUser } from '../../../tests/support/subgraph.js';
import { until } from '../../../tests/support/until.js';
import type { FakeOffer } from './support/fake-catalog.js';
import type { CheckoutView, Refusal } from './support/order-subgraph.js';
import { OrderUnderTest } from './support/order-subgraph.js';

let order: OrderUnderTest;
let buyer: TestUser;
let seller: TestUser;
let gate: TestUser;
let offer: FakeOffer;
let listingId: string;

beforeAll(async () => {
  order = await OrderUnderTest.start();
  [buyer, seller, gate] = [order.user(), order.user(['USER', 'PARTNER']), order.user(['ADMIN'])];
  offer = order.catalog.offer({ fulfilment: 'TICKET', partnerUuid: newId(), maxPerOrder: 100 });
  listingId = toApiId('listing', offer.listingUuid);
  order.subgraph.states.put(accountStates.partners, offer.partnerUuid ?? '', {
    partnerId: offer.partnerUuid ?? '',
    userId: seller.userId,
    status: 'VERIFIED',
    commissionBasisPoints: 1_000,
    at: new Date().toISOString(),
  });
});

afterAll(() => order.close());

interface Token {
  id: string;
  code: string;
}

interface Scanned {
  token: { status: string; redeemedAt: string | null } | null;
  admitted: boolean;
  replayed: boolean;
  userErrors: Refusal[];
}

async function buyTokens(quantity: number, of = offer): Promise<[CheckoutView['order'], Token[]]> {
  const { id } = await order.buy(buyer, [{ offerId: of.id, quantity }]);
  const bought = await order.reached(id, buyer, 'COMPLETED');
  return [bought.order, bought.order.tokens];
}

async function buyToken(of = offer): Promise<Token> {
  const [, [token]] = await buyTokens(1, of);
  return token!;
}

const refusal = `code field message ... on TokenAlreadyRedeemedError { redeemedAt }
  ... on TokenPeriodError { validFrom validUntil }`;

function scan(code: string, nonce: string, user = gate, at?: string): Promise<Scanned> {
  return order.query(
    `mutation ($code: String!, $nonce: String!, $at: ID) {
      redeemToken(code: $code, nonce: $nonce, listingId: $at) {
        token { status redeemedAt } admitted replayed userErrors { ${refusal} }
      }
    }`,
    { code, nonce, at },
    user,
  );
}

const codesOf = ({ userErrors }: { userErrors: Refusal[] }): string[] => userErrors.map(({ code }) => code);

function setPeriod({ code }: Token, from: string | null, until_: string | null): Promise<unknown> {
  return order.subgraph.dependencies.source.query(
    `UPDATE purchase_token SET valid_from = now() + $2::interval, valid_until = now() + $3::interval
     WHERE code = $1`,
    [code, from, until_],
  );
}

describe('a scan', () => {
  it('admits once and replays by nonce', async () => {
    const { code } = await buyToken();
    const first = await scan(code, 'gate 1', gate, listingId);
    expect(first).toMatchObject({
      token: { status: 'REDEEMED' },
      admitted: true,
      replayed: false,
      userErrors: [],
    });
    await expect(scan(code, 'gate 1', gate, listingId)).resolves.toEqual({ ...first, replayed: true });
    const second = await scan(code, 'gate 2');
    expect(second).toMatchObject({
      token: { status: 'REDEEMED' },
      admitted: false,
      replayed: false,
      userErrors: [{ code: 'TOKEN_ALREADY_REDEEMED', field: ['code'], redeemedAt: first.token?.redeemedAt }],
    });
    await expect(scan(code, 'gate 2')).resolves.toEqual({ ...second, replayed: true });
    await expect(scan(code, 'gate 1')).resolves.toMatchObject({ admitted: true, replayed: true });
  });

  it('admits one of many at once', async () => {
    const { code } = await buyToken();
    const scans = await Promise.all(
      Array.from({ length: 20 }, (_, index) => scan(code, `turnstile ${index % 10}`)),
    );
    const admitting = scans.filter(({ admitted }) => admitted);
    expect(admitting.map(({ replayed }) => replayed).sort()).toEqual([false, true]);
    expect(new Set(scans.filter(({ admitted }) => !admitted).flatMap(codesOf))).toEqual(
      new Set(['TOKEN_ALREADY_REDEEMED']),
    );
  });

  it('is for tickets:validate and the seller; a holder is told, others find nothing', async () => {
    const { code } = await buyToken();
    await expect(scan(code, 'own', buyer)).resolves.toMatchObject({
      token: null,
      admitted: false,
      userErrors: [{ code: 'NOT_OWNER' }],
    });
    await expect(scan(code, 'foreign', order.user(['USER', 'PARTNER']))).resolves.toMatchObject({
      token: null,
      userErrors: [{ code: 'TOKEN_UNKNOWN' }],
    });
    await expect(scan('TKT-000000000000', 'n', gate)).resolves.toMatchObject({
      token: null,
      userErrors: [{ code: 'TOKEN_UNKNOWN' }],
    });
    await until('the seller to be known', async () => (await scan(code, 'seller', seller)).admitted);
  });

  it('is refused at another listing, out of its period, and without a nonce', async () => {
    const token = await buyToken();
    const { code } = token;
    await expect(scan(code, 'w', gate, toApiId('listing', newId())).then(codesOf)).resolves.toEqual([
      'WRONG_LISTING',
    ]);
    await expect(scan(code, 'x', gate, 'nonsense').then(codesOf)).resolves.toEqual(['WRONG_LISTING']);
    await expect(scan(code, '  ').then(codesOf)).resolves.toEqual(['INVALID']);
    await setPeriod(token, '1 hour', '2 hours');
    await expect(scan(code, 'early')).resolves.toMatchObject({
      admitted: false,
      userErrors: [{ code: 'TOKEN_NOT_YET_VALID', validFrom: expect.any(String) as unknown }],
    });
    await setPeriod(token, '-2 hours', '-1 hour');
    await expect(scan(code, 'late').then(codesOf)).resolves.toEqual(['TOKEN_EXPIRED']);
    await setPeriod(token, null, null);
    await expect(scan(code, 'early')).resolves.toMatchObject({
      admitted: false,
      replayed: true,
      userErrors: [{ code: 'TOKEN_NOT_YET_VALID' }],
    });
    await expect(scan(code, 'in time')).resolves.toMatchObject({ admitted: true });
  });

  it('makes the order not cancellable, and is in its history', async () => {
    const [{ id }, [token]] = await buyTokens(2);
    await scan(token!.code, 'n');
    const { userErrors } = await order.query<{ userErrors: Refusal[] }>(
      'mutation ($id: ID!) { cancelOrder(id: $id, reason: "r", idempotencyKey: "k1") { userErrors { code } } }',
      { id },
      buyer,
    );
    expect(userErrors).toEqual([{ code: 'NOT_CANCELLABLE' }]);
    const { history } = await order.query<{ history: object[] }>(
      'query ($id: ID!) { order(id: $id) { history { type message actor { id } } } }',
      { id },
      gate,
    );
    expect(history).toContainEqual({
      type: 'TOKEN',
      message: 'A token was redeemed.',
      actor: { id: gate.id },
    });
  });
});

describe('a revoked token', () => {
  const revoke = (code: string, user = gate, reason = 'Lost.'): Promise<Scanned> =>
    order.query(
      `mutation ($code: String!, $reason: String!) {
        revokeToken(code: $code, reason: $reason) { token { status redeemedAt } userErrors { code field } } }`,
      { code, reason },
      user,
    );

  it('is not admitted', async () => {
    const { code } = await buyToken();
    await expect(revoke(code)).resolves.toMatchObject({ token: { status: 'REVOKED' }, userErrors: [] });
    await expect(scan(code, 'n').then(codesOf)).resolves.toEqual(['TOKEN_REVOKED']);
    await expect(revoke(code).then(codesOf)).resolves.toEqual(['TOKEN_REVOKED']);
  });

  it('needs a reason, a token that was not redeemed, and orders:manage', async () => {
    const { code } = await buyToken();
    await expect(revoke(code, gate, ' ')).resolves.toMatchObject({
      token: null,
      userErrors: [{ code: 'INVALID', field: ['reason'] }],
    });
    await expect(revoke('TKT-000000000000').then(codesOf)).resolves.toEqual(['TOKEN_UNKNOWN']);
    await scan(code, 'n');
    await expect(revoke(code).then(codesOf)).resolves.toEqual(['TOKEN_ALREADY_REDEEMED']);
    const mutation = 'mutation { revokeToken(code: "x", reason: "y") { token { id } } }';
    await expect(order.errorOf(mutation, {}, buyer)).resolves.toBe('FORBIDDEN');
  });
});

describe('a gate without a network', () => {
  interface Manifest {
    issued: number;
    redeemed: number;
    revoked: number;
    verificationKeys: { keys: object[] };
    codes: { code: string; status: string }[];
    cursor: string;
    hasMore: boolean;
  }
  interface Uploaded {
    results: { nonce: string; outcome: string; replayed: boolean; token: { status: string } | null }[];
    userErrors: Refusal[];
  }
  let concert: FakeOffer;
  let concertId: string;

  beforeEach(() => {
    concert = order.catalog.offer({ fulfilment: 'TICKET', partnerUuid: offer.partnerUuid });
    concertId = toApiId('listing', concert.listingUuid);
  });

  const manifest = (after?: string, user = gate, id = concertId): Promise<Manifest | null> =>
    order.query(
      `query ($id: ID!, $after: String) { gateManifest(listingId: $id, after: $after) {
        listing { id } issued redeemed revoked verificationKeys codes { code status } cursor hasMore } }`,
      { id, after },
      user,
    );
  const upload = (
    scans: { code: string; nonce: string; admittedAt?: string }[],
    user = gate,
    id = concertId,
  ): Promise<Uploaded> =>
    order.query(
      `mutation ($id: ID!, $scans: [OfflineScanInput!]!) { uploadScans(listingId: $id, scans: $scans) {
        results { nonce outcome replayed token { status } } userErrors { code field } } }`,
      {
        id,
        scans: scans.map((scan) => ({ admittedAt: new Date(Date.now() - 60_000).toISOString(), ...scan })),
      },
      user,
    );

  it('knows the codes that do not admit, and what changed since', async () => {
    const tokens = [await buyToken(concert), await buyToken(concert), await buyToken(concert)];
    const [redeemed, kept, revoked] = tokens;
    const before = await manifest();
    expect(before).toMatchObject({ issued: 3, redeemed: 0, revoked: 0, codes: [], hasMore: false });
    expect(before?.verificationKeys.keys).toHaveLength(1);
    await scan(redeemed!.code, 'n');
    await order.query(
      'mutation ($code: String!) { revokeToken(code: $code, reason: "r") { token { id } } }',
      { code: revoked!.code },
      gate,
    );
    const changed = await manifest(before?.cursor);
    const codes = [
      { code: redeemed!.code, status: 'REDEEMED' },
      { code: revoked!.code, status: 'REVOKED' },
    ];
    expect(changed).toMatchObject({ issued: 3, redeemed: 1, revoked: 1 });
    expect(changed?.codes).toEqual(expect.arrayContaining(codes));
    expect(changed?.codes.map(({ code }) => code)).not.toContain(kept!.code);
    const all = await manifest();
    expect(all?.codes).toEqual(expect.arrayContaining(codes));
    await until('nothing changes any more', async () => {
      const [page, empty] = [await manifest(all?.cursor), await manifest(changed?.cursor)];
      return page?.codes.length === 0 || empty?.codes.length === 0;
    });
  });

  it('is read by the seller and tickets:validate only', async () => {
    await buyToken(concert);
    await until('the seller to read it', async () => (await manifest(undefined, seller)) !== null);
    await expect(manifest(undefined, buyer)).resolves.toBeNull();
    await expect(manifest(undefined, order.user(['USER', 'PARTNER']))).resolves.toBeNull();
    await expect(manifest(undefined, gate, toApiId('listing', newId()))).resolves.toBeNull();
    const query = `{ gateManifest(listingId: "${concertId}", after: "%%%") { cursor } }`;
    await expect(order.errorOf(query, {}, gate)).resolves.toBe('BAD_USER_INPUT');
    await expect(upload([{ code: 'c', nonce: 'n' }], buyer).then(codesOf)).resolves.toEqual(['NOT_FOUND']);
  });

  it('uploads its admissions once, and double ones are told apart', async () => {
    const [valid, online, revoked] = [
      await buyToken(concert),
      await buyToken(concert),
      await buyToken(concert),
    ];
    await scan(online.code, 'online');
    await order.query(
      'mutation ($code: String!) { revokeToken(code: $code, reason: "r") { token { id } } }',
      { code: revoked.code },
      gate,
    );
    const admittedAt = new Date(Date.now() - 3_600_000).toISOString();
    const scans = [
      { code: valid.code, nonce: 'a', admittedAt },
      { code: valid.code, nonce: 'b' },
      { code: online.code, nonce: 'c' },
      { code: revoked.code, nonce: 'd' },
      { code: 'TKT-000000000000', nonce: 'e' },
    ];
    const outcomes = ['ADMITTED', 'DOUBLE_ADMISSION', 'DOUBLE_ADMISSION', 'REVOKED', 'UNKNOWN'];
    const first = await upload(scans);
    expect(first.userErrors).toEqual([]);
    expect(first.results.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(first.results.map(({ replayed }) => replayed)).toEqual(Array(5).fill(false));
    const again = await upload(scans);
    expect(again.results.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(again.results.map(({ replayed }) => replayed)).toEqual([true, true, true, true, false]);
    await expect(scan(valid.code, 'later')).resolves.toMatchObject({
      token: { status: 'REDEEMED', redeemedAt: admittedAt },
      userErrors: [{ code: 'TOKEN_ALREADY_REDEEMED' }],
    });
  });

  it('admits once when two gates upload the same token at once', async () => {
    const { code } = await buyToken(concert);
    const uploads = await Promise.all(
      Array.from({ length: 6 }, (_, index) => upload([{ code, nonce: `gate ${index}` }])),
    );
    const outcomes = uploads.flatMap(({ results }) => results.map(({ outcome }) => outcome)).sort();
    expect(outcomes).toEqual(['ADMITTED', ...Array<string>(5).fill('DOUBLE_ADMISSION')]);
  });

  it('refuses what cannot have happened, as a whole', async () => {
    const { code } = await buyToken(concert);
    await expect(upload([]).then(codesOf)).resolves.toEqual(['INVALID']);
    const wrong = await upload([
      { code, nonce: ' ' },
      { code, nonce: 'n', admittedAt: new Date(Date.now() + 3_600_000).toISOString() },
      { code, nonce: 'n', admittedAt: new Date(Date.now() - 40 * 86_400_000).toISOString() },
    ]);
    expect(wrong.results).toEqual([]);
    expect(wrong.userErrors).toEqual([
      { code: 'INVALID', field: ['scans', '0', 'nonce'] },
      { code: 'INVALID', field: ['scans', '1', 'admittedAt'] },
      { code: 'INVALID', field: ['scans', '2', 'admittedAt'] },
    ]);
    await expect(scan(code, 'n').then(({ admitted }) => admitted)).resolves.toBe(true);
  });
});
