import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import type { Tick } from './live-gateway.js';
import { LiveGateway } from './live-gateway.js';
import { Tap } from './live-subgraph.js';

const hello = '{ now { id } }';
const now = '{"data":{"now":{"id":"now"}}}';
const trustedQuery = 'query Trusted { now { id name } }';
const trustedStream = 'subscription { ticked { id } }';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('clients over HTTP', () => {
  const tap = new Tap<Tick>();
  tap.present = () => ({ id: '1' });
  let graph: LiveGateway;
  let origin: URL;
  beforeAll(async () => {
    const byId = new Map([trustedQuery, trustedStream].map((text) => [hashOf(text), text]));
    graph = await LiveGateway.start({ tap, names: (id) => id }, false, {
      introspection: true,
      trustedDocuments: { byId, only: false },
    });
    origin = new URL(graph.url);
  });
  afterAll(() => graph.close());

  /** Writes raw requests to one connection. @returns all that is answered */
  const exchange = (...requests: string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      let text = '';
      const socket = connect(Number(origin.port), '127.0.0.1');
      socket.on('data', (chunk) => {
        text += String(chunk);
        if (text.includes('HTTP/1.1 101')) socket.destroy();
        const next = requests.shift();
        if (next !== undefined) socket.write(next);
      });
      socket.on('close', () => resolve(text)).on('error', reject);
      socket.write(requests.shift() ?? '');
    });
  const h2c = [
    'Host: localhost',
    'Connection: Upgrade, HTTP2-Settings',
    'Upgrade: h2c',
    'HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA',
  ].join('\r\n');
  const post = (extra: string): string =>
    `POST /graphql HTTP/1.1\r\n${extra}\r\nContent-Type: application/json\r\nContent-Length: ${JSON.stringify({ query: hello }).length}\r\n\r\n${JSON.stringify({ query: hello })}`;

  test('an upgrade to HTTP/2 is ignored on every path, and the connection goes on', async () => {
    const text = await exchange(
      post(h2c),
      `GET /health/live HTTP/1.1\r\n${h2c}\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: TLS/1.0, h2c\r\n\r\n`,
      post(h2c),
      `GET /graphql?query=%7Bnow%7Bid%7D%7D HTTP/1.1\r\nHost: localhost\r\nApollo-Require-Preflight: 1\r\nConnection: close, upgrade\r\nUpgrade: h2c\r\n\r\n`,
    );
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(Array<string>(5).fill('HTTP/1.1 200'));
    expect(text.split(now)).toHaveLength(4);
    expect(text).toContain('{"live":true}');
  });

  test('an upgrade to WebSocket beside others is one', async () => {
    const heard = graph.watch('WebSocket', hello);
    expect(await heard.toEnd()).toEqual([{ data: { now: { id: 'now' } } }]);
    const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
    const other = await exchange(
      `GET /graphql HTTP/1.1\r\nHost: localhost\r\nConnection: upgrade\r\nUpgrade: h2c, WebSocket\r\n${key}\r\n\r\n`,
    );
    expect(other).toContain('HTTP/1.1 101 Switching Protocols');
  });

  const send = async (query: string, accept: string): Promise<[number, string | null, string]> => {
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query }),
    });
    const type = response.headers.get('content-type');
    if (!type?.startsWith('text/event-stream'))
      return [response.status, type, (await response.text()).trim()];
    const reader = response.body?.getReader();
    const first = await reader?.read();
    await reader?.cancel();
    return [response.status, type, new TextDecoder().decode(first?.value)];
  };
  const json = 'application/json; charset=utf-8';
  const graphqlJson = 'application/graphql-response+json; charset=utf-8';
  const stream = 'text/event-stream; charset=utf-8';
  const urql =
    'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed';

  test.each([
    [urql, graphqlJson],
    ['application/json, text/event-stream', json],
    ['text/event-stream;q=0, application/json', json],
    ['text/event-stream;q=0.5, application/json', json],
    ['application/json;q=0.2, application/graphql-response+json;q=0.8', graphqlJson],
    ['text/event-stream', stream],
    ['text/event-stream, application/json;q=0.5', stream],
    ['text/event-stream;q=0.1, application/json;q=0', stream],
  ])('a query with Accept: %s is answered with %s', async (accept, type) => {
    for (let turn = 0; turn < 2; turn += 1) {
      const [status, found, text] = await send(hello, accept);
      expect([status, found]).toEqual([200, type]);
      expect(text).toBe(type === stream ? `event: next\ndata: ${now}\n\nevent: complete\ndata:\n\n` : now);
    }
  });

  test.each([
    [urql, stream],
    ['text/event-stream;q=0.1, application/json', stream],
    ['text/event-stream;q=0, application/json', json],
    ['application/json', json],
    ['*/*', json],
  ])('a subscription with Accept: %s is answered with %s', async (accept, type) => {
    const [, found, text] = await send(trustedStream, accept);
    expect(found).toBe(type);
    expect(text).toContain(type === stream ? '{"ticked":{"id":"1"}}' : 'BAD_REQUEST');
  });

  test('an operation that is refused has a status by the type that is accepted', async () => {
    const wrong = '{ nothing }';
    const both = 'application/json, application/graphql-response+json';
    expect((await send(wrong, both))[0]).toBe(400);
    expect((await send(wrong, `${both};q=0`))[0]).toBe(200);
    expect((await send(wrong, urql))[0]).toBe(400);
  });

  const get = async (params: Record<string, string>, accept = 'application/json') => {
    const headers = { accept, 'apollo-require-preflight': 'yes' };
    const response = await fetch(`${graph.url}?${new URLSearchParams(params).toString()}`, { headers });
    return [response.status, (await response.text()).trim()];
  };
  const hash = hashOf(trustedQuery);
  const byHash = (sha256Hash: string): string =>
    JSON.stringify({ persistedQuery: { version: 1, sha256Hash } });
  const answered = [200, '{"data":{"now":{"id":"now","name":"now"}}}'];

  test('trusted documents are run by GET', async () => {
    expect(await get({ documentId: hash })).toEqual(answered);
    expect(await get({ documentId: `sha256:${hash}`, operationName: 'Trusted', variables: '{}' })).toEqual(
      answered,
    );
    expect(await get({ extensions: byHash(hash) })).toEqual(answered);
    expect(await get({ extensions: byHash(hash), query: trustedQuery })).toEqual(answered);
    const heard = await fetch(`${graph.url}?documentId=${hashOf(trustedStream)}`, {
      headers: { accept: 'text/event-stream' },
    });
    const reader = heard.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('{"ticked":{"id":"1"}}');
    await reader?.cancel();
    const [unknown, refusal] = await get({ documentId: 'sha256:00' });
    expect([unknown, refusal]).toEqual([404, expect.stringContaining('PERSISTED_QUERY_NOT_FOUND')]);
    expect((await get({ extensions: byHash(hash), query: hello }))[0]).toBe(400);
    expect(await get({ query: hello })).toEqual([200, now]);
    expect((await get({ documentId: hash, variables: '{' }))[0]).toBe(400);
  });

  test('a byte order mark before a body is ignored', async () => {
    const body = `\ufeff${JSON.stringify({ query: hello })}`;
    const response = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect([response.status, (await response.text()).trim()]).toEqual([200, now]);
    const twice = await fetch(graph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `\ufeff${body}`,
    });
    expect(twice.status).toBe(400);
  });
});
