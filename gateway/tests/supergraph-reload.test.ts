import { account, social } from './account-subgraphs.js';
import type { HttpAnswer } from './small-graph.js';
import { composed, short, startSmallGateway } from './small-graph.js';

describe('another supergraph', () => {
  test('is served without a request lost, and one that cannot be served is not', async () => {
    const graph = await startSmallGateway({ account, social });
    const wider = { ...account, sdl: `${account.sdl} extend type Query { more: Int }` };
    try {
      expect((await graph.execute('{ me { likes } }')).data).toEqual({ me: { likes: 3 } });
      expect(short((await graph.execute('{ more }')).errors)).toEqual(['GRAPHQL_VALIDATION_FAILED -']);
      let isOver = false;
      const answers: HttpAnswer[] = [];
      const client = async (): Promise<void> => {
        while (!isOver) answers.push(await graph.execute('{ me { likes } }'));
      };
      const clients = [client(), client()];
      await graph.gateway.reload(composed({ account: wider, social }));
      await graph.execute('{ me { likes } }');
      isOver = true;
      await Promise.all(clients);
      expect(answers.filter(({ data, errors }) => !data || errors.length > 0)).toEqual([]);
      // The subgraph has not changed: it receives the query, and does not know the field.
      expect(short((await graph.execute('{ more }')).errors)).toEqual(['INTERNAL_SERVER_ERROR -']);

      await expect(graph.gateway.reload('type Query { a: Int @authenticated }')).rejects.toThrow(
        'not linked',
      );
      await expect(graph.gateway.reload('no schema')).rejects.toThrow('Syntax Error');
      expect((await graph.execute('{ me { likes } }')).data).toEqual({ me: { likes: 3 } });
    } finally {
      await graph.gateway.close();
    }
  });
});
