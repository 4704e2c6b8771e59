import { request as send } from 'node:http';
import { connect } from 'node:net';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { Topic } from '@souk/shared/topic';
import { until } from '../../tests/support/until.js';
import { memoryStore } from '../src/cache/cache-store.js';
import { startCachedShop, TestSignals } from './cached-graph.js';
import type { SmallGateway, SmallSubgraph } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

const long = 'A long walk before breakfast. '.repeat(200);
const texts: SmallSubgraph = {
  sdl: `type Query { long: String short: String }
    type Mutation { long: String }`,
  resolvers: {
    Query: { long: () => long, short: () => 'short' },
    Mutation: { long: () => long },
  },
};

interface Raw {
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Sends a request without the decompression of fetch. */
function post(graph: { url: string }, query: string, headers: Record<string, string>): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    send(`${graph.url}/graphql`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end(JSON.stringify({ query }));
  });
}

function decoded({ headers, body }: Raw): unknown {
  const coding = headers['content-encoding'];
  const bytes = coding === 'br' ? brotliDecompressSync(body) : coding === 'gzip' ? gunzipSync(body) : body;
  return JSON.parse(bytes.toString());
}

describe('compression', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ texts });
  });
  afterAll(() => graph.gateway.close());

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0.2, gzip;q=0.9', 'gzip'],
    ['identity', undefined],
    ['', undefined],
    ['gzip;q=0', undefined],
    ['identity;q=0', undefined],
  ])('Accept-Encoding %j: %s, cold and known', async (accepted, coding) => {
    for (let turn = 0; turn < 2; turn += 1) {
      const response = await post(graph, `{ long } # ${accepted}`, { 'accept-encoding': accepted });
      expect(response.headers['content-encoding']).toBe(coding);
      expect(response.headers['vary']).toMatch(/accept-encoding/);
      expect(Number(response.headers['content-length'])).toBe(response.body.length);
      if (coding) expect(response.body.length).toBeLessThan(long.length / 10);
      expect(decoded(response)).toEqual({ data: { long } });
    }
  });

  test('small responses are sent as they are, unless the client refuses that', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      const small = await post(graph, '{ short }', { 'accept-encoding': 'gzip, br' });
      expect(small.headers['content-encoding']).toBeUndefined();
      const strict = await post(graph, '{ short }', { 'accept-encoding': 'gzip, identity;q=0' });
      expect(strict.headers['content-encoding']).toBe('gzip');
      expect(decoded(strict)).toEqual({ data: { short: 'short' } });
    }
  });

  test('responses to mutations, which may hold tokens, are not compressed', async () => {
    for (let turn = 0; turn < 2; turn += 1) {
      const response = await post(graph, 'mutation { long }', { 'accept-encoding': 'gzip, br' });
      expect(response.headers['content-encoding']).toBeUndefined();
      expect(decoded(response)).toEqual({ data: { long } });
    }
  });

  test('event streams are neither compressed nor held back', async () => {
    const headers = { 'accept-encoding': 'gzip, br', accept: 'text/event-stream' };
    const response = await post(graph, '{ long }', headers);
    expect(response.headers['content-encoding']).toBeUndefined();
    expect(response.body.toString()).toContain(`event: next\ndata: {"data":{"long":"${long}"}}`);
  });

  test('a client of HTTP/1.0 gets a length', async () => {
    const { hostname, port } = new URL(graph.url);
    const body = '{"query":"{ long }"}';
    const raw = await new Promise<Buffer>((resolve, reject) => {
      const chunks: Buffer[] = [];
      connect(Number(port), hostname)
        .on('data', (chunk) => chunks.push(chunk))
        .on('error', reject)
        .on('end', () => resolve(Buffer.concat(chunks)))
        .write(
          `POST /graphql HTTP/1.0\r\nhost: x\r\naccept-encoding: gzip\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
        );
    });
    const end = raw.indexOf('\r\n\r\n');
    const head = raw.subarray(0, end).toString().toLowerCase();
    expect(head).toContain('content-encoding: gzip');
    expect(head).not.toContain('transfer-encoding');
    expect(JSON.parse(gunzipSync(raw.subarray(end + 4)).toString())).toEqual({ data: { long } });
  });
});

test('a cached response is compressed once, and again after a change', async () => {
  const signals = new TestSignals();
  const stock = { title: long, topics: ['listing:1'] as Topic[], isPrivate: false };
  const cache = { store: memoryStore(1_000_000), signals: { shop: signals } };
  const shop = await startCachedShop(stock, cache);
  const brotli = jest.spyOn(
    jest.requireActual<{ brotliCompress: () => void }>('node:zlib'),
    'brotliCompress',
  );
  const query = '{ item(id: "1") { title } }';
  const read = async (title: string): Promise<void> => {
    // The language is a part of the cache's key, and fetch sends this one.
    const headers = { 'accept-encoding': 'br', 'accept-language': '*' };
    const response = await post(shop, query, headers);
    expect(response.headers['content-encoding']).toBe('br');
    expect(decoded(response)).toEqual({ data: { item: { title: `${title} 1` } } });
  };
  const isCached = async (): Promise<boolean> =>
    (await shop.execute(query)).headers.get('cache-status')?.startsWith('souk; hit') ?? false;
  try {
    await until('a hit', isCached);
    brotli.mockClear();
    for (let turn = 0; turn < 3; turn += 1) await read(long);
    expect(brotli).toHaveBeenCalledTimes(1);
    stock.title = `New ${long}`;
    signals.publish(['listing:1']);
    await until('a hit after the change', isCached);
    brotli.mockClear();
    for (let turn = 0; turn < 3; turn += 1) await read(`New ${long}`);
    expect(brotli).toHaveBeenCalledTimes(1);
  } finally {
    brotli.mockRestore();
    await shop.gateway.close();
  }
});
