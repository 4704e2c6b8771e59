import { InvalidToken } from '@souk/shared/auth/access-token';
import type { ExchangeToken } from '@souk/shared/auth/token-exchange';
import { exchangingVerifier } from '@souk/shared/auth/token-exchange';
import { Unavailable } from '@souk/shared/errors';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { SmallGateway } from './small-graph.js';
import { short, startSmallGateway, verifyToken } from './small-graph.js';

const subgraphs = {
  people: {
    sdl: `type Query { me: User @authenticated secret: Int @requiresScopes(scopes: [["see"]]) }
      type Mutation { rename: Int } type User @key(fields: "id") { id: ID! }`,
    resolvers: { Query: { me: () => ({ id: 1 }), secret: () => 7 }, Mutation: { rename: () => 1 } },
  },
  names: {
    sdl: 'type User @key(fields: "id") { id: ID! name: String }',
    resolvers: { User: { name: () => 'Ada' } },
  },
};

const external = `a.${Buffer.from('{"iss":"https://issuer.test"}').toString('base64url')}.b`;
const authorization = `Bearer ${external}`;

let graph: SmallGateway;
let answer: ExchangeToken;

beforeEach(async () => {
  answer = () => Promise.resolve({ token: 'valid=see', expiresAt: new Date(Date.now() + 60_000) });
  graph = await startSmallGateway(subgraphs, {
    verifyToken: exchangingVerifier(verifyToken, (token) => answer(token)),
  });
});

afterEach(() => graph.gateway.close());

const received = (): unknown[] =>
  Object.values(graph.subgraphs).flatMap(({ requests }) =>
    requests.map(({ headers }) => headers['authorization']),
  );

test('subgraphs receive the token of account in place of the external one, and its scopes count', async () => {
  const { data, errors } = await graph.execute('{ me { id name } secret }', { headers: { authorization } });
  expect([data, errors]).toEqual([{ me: { id: '1', name: 'Ada' }, secret: 7 }, []]);
  await graph.execute('mutation { rename }', { headers: { authorization } });
  expect(received()).toEqual(Array(3).fill('Bearer valid=see'));
});

test('over a WebSocket too', async () => {
  const socket = new WebSocket(`${graph.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  try {
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
    await once(socket, 'message');
    socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: '{ me { name } }' } }));
    const [message] = (await once(socket, 'message')) as [Buffer];
    expect(JSON.parse(message.toString())).toMatchObject({ payload: { data: { me: { name: 'Ada' } } } });
    expect(received()).toEqual(Array(2).fill('Bearer valid=see'));
  } finally {
    socket.terminate();
  }
});

test('an issuer that is away is SERVICE_UNAVAILABLE with a time, and nothing runs', async () => {
  answer = () => Promise.reject(new Unavailable('The issuer does not answer: ECONNREFUSED 10.0.0.1', 5));
  const { status, headers, errors, text } = await graph.execute('{ me { id } }', {
    headers: { authorization },
  });
  expect([status, headers.get('retry-after'), short(errors)]).toEqual([503, '5', ['SERVICE_UNAVAILABLE -']]);
  expect(errors[0]?.extensions?.['retryAfter']).toBe(5);
  expect(text).not.toContain('10.0.0.1');
  expect(received()).toEqual([]);
});

test('a refused one is UNAUTHENTICATED with its reason', async () => {
  answer = () => Promise.reject(new InvalidToken('The access token has expired.', 'EXPIRED'));
  const { status, errors } = await graph.execute('{ me { id } }', { headers: { authorization } });
  expect([status, errors[0]?.extensions]).toMatchObject([
    401,
    { code: 'UNAUTHENTICATED', reason: 'EXPIRED' },
  ]);
});
