import type { FormattedExecutionResult } from 'graphql';
import type { Server } from 'node:http';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SubgraphCall } from '../src/subgraph/subgraph-client.js';
import { httpSubgraphClient, InvalidRequestHeader } from '../src/subgraph/subgraph-client.js';
import type { SmallGateway, SmallSubgraph } from './small-graph.js';
import { short, startSmallGateway } from './small-graph.js';

const account: SmallSubgraph = {
  sdl: 'type Query { me: User } type User @key(fields: "id") { id: ID! name: String }',
  resolvers: { Query: { me: () => ({ id: '1', name: 'Ada' }) } },
};
const social: SmallSubgraph = {
  sdl: 'type User @key(fields: "id") { id: ID! likes: Int }',
  resolvers: { User: { __resolveReference: ({ id }: { id: string }) => ({ id, likes: 3 }) } },
};

describe('errors of a subgraph that are not in the form of errors', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ account, social });
  });
  afterAll(() => graph.gateway.close());

  const unreadable = 'INTERNAL_SERVER_ERROR -';
  const forbidden = { code: 'FORBIDDEN' };
  test.each<[string, unknown, string[]]>([
    ['an object', { message: 'no' }, [unreadable]],
    ['a text', 'no', [unreadable]],
    ['null', null, []],
    ['none', [], []],
    ['null in a list', [null, 1, 'no'], [unreadable, unreadable, unreadable]],
    ['no message', [{ extensions: forbidden }], ['FORBIDDEN -']],
    ['a number as message', [{ message: 5, extensions: forbidden }], ['FORBIDDEN -']],
    ['a text as path', [{ message: 'no', path: 'me', extensions: forbidden }], ['FORBIDDEN -']],
    ['a number as path', [{ message: 'no', path: 5, extensions: forbidden }], ['FORBIDDEN -']],
    ['objects in the path', [{ message: 'no', path: [{}], extensions: forbidden }], ['FORBIDDEN -']],
    ['a text as extensions', [{ message: 'no', extensions: 'FORBIDDEN' }], [unreadable]],
    [
      'a status that is none',
      [{ message: 'no', extensions: { ...forbidden, http: { status: 'x' } } }],
      ['FORBIDDEN -'],
    ],
    [
      'a status of its own',
      [{ message: 'no', extensions: { ...forbidden, http: { status: 503 } } }],
      ['FORBIDDEN -'],
    ],
  ])('%s: the errors beside its data are reported, the second time too', async (what, errors, expected) => {
    const data = { me: { __typename: 'User', id: '1', name: 'Ada' } };
    const root = graph.subgraphs['account'];
    const entities = graph.subgraphs['social'];
    if (!root || !entities) throw new Error('A subgraph is missing.');
    root.answer = () => Promise.resolve({ data, errors } as unknown as FormattedExecutionResult);
    entities.answer = () =>
      Promise.resolve({ data: { _entities: [{ likes: 3 }] }, errors } as unknown as FormattedExecutionResult);
    for (let turn = 0; turn < 2; turn += 1) {
      const answer = await graph.execute(`{ me { id name likes } } # ${what}`);
      expect(answer.status).toBe(200);
      expect(answer.data).toEqual({ me: { id: '1', name: 'Ada', likes: 3 } });
      // Those beside entities are at the entity.
      const ofEntity = expected.map((error) => error.replace('-', 'me'));
      expect(short(answer.errors)).toEqual([...expected, ...ofEntity]);
    }
  });

  test('only public extensions of the right type', async () => {
    const extensions = {
      code: 'FORBIDDEN',
      retryAfter: { a: 1 },
      field: 'f',
      argument: ['a'],
      stacktrace: ['at'],
    };
    const root = graph.subgraphs['account'];
    if (!root) throw new Error('There is no account.');
    root.answer = () => Promise.resolve({ data: { me: null }, errors: [{ message: 'no', extensions }] });
    const [error] = (await graph.execute('{ me { id } }')).errors;
    const { requestId, ...rest } = error?.extensions ?? {};
    expect(requestId).toEqual(expect.any(String));
    expect(rest).toEqual({ code: 'FORBIDDEN', field: 'f' });
  });
});

const calls = 40;

/** Sends a query with these headers; fetch does not send all of them as they are. */
function executeWith(graph: SmallGateway, query: string, headers: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', headers: { 'content-type': 'application/json', ...headers } };
    request(`${graph.url}/graphql`, options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
    })
      .on('error', reject)
      .end(JSON.stringify({ query }));
  });
}

describe('client errors do not count against the subgraph', () => {
  let server: Server;
  let graph: SmallGateway;
  /** A subgraph that refuses a query that it is not to take, as HTTP does. */
  beforeAll(async () => {
    server = createServer((incoming, response) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        if (Buffer.concat(chunks).includes('refusable')) response.writeHead(413).end('<h1>Too large</h1>');
        else response.end(JSON.stringify({ data: { me: { id: '1', name: 'Ada' } } }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    graph = await startSmallGateway(
      { account },
      {
        subgraphs: null,
        urls: { account: `http://127.0.0.1:${port}/graphql` },
        subgraphResetTimeoutMs: 600_000,
      },
    );
  });
  afterAll(async () => {
    await graph.gateway.close();
    server.close();
    server.closeAllConnections();
  });

  const expectOthersServed = async (): Promise<void> => {
    expect((await graph.execute('{ me { name } }')).data).toEqual({ me: { name: 'Ada' } });
  };

  test('requests that it refuses do not open its circuit', async () => {
    for (let call = 0; call < calls; call += 1) {
      const { errors } = await graph.execute('{ me { refusable: name } }');
      expect(short(errors)).toEqual(['SERVICE_UNAVAILABLE -']);
    }
    await expectOthersServed();
  });

  test('nor do headers that cannot be sent, and calls of others go on', async () => {
    const { port } = server.address() as AddressInfo;
    const link = httpSubgraphClient('account', `http://127.0.0.1:${port}/graphql`);
    const operation = {
      subgraph: 'account',
      query: '',
      operationName: undefined,
      isQuery: true,
      bodyStart: '{"a":',
    };
    const call = (authorization: string): SubgraphCall => ({
      operation,
      variables: '{}',
      headers: { authorization },
      timeoutMs: 10_000,
      cancellation: null,
    });
    try {
      // More than there are connections.
      for (let count = 0; count < 100; count += 1) {
        await expect(link.execute(call('Bearer a\n'))).rejects.toThrow(InvalidRequestHeader);
        await expect(link.subscribe(call('Bearer ł'))).rejects.toThrow(InvalidRequestHeader);
      }
      expect(await link.execute(call('Bearer ü'))).toMatchObject({ data: { me: { id: '1' } } });
    } finally {
      await link.close();
    }
  });

  test('nor do headers that would be too large together with ours', async () => {
    // Of 16,384 bytes that Node takes, the gateway's own headers are some hundred.
    const long = 'x'.repeat(8_050);
    for (let call = 0; call < calls; call += 1) {
      const text = await executeWith(graph, '{ me { id } }', { 'accept-language': long, 'user-agent': long });
      expect(JSON.parse(text)).toEqual({ data: { me: { id: '1' } } });
    }
    await expectOthersServed();
  });
});
