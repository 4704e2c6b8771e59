import { account } from './account-subgraphs.js';
import type { SmallGateway } from './small-graph.js';
import { short, startSmallGateway } from './small-graph.js';

describe('refused requests', () => {
  const subgraphCalls = (graph: SmallGateway): number => graph.subgraphs['account']?.requests.length ?? 0;

  test.each([
    ['aliases', `{ ${Array.from({ length: 6 }, (_, index) => `a${index}: hello`).join(' ')} }`],
    ['root fields', '{ me { id } hello broken slow }'],
    ['directives', '{ hello @include(if: true) @include(if: true) slow @skip(if: false) }'],
    [
      'aliases in fragments',
      '{ ...f ...f ...g } fragment f on Query { a: hello b: slow } fragment g on Query { c: hello ...f d: slow }',
    ],
  ])('too many %s', async (_what, query) => {
    const graph = await startSmallGateway(
      { account },
      { countLimits: { aliases: 5, rootFields: 3, directives: 2 } },
    );
    try {
      const answer = await graph.execute(query);
      expect([answer.status, ...new Set(short(answer.errors))]).toEqual([400, 'OPERATION_TOO_LARGE -']);
      const byGet = await fetch(`${graph.url}/graphql?query=${encodeURIComponent(query)}`, {
        headers: { 'apollo-require-preflight': 'yes' },
      });
      expect(byGet.status).toBe(400);
      expect(subgraphCalls(graph)).toBe(0);
    } finally {
      await graph.gateway.close();
    }
  });

  test('several operations at once, and a form of another page', async () => {
    const graph = await startSmallGateway({ account });
    try {
      expect(short((await graph.post('[{"query":"{ hello }"}]')).errors)).toEqual(['BAD_REQUEST -']);
      const form = await graph.post('{"query":"{ hello }"}', { 'content-type': 'text/plain' });
      expect(form.status).toBe(400);
      expect(subgraphCalls(graph)).toBe(0);
    } finally {
      await graph.gateway.close();
    }
  });
});
