import { account } from './account-subgraphs.js';
import { startSmallGateway } from './small-graph.js';

describe('pages of other origins', () => {
  test('may send requests if they are listed', async () => {
    const graph = await startSmallGateway({ account }, { corsOrigins: ['https://shop.test'] });
    const allowed = async (origin: string): Promise<string | null> =>
      (await graph.ask('{ hello }', { headers: { origin } })).headers.get('access-control-allow-origin');
    try {
      expect(await allowed('https://shop.test')).toBe('https://shop.test');
      expect(await allowed('https://shop.test.evil')).toBeNull();
    } finally {
      await graph.gateway.close();
    }
  });
});
