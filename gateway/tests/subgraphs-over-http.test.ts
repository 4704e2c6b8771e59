import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { createLog } from '@souk/shared/log';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { until } from '../../tests/support/until.js';
import { Cancellation, ClientGone } from '@souk/shared/cancellation';
import type { SubgraphCall, SubgraphClient } from '../src/subgraph/subgraph-client.js';
import { httpSubgraphClient } from '../src/subgraph/subgraph-client.js';
import { redirectedTarget, targetOf } from '../src/subgraph/subgraph-target.js';
import { resilientClient } from '../src/subgraph/resilient-client.js';
import type { RawAnswer } from './raw-subgraph.js';
import { RawSubgraph } from './raw-subgraph.js';

const result = { data: { a: 'ä' } };
const json = JSON.stringify(result);
const stream = `event: next\ndata: ${json}\n\nevent: complete\ndata:\n\n`;

const call = (over: Partial<SubgraphCall> = {}): SubgraphCall => ({
  operation: {
    subgraph: 's',
    query: '{ a }',
    operationName: undefined,
    isQuery: true,
    bodyStart: '{"query":"{ a }","variables":',
  },
  variables: '{}',
  headers: { authorization: 'Bearer token', [gatewaySecretHeader]: 'secret', 'accept-language': 'de' },
  timeoutMs: 5_000,
  cancellation: null,
  ...over,
});

let subgraph: RawSubgraph;
let address: string;
const clients: SubgraphClient[] = [];
beforeEach(async () => {
  subgraph = new RawSubgraph(() => json);
  address = await subgraph.listen();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await subgraph.close();
});

const clientAt = (url: string): SubgraphClient => {
  const client = httpSubgraphClient('s', url);
  clients.push(client);
  return client;
};
const eventsOf = async (client: SubgraphClient): Promise<unknown[]> => {
  const events: unknown[] = [];
  for await (const event of await client.subscribe(call())) events.push(event);
  return events;
};

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', brotliCompressSync],
  ['BR', brotliCompressSync],
  ['deflate, gzip', (text: string) => gzipSync(deflateSync(text))],
  ['identity', (text: string) => Buffer.from(text)],
])('answers in %s are decoded, and streams', async (coding, encode) => {
  const client = clientAt(address);
  subgraph.answer = (_request, response) => {
    response.setHeader('content-encoding', coding).end(encode(json));
    return null;
  };
  expect(await client.execute(call())).toEqual(result);
  subgraph.answer = (_request, response) => {
    response.setHeader('content-type', 'Text/Event-Stream');
    response.setHeader('content-encoding', coding).end(encode(stream + stream.replace(json, '')));
    return null;
  };
  expect(await eventsOf(client)).toEqual([result]);
});

test('an event of a compressed stream is there before the next one', async () => {
  const client = clientAt(address);
  subgraph.answer = (_request, response) => {
    response.setHeader('content-type', 'text/event-stream').setHeader('content-encoding', 'gzip');
    response.write(gzipSync(`event: next\ndata: ${json}\n\n`, { finishFlush: constants.Z_SYNC_FLUSH }));
    return null;
  };
  const events = await client.subscribe(call());
  expect((await events.next()).value).toEqual(result);
  await events.return?.();
});

test.each([
  ['an unknown coding', 'zip', json],
  ['a coding that it is not in', 'gzip', json],
])('%s is no answer', async (_what, coding, text) => {
  subgraph.answer = (_request, response) => {
    response.setHeader('content-encoding', coding).end(text);
    return null;
  };
  await expect(clientAt(address).execute(call())).rejects.toThrow('not a GraphQL response');
});

test('a byte order mark before an answer is ignored', async () => {
  subgraph.answer = () => `\ufeff${json}`;
  expect(await clientAt(address).execute(call())).toEqual(result);
});

test.each([307, 308])('a redirect by %i is followed, with method, body and headers', async (status) => {
  subgraph.answer = ({ url, headers }, response) => {
    if (url !== '/there')
      response.writeHead(status, { location: url === '/graphql' ? '/next' : 'there' }).end();
    else if (headers.accept === 'text/event-stream') {
      response.setHeader('content-type', 'text/event-stream').end(stream);
    } else return json;
    return null;
  };
  const client = clientAt(address);
  expect(await client.execute(call())).toEqual(result);
  expect(await eventsOf(client)).toEqual([result]);
  expect(subgraph.requests.map(({ url }) => url)).toEqual([
    '/graphql',
    '/next',
    '/there',
    '/graphql',
    '/next',
    '/there',
  ]);
  for (const { method, body, headers } of subgraph.requests) {
    expect([method, body]).toEqual(['POST', '{"query":"{ a }","variables":{}}']);
    expect(headers).toMatchObject({ authorization: 'Bearer token', [gatewaySecretHeader]: 'secret' });
  }
});

test('a redirect to another server tells it no credentials', async () => {
  const other = new RawSubgraph(() => json);
  const there = await other.listen();
  subgraph.answer = (_request, response) => {
    response.writeHead(307, { location: there }).end();
    return null;
  };
  try {
    expect(await clientAt(address.replace('http://', 'http://me:secret@')).execute(call())).toEqual(result);
    const { headers } = other.requests[0] ?? {};
    expect(headers).toMatchObject({ 'accept-language': 'de' });
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty(gatewaySecretHeader);
  } finally {
    await other.close();
  }
});

test.each(['/graphql', 'ftp://localhost/', '', 'http://['])(
  'a redirect to %j comes to an end',
  async (location) => {
    subgraph.answer = (_request, response) => {
      response.writeHead(308, { location }).end();
      return null;
    };
    const client = clientAt(address);
    await expect(client.execute(call())).rejects.toThrow('status 308');
    await expect(eventsOf(client)).rejects.toThrow('redirect');
  },
);

test('a redirect to HTTPS of the same host keeps credentials, and none leads back to HTTP', () => {
  const secure = redirectedTarget(targetOf('http://a.test/graphql'), 'https://a.test/graphql');
  expect(secure).toMatchObject({ origin: 'https://a.test', isForeign: false });
  expect(secure && redirectedTarget(secure, 'http://a.test/graphql')).toBeNull();
});

test('the user of an address is authenticated', async () => {
  const client = clientAt(address.replace('http://', 'http://me:pass%20w%C3%B6rd@'));
  subgraph.answer = ({ headers }, response) => {
    if (headers.accept !== 'text/event-stream') return json;
    response.setHeader('content-type', 'text/event-stream').end(stream);
    return null;
  };
  await client.execute(call());
  await client.execute(call({ headers: {} }));
  await eventsOf(client);
  const basic = `Basic ${Buffer.from('me:pass wörd').toString('base64')}`;
  expect(subgraph.requests.map(({ headers }) => headers.authorization)).toEqual([basic, basic, basic]);
});

test('events of other names are passed over', async () => {
  subgraph.answer = (_request, response) => {
    response.setHeader('content-type', 'text/event-stream');
    response.write('event: ping\ndata: {}\n\nevent: ping\ndata: not json\n\ndata: hello\n\n');
    response.end(stream.replace('event: complete', `event: keepalive\ndata: ${json}\n\nevent: complete`));
    return null;
  };
  expect(await eventsOf(clientAt(address))).toEqual([result]);
});

describe('a call that is made again', () => {
  test('goes over a new connection, since kept ones may be dead too', async () => {
    // Each connection answers once; a second request on it finds it dead.
    const used = new WeakSet<Socket>();
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.on('error', () => undefined);
      socket.on('data', () => {
        if (used.has(socket)) socket.resetAndDestroy();
        else socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(json)}\r\n\r\n${json}`);
        used.add(socket);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const client = resilientClient(
      httpSubgraphClient('s', `http://127.0.0.1:${port}/graphql`),
      { maxCalls: 100, resetTimeoutMs: 600_000, countsLate: true },
      createLog('test', 'silent'),
    );
    clients.push(client);
    try {
      for (let round = 0; round < 3; round += 1) {
        const answers = Promise.all(Array.from({ length: 8 }, () => client.execute(call())));
        expect(await answers).toEqual(Array(8).fill(result));
      }
      expect(connections).toBeGreaterThan(8);
    } finally {
      server.close();
    }
  });
});

describe('a trial call of an open circuit', () => {
  const failing: RawAnswer = (_request, response) => {
    response.writeHead(500).end('down');
    return null;
  };
  const resetTimeoutMs = 300;

  /** A client whose circuit is open, and tries from now on. */
  async function trying(): Promise<SubgraphClient> {
    const client = resilientClient(
      httpSubgraphClient('s', address),
      { maxCalls: 100, resetTimeoutMs, countsLate: true },
      createLog('test', 'silent'),
    );
    clients.push(client);
    subgraph.answer = failing;
    for (let count = 0; count < 25; count += 1) await client.execute(call()).catch(() => undefined);
    await expect(client.execute(call())).rejects.toThrow('The circuit is open.');
    await new Promise((resolve) => setTimeout(resolve, resetTimeoutMs + 50));
    subgraph.requests.length = 0;
    return client;
  }

  test.each([404, 401, 502])('that a page with status %i answers leaves it open', async (status) => {
    const client = await trying();
    subgraph.answer = (_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>no</h1>');
      return null;
    };
    await expect(client.execute(call())).rejects.toThrow('not a GraphQL response');
    await expect(client.execute(call())).rejects.toThrow('The circuit is open.');
    expect(subgraph.requests).toHaveLength(1);
  });

  test('goes on when its client goes away, and its outcome counts', async () => {
    for (const isUp of [false, true]) {
      const client = await trying();
      let answer = (): void => undefined;
      subgraph.answer = (request, response, incoming) => {
        answer = () => {
          if (!isUp) failing(request, response, incoming);
          else response.end(json);
        };
        return null;
      };
      const cancellation = new Cancellation();
      const trial = client.execute(call({ cancellation })).catch((error: unknown) => error);
      await until('the trial call', () => subgraph.requests.length === 1);
      cancellation.cancel(new ClientGone());
      await expect(client.execute(call())).rejects.toThrow('The circuit is open.');
      answer();
      await trial;
      subgraph.answer = () => json;
      const next = client.execute(call());
      if (isUp) expect(await next).toEqual(result);
      else await expect(next).rejects.toThrow('The circuit is open.');
    }
  });

  test('is none with headers that cannot be sent', async () => {
    const client = await trying();
    subgraph.answer = () => json;
    await expect(client.execute(call({ headers: { a: 'ł' } }))).rejects.toThrow('cannot be sent');
    expect(await client.execute(call())).toEqual(result);
    expect(await client.execute(call())).toEqual(result);
  });
});
