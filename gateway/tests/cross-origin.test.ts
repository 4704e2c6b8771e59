import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { account } from './account-subgraphs.js';
import type { SmallGateway } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

const loopback = [
  'http://localhost:5173',
  'https://localhost',
  'http://127.0.0.1:3000',
  'http://[::1]:8080',
  'https://shop.localhost:4443',
];
const foreign = [
  'https://shop.test.evil',
  'http://localhost.evil.test',
  'http://notlocalhost:5173',
  'http://127.0.0.2.evil.test',
  'http://localhost@evil.test',
  'file://localhost',
  'http://localhost:5173/path',
  'null',
];

/** The status and body of a refused WebSocket, or 101. */
async function upgrade(graph: SmallGateway, origin: string): Promise<[number, string]> {
  const socket = new WebSocket(`${graph.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    origin,
  });
  const opened = once(socket, 'open').then((): [number, string] => [101, '']);
  const refused = once(socket, 'unexpected-response').then(
    async ([, response]: IncomingMessage[]): Promise<[number, string]> => {
      let body = '';
      for await (const chunk of response ?? []) body += String(chunk);
      return [response?.statusCode ?? 0, body];
    },
  );
  try {
    return await Promise.race([opened, refused]);
  } finally {
    socket.terminate();
  }
}

describe.each([false, true])('pages of other origins, production %s', (production) => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ account }, { corsOrigins: ['https://shop.test'], production });
  });
  afterAll(() => graph.gateway.close());

  const allowed = async (origin: string): Promise<(string | null)[]> => {
    const { headers } = await graph.execute('{ hello }', { headers: { origin } });
    expect(headers.get('vary')).toMatch(/origin/);
    const preflight = await fetch(`${graph.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
    return [headers, preflight.headers].map((of) => of.get('access-control-allow-origin'));
  };

  test.each([
    ...['https://shop.test', ...(production ? [] : loopback)].map((origin) => [origin, true] as const),
    ...[...foreign, ...(production ? loopback : [])].map((origin) => [origin, false] as const),
  ])('%s: %s', async (origin, isAllowed) => {
    expect(await allowed(origin)).toEqual(isAllowed ? [origin, origin] : [null, null]);
    const [status, body] = await upgrade(graph, origin);
    expect(status).toBe(isAllowed ? 101 : 403);
    if (isAllowed) return;
    const { errors } = JSON.parse(body) as { errors: { message: string; extensions: object }[] };
    expect(errors[0]?.message).toBe(`Pages of the origin ${origin} may not connect. Add it to CORS_ORIGINS.`);
    expect(errors[0]?.extensions).toEqual({ code: 'FORBIDDEN' });
  });
});

test('a WebSocket to another path is refused by name', async () => {
  const graph = await startSmallGateway({ account });
  try {
    const socket = new WebSocket(`${graph.url.replace('http', 'ws')}/subscriptions`);
    const [, response] = (await once(socket, 'unexpected-response')) as IncomingMessage[];
    expect(response?.statusCode).toBe(404);
    socket.on('error', () => undefined).terminate();
  } finally {
    await graph.gateway.close();
  }
});
