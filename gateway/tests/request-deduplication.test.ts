import { metricsText } from '@souk/shared/telemetry';
import { until } from '../../tests/support/until.js';
import { account } from './account-subgraphs.js';
import { startSmallGateway } from './small-graph.js';

describe('queries under way at one time', () => {
  async function held(options: Parameters<typeof startSmallGateway>[1] = {}) {
    const graph = await startSmallGateway({ account }, options);
    await graph.execute('{ slow }');
    const subgraph = graph.subgraphs['account'];
    if (!subgraph) throw new Error('There is no subgraph.');
    let answer = (): void => undefined;
    const gate = new Promise<void>((resolve) => (answer = resolve));
    const normal = subgraph.answer;
    subgraph.answer = async (request) => {
      if (request.query.includes('slow')) await gate;
      return normal(request);
    };
    subgraph.requests.length = 0;
    return { graph, requests: subgraph.requests, answer };
  }

  /** How many have joined a run, by all gateways here. */
  const shared = async (): Promise<number> => {
    const { text } = await metricsText();
    return Number(/^souk_gateway_queries_shared_total (\d+)$/m.exec(text)?.[1] ?? 0);
  };

  test('are run once for one caller, and never for two', async () => {
    const { graph, requests, answer } = await held();
    try {
      const before = await shared();
      const same = [1, 2, 3].map(() => graph.execute('{ slow }'));
      const other = graph.execute('{ slow }', { scopes: ['a'] });
      await until('both callers at the subgraph', () => requests.length >= 2);
      await until('two to join', async () => (await shared()) - before === 2);
      answer();
      const answers = await Promise.all([...same, other]);
      expect(answers.map(({ data }) => data)).toEqual(Array(4).fill({ slow: 'slow' }));
      expect(requests.filter(({ query }) => query.includes('slow'))).toHaveLength(2);
      expect(new Set(answers.map(({ headers }) => headers.get('x-request-id'))).size).toBe(4);
    } finally {
      await graph.gateway.close();
    }
  });

  test('a query that comes after a mutation is run anew', async () => {
    const { graph, requests, answer } = await held();
    try {
      const before = graph.execute('{ slow }');
      await until('the first at the subgraph', () => requests.length === 1);
      await graph.execute('mutation { write }');
      const after = graph.execute('{ slow }');
      await until('the second at the subgraph', () => requests.length === 3);
      answer();
      expect([(await before).data, (await after).data]).toEqual([{ slow: 'slow' }, { slow: 'slow' }]);
    } finally {
      await graph.gateway.close();
    }
  });

  test('are run each for itself where sharing is off', async () => {
    const { graph, requests, answer } = await held({ shareQueries: false });
    try {
      const all = [1, 2, 3].map(() => graph.execute('{ slow }'));
      await until('all three at the subgraph', () => requests.length === 3);
      answer();
      await Promise.all(all);
    } finally {
      await graph.gateway.close();
    }
  });
});
