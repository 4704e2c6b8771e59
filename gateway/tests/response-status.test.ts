import { loginFields } from '../src/limits/rate-limit.js';
import { account } from './account-subgraphs.js';
import type { SmallGateway, SmallSubgraph } from './small-graph.js';
import { startSmallGateway } from './small-graph.js';

describe('an operation that is not run', () => {
  const limits = { depthLimit: 3, maxCost: 20 };
  const plain = 'application/json';
  const refusals: readonly [string, { query: string; variables?: object; operationName?: string }][] = [
    ['GRAPHQL_PARSE_FAILED', { query: '{' }],
    ['GRAPHQL_VALIDATION_FAILED', { query: '{ nothing }' }],
    ['OPERATION_RESOLUTION_FAILURE', { query: 'query A { hello }', operationName: 'B' }],
    ['BAD_USER_INPUT', { query: 'query ($n: Int!) { users(first: $n) { id } }', variables: { n: 'x' } }],
    ['OPERATION_TOO_LARGE', { query: '{ users { pals { pals { id } } } }' }],
    ['OPERATION_TOO_LARGE', { query: '{ users { pals { id } } }' }],
    ['OPERATION_TOO_LARGE', { query: `{ ${'hello '.repeat(4_100)} }` }],
  ];
  const befriended: SmallSubgraph = {
    sdl: account.sdl.replace('name: String }', 'name: String pals: [User!] }'),
    resolvers: account.resolvers ?? {},
  };

  test.each(refusals)(
    'is a 200 for clients that accept application/json alone, else a 400: %s',
    async (code, body) => {
      const graph = await startSmallGateway({ account: befriended }, limits);
      const text = JSON.stringify(body);
      const statusFor = async (accept: string | null): Promise<number> => {
        const answer = await graph.post(text, accept === null ? {} : { accept });
        expect([answer.errors[0]?.extensions?.['code'], answer.data]).toEqual([code, undefined]);
        return answer.status;
      };
      try {
        // The second time some of them go the short way; ranges that are not known beforehand never do.
        for (let turn = 0; turn < 2; turn += 1) {
          for (const accept of [plain, 'application/json, */*', 'Application/JSON;q=0.9, text/html']) {
            expect([accept, await statusFor(accept)]).toEqual([accept, 200]);
          }
          const response = 'application/graphql-response+json';
          for (const accept of [
            null,
            '*/*',
            response,
            `${plain}, ${response}`,
            `${response}, ${plain};q=0.5`,
          ]) {
            expect([accept, await statusFor(accept)]).toEqual([accept, 400]);
          }
        }
        const address = new URL(`${graph.url}/graphql`);
        for (const [name, value] of Object.entries(body)) {
          address.searchParams.set(name, typeof value === 'string' ? value : JSON.stringify(value));
        }
        const get = { 'apollo-require-preflight': 'yes' };
        if (address.href.length < 16_000) {
          expect((await fetch(address, { headers: { ...get, accept: plain } })).status).toBe(200);
          expect((await fetch(address, { headers: get })).status).toBe(400);
        }
        expect(graph.subgraphs['account']?.requests).toEqual([]);
      } finally {
        await graph.gateway.close();
      }
    },
  );

  test('keeps the status of HTTP errors, whatever the client accepts', async () => {
    const trusted = { byId: new Map([['1', '{ hello }']]), only: true };
    // Four requests, and two operations that are planned anew for 6 points each; two more of the second one.
    const perMinute = { store: { kind: 'memory' }, perMinute: 18, sensitiveFields: loginFields } as const;
    const graph = await startSmallGateway(
      { account },
      { rateLimits: { ...perMinute, sensitivePerMinute: 0 } },
    );
    const strict = await startSmallGateway({ account }, { trustedDocuments: trusted, maxBodyBytes: 200 });
    const accept = 'application/json';
    const post = (at: SmallGateway, body: object, headers = {}): Promise<number> =>
      at.post(JSON.stringify(body), { accept, ...headers }).then(({ status }) => status);
    try {
      expect(await post(graph, { qeury: '{ hello }' })).toBe(400);
      expect(await post(graph, { query: '{ hello }', variables: 'x' })).toBe(400);
      expect(await post(graph, { query: '{ hello }' }, { authorization: 'Bearer forged' })).toBe(401);
      expect(await post(graph, { query: '{ hello }' }, { 'content-encoding': 'unheard-of' })).toBe(415);
      expect(await post(graph, { query: 'mutation { login }' })).toBe(429);
      for (let left = 3; left > 0; left -= 1) expect(await post(graph, { query: '{ hello }' })).toBe(200);
      expect(await post(graph, { query: '{ hello }' })).toBe(429);
      expect(await post(strict, { query: '{ slow }' })).toBe(403);
      expect(await post(strict, { documentId: 'sha256:2' })).toBe(404);
      expect(await post(strict, { query: '{ hello }', pad: 'x'.repeat(300) })).toBe(413);
    } finally {
      await graph.gateway.close();
      await strict.gateway.close();
    }
  });
});
