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
