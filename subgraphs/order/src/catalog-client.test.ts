import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { rejectionsOf, Unavailable } from '@souk/shared/errors';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import type { SubgraphRequest } from '@souk/shared/graph/subgraph-request';
import { newId, toApiId } from '@souk/shared/ids';
import { createLog } from '@souk/shared/log';
import { CatalogClient } from './catalog-client.js';
import { subgraphOverHttp } from './subgraph-http.js';

const log = createLog('test', 'silent');
const offerId = newId();
const listingId = newId();

const shown = (over: object = {}): object => ({
  id: toApiId('offer', offerId),
  title: 'Standard',
  upc: null,
  price: { amount: 1_000, currency: 'EUR' },
  maxPerOrder: 10,
  seated: false,
  fulfilment: 'LICENCE',
  salesStartAt: null,
  salesEndAt: '2026-03-01T12:00:00.000Z',
  availability: { status: 'IN_STOCK', available: 5 },
  listing: { id: toApiId('listing', listingId), title: 'A thing', status: 'PUBLISHED' },
  ...over,
});

const clients: CatalogClient[] = [];
let requests: SubgraphRequest[];

beforeEach(() => {
  requests = [];
});

afterEach(closeClients);

function closeClients(): void {
  for (const client of clients.splice(0)) client.close();
}

function clientOf(answer: (attempt: number) => unknown): CatalogClient {
  const execute: SubgraphExecutor = async (request) => {
    requests.push(request);
    return (await answer(requests.length)) as Awaited<ReturnType<SubgraphExecutor>>;
  };
  const client = new CatalogClient(execute, { gatewaySecret: 'a secret of the house', log });
  clients.push(client);
  return client;
}

const found = (over?: object): object => ({ data: { offers: [shown(over)] } });

describe('an offer', () => {
  it('is converted to the port’s type, and queried with the gateway secret', async () => {
    await expect(clientOf(() => found()).find([{ offerId }])).resolves.toEqual([
      {
        offerId,
        listingId,
        title: 'A thing: Standard',
        upc: null,
        unitAmount: 1_000,
        currency: 'EUR',
        maxPerOrder: 10,
        seated: false,
        fulfilment: 'LICENCE',
        salesStartAt: null,
        salesEndAt: new Date('2026-03-01T12:00:00.000Z'),
        onSale: true,
        available: 5,
      },
    ]);
    expect(requests[0]?.headers).toEqual({
      [gatewaySecretHeader]: 'a secret of the house',
      'x-souk-timeout-ms': '2000',
    });
    expect(requests[0]?.variables).toEqual({ ids: [toApiId('offer', offerId)] });
  });

  it.each([
    [{ availability: { status: 'SOLD_OUT', available: null } }, { onSale: true, available: 0 }],
    [{ availability: { status: 'IN_STOCK', available: null } }, { onSale: true, available: null }],
    [{ availability: { status: 'NOT_ON_SALE', available: 5 } }, { onSale: false }],
    [
      { listing: { id: toApiId('listing', listingId), title: 'A thing', status: 'ARCHIVED' } },
      { onSale: false },
    ],
  ])('%j', async (over, expected) => {
    await expect(clientOf(() => found(over)).find([{ offerId }])).resolves.toMatchObject([expected]);
  });

  it('is returned in request order; each is queried once, by id and by UPC together', async () => {
    const client = clientOf(() => ({ data: { offers: [shown()], u0: null, u1: shown({ upc: 'b' }) } }));
    const offers = await client.find([{ upc: 'a' }, { offerId }, { upc: 'b' }, { offerId }]);
    expect(offers.map((offer) => offer && [offer.offerId, offer.upc])).toEqual([
      null,
      [offerId, null],
      [offerId, 'b'],
      [offerId, null],
    ]);
    expect(requests[0]?.variables).toEqual({ ids: [toApiId('offer', offerId)], u0: 'a', u1: 'b' });
  });
});

it('concurrent lookups share one query', async () => {
  const client = clientOf(() => found());
  const unknown = newId();
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) => client.find([{ offerId: n % 2 === 0 ? offerId : unknown }])),
  );
  expect(answers.map(([offer]) => offer?.offerId ?? null)).toEqual(
    Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? offerId : null)),
  );
  expect(requests).toHaveLength(1);
});

describe('a catalog that returns errors', () => {
  it('gets one retry', async () => {
    const client = clientOf((attempt) => (attempt === 1 ? Promise.reject(new Error('reset')) : found()));
    await expect(client.find([{ offerId }])).resolves.toHaveLength(1);
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['an error', { errors: [{ message: 'Something went wrong.' }] }],
    ['what is no offer', { data: { offers: [{ id: 'x' }] } }],
    ['nothing', {}],
  ])('and returns %s is unavailable', async (_what, answer) => {
    const client = clientOf(() => answer);
    await expect(client.find([{ offerId }])).rejects.toMatchObject({ name: 'Unavailable', retryAfter: 3 });
    expect(requests).toHaveLength(2);
  });
});

describe('a catalog that does not respond', () => {
  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick'] });
  });
  afterEach(() => {
    closeClients();
    jest.useRealTimers();
  });

  it('times out after two seconds per attempt', async () => {
    const client = clientOf(() => new Promise(() => undefined));
    let failure: unknown = null;
    client.find([{ offerId }]).catch((error: unknown) => (failure = error));
    await jest.advanceTimersByTimeAsync(1_999);
    expect(requests).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(requests).toHaveLength(2);
    expect(failure).toBeNull();
    await jest.advanceTimersByTimeAsync(1);
    expect(failure).toBeInstanceOf(Unavailable);
  });

  it('opens the circuit for three seconds', async () => {
    let away = true;
    const client = clientOf(() => (away ? Promise.reject(new Error('reset')) : found()));
    for (let call = 0; call < 10; call += 1) {
      await expect(client.find([{ offerId }])).rejects.toBeInstanceOf(Unavailable);
    }
    // The circuit opens with the fifth failure.
    expect(requests).toHaveLength(5);
    away = false;
    await jest.advanceTimersByTimeAsync(2_999);
    await expect(client.find([{ offerId }])).rejects.toBeInstanceOf(Unavailable);
    await jest.advanceTimersByTimeAsync(1);
    await expect(client.find([{ offerId }])).resolves.toHaveLength(1);
    expect(requests).toHaveLength(6);
  });
});

describe('seats', () => {
  const [free, sold, unknown] = [newId(), newId(), newId()];
  const entity = (id: string, status: string, holder: string | null = null): object => ({
    id: toApiId('seat', id),
    status,
    holder,
    heldUntil: holder === null ? null : '2026-12-01T00:00:00.000Z',
    offer: { id: toApiId('offer', offerId) },
  });

  it('are queried once each; unknown ones are omitted', async () => {
    const [held, holder] = [newId(), newId()];
    const client = clientOf(() => ({
      data: {
        _entities: [entity(free, 'AVAILABLE'), entity(sold, 'SOLD'), null, entity(held, 'HELD', holder)],
      },
    }));
    await expect(client.findSeats([free, sold, unknown, held, free])).resolves.toEqual(
      new Map([
        [free, { offerId, isTaken: false, holder: null, heldUntil: null }],
        [sold, { offerId, isTaken: true, holder: null, heldUntil: null }],
        [held, { offerId, isTaken: false, holder, heldUntil: new Date('2026-12-01T00:00:00Z') }],
      ]),
    );
    expect(requests.map(({ variables }) => variables)).toEqual([
      {
        seats: [free, sold, unknown, held].map((id) => ({
          __typename: 'EventSeat',
          id: toApiId('seat', id),
        })),
      },
    ]);
  });

  it('are held and released for a cart, as the client that requested it', async () => {
    const holder = { userId: null, cartDigests: [newId()] };
    const client = clientOf(() => ({ data: { change: { userErrors: [] } } }));
    const source = { clientAddress: '192.0.2.1', requestId: 'request-1' };
    await client.holdSeats([free], holder, source);
    await client.releaseSeats([free], holder, source);
    expect(requests.map(({ variables }) => variables)).toEqual(
      requests.map(() => ({ seatIds: [toApiId('seat', free)], ...holder })),
    );
    expect(requests.map(({ query }) => /(hold|release)CartSeats/.exec(query)?.[0])).toEqual([
      'holdCartSeats',
      'releaseCartSeats',
    ]);
    expect(requests[0]?.headers).toMatchObject({
      'x-forwarded-for': '192.0.2.1',
      'x-request-id': 'request-1',
    });
  });

  it('are refused as catalog refuses them', async () => {
    const client = clientOf(() => ({
      data: {
        change: {
          userErrors: [
            {
              __typename: 'SeatUnavailableError',
              code: 'SEAT_UNAVAILABLE',
              message: 'Taken.',
              seatIds: ['a'],
            },
            { __typename: 'InputError', code: 'INVALID', message: 'Not on sale.' },
          ],
        },
      },
    }));
    const holder = { userId: newId(), cartDigests: [] };
    const source = { clientAddress: null, requestId: null };
    const refused: unknown = await client.holdSeats([free], holder, source).catch((error: unknown) => error);
    expect(rejectionsOf(refused)?.map((rejection) => rejection.toData())).toEqual([
      {
        code: 'SEAT_UNAVAILABLE',
        message: 'Taken.',
        field: null,
        typename: 'SeatUnavailableError',
        details: { seatIds: ['a'] },
      },
      { code: 'NOT_ON_SALE', message: 'Not on sale.', field: null, typename: 'InputError', details: {} },
    ]);
    expect(requests).toHaveLength(1);
  });

  it('are not queried for an empty list', async () => {
    await expect(clientOf(() => ({})).findSeats([])).resolves.toEqual(new Map());
    expect(requests).toEqual([]);
  });
});

describe('over HTTP', () => {
  const seen: { headers: Record<string, unknown>; body: unknown; socket: unknown }[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      seen.push({ headers: request.headers, body: JSON.parse(body), socket: request.socket });
      response.statusCode = status;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(found()));
    });
  });
  let catalog: ReturnType<typeof subgraphOverHttp>;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    catalog = subgraphOverHttp(`http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`);
  });

  afterAll(async () => {
    await catalog.close();
    await new Promise((resolve) => server.close(resolve));
  });

  it('sends its headers on persistent connections', async () => {
    const request = { query: '{ x }', variables: { a: 1 }, headers: { [gatewaySecretHeader]: 's' } };
    await expect(catalog.execute(request)).resolves.toEqual(found());
    for (let call = 0; call < 9; call += 1) await catalog.execute(request);
    expect(seen[0]).toMatchObject({
      headers: { [gatewaySecretHeader]: 's' },
      body: { query: '{ x }', variables: { a: 1 } },
    });
    expect(new Set(seen.map(({ socket }) => socket)).size).toBeLessThan(5);
  });

  it('treats other statuses as failures', async () => {
    status = 403;
    await expect(catalog.execute({ query: '{ x }', headers: {} })).rejects.toThrow('HTTP 403');
  });
});
