import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '../../tests/support/until.js';
import { account, social } from './account-subgraphs.js';
import { short, startSmallGateway } from './small-graph.js';

describe('a subgraph in trouble', () => {
  test('is tried once more for a query whose connection broke, and never for a mutation', async () => {
    let calls = 0;
    const server = createServer((request, response) => {
      calls += 1;
      if (calls % 2 === 1) request.socket.destroy();
      else response.end('{"data":{"hello":"again"}}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const graph = await startSmallGateway({ account }, { subgraphs: null, urls: { account: url } });
    try {
      expect((await graph.execute('{ hello }')).data).toEqual({ hello: 'again' });
      expect(calls).toBe(2);
      const lost = await graph.execute('mutation { write }');
      expect(short(lost.errors)).toEqual(['SERVICE_UNAVAILABLE -']);
      expect(calls).toBe(3);
    } finally {
      await graph.gateway.close();
      server.close();
      server.closeAllConnections();
    }
  });

  test('opens its circuit, and the rest is answered', async () => {
    const graph = await startSmallGateway({ account, social }, { subgraphResetTimeoutMs: 1_000 });
    const subgraph = graph.subgraphs['social'];
    if (!subgraph) throw new Error('There is no subgraph.');
    const normal = subgraph.answer;
    try {
      subgraph.answer = () => Promise.reject(new Error('away'));
      const query = '{ me { name likes } }';
      for (let call = 0; call < 25; call += 1) await graph.execute(query);
      // After the reset timeout one request tries the subgraph again.
      const answer = await until('the circuit to open', async () => {
        const called = subgraph.requests.length;
        const given = await graph.execute(query);
        return subgraph.requests.length === called && given;
      });
      expect(answer.data).toEqual({ me: { name: 'Ada', likes: null } });
      expect(answer.errors[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', retryAfter: 1 });
      expect(answer.extensions).toEqual({ degraded: ['social'] });
      subgraph.answer = normal;
      await until('the circuit closes', async () => (await graph.execute(query)).errors.length === 0);
    } finally {
      await graph.gateway.close();
    }
  });

  test('has an error at each entity of it', async () => {
    const users = [
      { __typename: 'User', id: '1', name: 'Ada' },
      { __typename: 'User', id: '2', name: 'Bob' },
      { __typename: 'User', id: '1', name: 'Ada' },
    ];
    const graph = await startSmallGateway({ account, social });
    const { account: own, social: away } = graph.subgraphs;
    if (!own || !away) throw new Error('A subgraph is missing.');
    try {
      own.answer = () => Promise.resolve({ data: { users } });
      away.answer = () => Promise.reject(new Error('away'));
      const { data, errors } = await graph.execute('{ users { name likes } }');
      expect(data).toEqual({
        users: [
          { name: 'Ada', likes: null },
          { name: 'Bob', likes: null },
          { name: 'Ada', likes: null },
        ],
      });
      expect(short(errors)).toEqual([0, 1, 2].map((index) => `SERVICE_UNAVAILABLE users.${index}`));

      own.answer = () => Promise.resolve({ data: { users: Array.from({ length: 300 }, () => users[0]) } });
      expect((await graph.execute('{ users { name likes } }')).errors).toHaveLength(100);
    } finally {
      await graph.gateway.close();
    }
  });

  test('that stands still is asked a few times only, then the rest is answered at once', async () => {
    let calls = 0;
    const server = createServer((request, response) => {
      if (request.url === '/account')
        response.end('{"data":{"me":{"__typename":"User","id":"1","name":"Ada"}}}');
      else calls += 1;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const graph = await startSmallGateway(
      { account, social },
      {
        subgraphs: null,
        urls: { account: `${url}/account`, social: `${url}/social` },
        subgraphTimeoutMs: 50,
      },
    );
    try {
      for (let call = 0; call < 5; call += 1)
        expect(short((await graph.execute('{ me { name likes } }')).errors)).toEqual(['TIMEOUT me']);
      const answer = await graph.execute('{ me { name likes } }');
      expect(answer.data).toEqual({ me: { name: 'Ada', likes: null } });
      expect(short(answer.errors)).toEqual(['SERVICE_UNAVAILABLE me']);
      expect(calls).toBe(5);
    } finally {
      await graph.gateway.close();
      server.close();
      server.closeAllConnections();
    }
  });

  test('is not waited for when the client has gone', async () => {
    let isAborted = false;
    let isCalled = false;
    const server = createServer((request) => {
      isCalled = true;
      request.socket.once('close', () => (isAborted = true));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    const graph = await startSmallGateway({ account }, { subgraphs: null, urls: { account: url } });
    const client = new AbortController();
    try {
      const request = fetch(`${graph.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"query":"{ slow }"}',
        signal: client.signal,
      }).catch(() => 'gone');
      await until('the call to the subgraph', () => isCalled);
      client.abort();
      expect(await request).toBe('gone');
      await until('the call is given up', () => isAborted, 5_000);
    } finally {
      await graph.gateway.close();
      server.close();
      server.closeAllConnections();
    }
  });
});
