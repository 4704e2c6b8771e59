import { graphError, unauthenticated } from '@souk/shared/graph/errors';
import { GraphQLError } from 'graphql';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { account } from './account-subgraphs.js';
import type { SmallGateway } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

describe('the reason of UNAUTHENTICATED', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ account });
  });
  afterAll(() => graph.gateway.close());

  const reasonWith = async (headers: Record<string, string>, query = '{ secret }'): Promise<unknown[]> => {
    const { status, errors } = await graph.execute(query, { headers });
    const { code, reason } = errors[0]?.extensions ?? {};
    return [status, code, reason];
  };

  test.each([
    ['MISSING', 200, {}],
    ['EXPIRED', 401, { authorization: 'Bearer expired' }],
    ['INVALID', 401, { authorization: 'Bearer forged' }],
    ['INVALID', 401, { authorization: 'Basic Zm9vOmJhcg==' }],
  ])('%s, status %i: %j', async (reason, status, headers) => {
    expect(await reasonWith(headers)).toEqual([status, 'UNAUTHENTICATED', reason]);
    // Known operations take the short path.
    expect(await reasonWith(headers)).toEqual([status, 'UNAUTHENTICATED', reason]);
  });

  test.each([
    ['EXPIRED: The access token has expired.', { authorization: 'Bearer expired' }],
    ['INVALID: The access token is not valid.', { authorization: 'Bearer forged' }],
    ['INVALID: The Authorization header must be "Bearer" and an access token.', { authorization: 'forged' }],
    ['INVALID: authorization must be a string.', { authorization: 7 }],
  ])('closes a WebSocket with %s', async (reason, payload) => {
    const socket = new WebSocket(`${graph.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    const closed = once(socket, 'close') as Promise<[number, Buffer]>;
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    const [code, received] = await closed;
    expect([code, received.toString()]).toEqual([4403, reason]);
  });

  test('a subgraph’s own is passed on, and nothing else that a subgraph calls a reason', async () => {
    const subgraph = graph.subgraphs['account'];
    if (!subgraph) throw new Error('There is no subgraph.');
    const normal = subgraph.answer;
    const respond = (error: GraphQLError): void => {
      subgraph.answer = () => Promise.resolve({ data: { hello: null }, errors: [error.toJSON()] });
    };
    try {
      respond(unauthenticated('The access token has expired.', 'EXPIRED'));
      expect((await reasonWith({}, '{ me { id } }')).slice(1)).toEqual(['UNAUTHENTICATED', 'EXPIRED']);
      const extensions = { code: 'UNAUTHENTICATED', reason: 'host 10.0.0.7' };
      respond(new GraphQLError('No.', { extensions }));
      expect((await reasonWith({}, '{ me { id } }')).slice(1)).toEqual(['UNAUTHENTICATED', undefined]);
      respond(graphError('FORBIDDEN', 'No.', { reason: 'EXPIRED' }));
      expect((await reasonWith({}, '{ me { id } }')).slice(1)).toEqual(['FORBIDDEN', undefined]);
    } finally {
      subgraph.answer = normal;
    }
  });
});
