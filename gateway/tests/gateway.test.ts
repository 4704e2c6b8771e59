import type { RequestHandler } from 'express';
import { until } from '../../tests/support/until.js';
import type { SmallSubgraph } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

function held(): { source: SmallSubgraph; requested: Promise<void>; answer: () => void } {
  let answer = (): void => undefined;
  let reached = (): void => undefined;
  const requested = new Promise<void>((resolve) => (reached = resolve));
  const answered = new Promise<string>((resolve) => (answer = () => resolve('late')));
  return {
    source: {
      sdl: 'type Query { held: String }',
      resolvers: {
        Query: {
          held: () => {
            reached();
            return answered;
          },
        },
      },
    },
    requested: requested,
    answer: () => answer(),
  };
}

const small: SmallSubgraph = {
  sdl: 'type Query { hello: String }',
  resolvers: { Query: { hello: () => 'hello' } },
};

describe('the gateway as a server', () => {
  test('closing lets running requests finish', async () => {
    const { source, requested: requested, answer } = held();
    const graph = await startSmallGateway({ source });
    const running = graph.execute('{ held }');
    await requested;
    let isClosed = false;
    const closing = graph.gateway.close(60_000).then(() => (isClosed = true));
    await expect(fetch(`${graph.url}/health/live`)).rejects.toThrow();
    expect(isClosed).toBe(false);
    answer();
    expect((await running).data).toEqual({ held: 'late' });
    await closing;
  });

  test('closing does not wait for ever', async () => {
    const { source, requested: requested } = held();
    const graph = await startSmallGateway({ source });
    const running = graph.execute('{ held }').then(
      () => 'answered',
      () => 'cut',
    );
    await requested;
    await graph.gateway.close(100);
    expect(await running).toBe('cut');
  });

  test('a port that is taken is an error', async () => {
    const first = await startSmallGateway({ small });
    try {
      const port = Number(new URL(first.url).port);
      await expect(startSmallGateway({ small }, { port })).rejects.toThrow('EADDRINUSE');
    } finally {
      await first.gateway.close();
    }
  });

  test('only Apollo Sandbox may send requests from its own pages, in development', async () => {
    const preflight = (url: string, origin: string): Promise<Response> =>
      fetch(`${url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type,authorization',
        },
      });
    const allowed = (response: Response): string | null =>
      response.headers.get('access-control-allow-origin');
    const development = await startSmallGateway({ small }, { production: false });
    const production = await startSmallGateway({ small }, { production: true });
    try {
      const studio = 'https://studio.apollographql.com';
      const answer = await preflight(development.url, studio);
      expect([answer.status, allowed(answer)]).toEqual([204, studio]);
      expect(answer.headers.get('access-control-allow-headers')).toBe('content-type,authorization');
      expect(allowed(await preflight(development.url, 'https://evil.test'))).toBeNull();
      expect(allowed(await preflight(production.url, studio))).toBeNull();
    } finally {
      await development.gateway.close();
      await production.gateway.close();
    }
  });

  test('endpoints of subgraphs in the same process read their bodies themselves', async () => {
    const router: RequestHandler = (request, response, next) => {
      if (request.path !== '/webhooks/stripe') {
        next();
        return;
      }
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => response.send(`${request.method} ${body}`));
    };
    const graph = await startSmallGateway({ small }, { routers: [{ path: '/', router }] });
    try {
      const response = await fetch(`${graph.url}/webhooks/stripe`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{ raw }',
      });
      expect(await response.text()).toBe('POST { raw }');
      expect((await graph.execute('{ hello }')).data).toEqual({ hello: 'hello' });
    } finally {
      await graph.gateway.close();
    }
  });

  test.each([false, true])(
    'ready when each subgraph answers; production %s: who does not',
    async (production) => {
      const graph = await startSmallGateway({ small }, { production });
      const named = (away: string[]): object => (production ? {} : { away });
      try {
        const ready = await fetch(`${graph.url}/health/ready`);
        expect([ready.status, await ready.json()]).toEqual([200, { ready: true, ...named([]) }]);
        const subgraph = graph.subgraphs['small'];
        if (subgraph) subgraph.answer = () => Promise.resolve({ errors: [{ message: 'no' }] });
        // The gateway gives an answer for a second.
        const away = await until('the gateway to notice', async () => {
          const answer = await fetch(`${graph.url}/health/ready`);
          return answer.status === 503 ? answer : null;
        });
        expect(await away.json()).toEqual({ ready: false, ...named(['small']) });
      } finally {
        await graph.gateway.close();
      }
    },
  );
});
