import type { SmallSubgraph } from './small-graph.js';
import { short, startSmallGateway } from './small-graph.js';

test('operations over the cost limit, with sized and unsized lists', async () => {
  const costly: SmallSubgraph = {
    sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@cost", "@listSize"])
      type Query {
        sized(first: Int = 3): [Thing!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
        unsized: [Thing!]
        assumed: [Thing!] @listSize(assumedSize: 4)
        page(first: Int): Page
        dear: Int @cost(weight: 50)
      }
      type Page { nodes: [Thing!] }
      type Thing { id: ID! inner: Inner heavy: Int @cost(weight: 2) }
      type Inner @cost(weight: 5) { id: ID }`,
    resolvers: {
      Query: {
        sized: () => [1, 2].map((id) => ({ id, heavy: id })),
        page: () => ({ nodes: [{ id: 1 }] }),
        dear: () => 1,
      },
    },
  };
  const graph = await startSmallGateway({ costly }, { maxCost: 100 });
  const cost = async (query: string, variables?: Record<string, unknown>): Promise<unknown> => {
    const { extensions } = await graph.execute(query, {
      headers: { 'x-souk-cost': '1' },
      ...(variables ? { variables } : {}),
    });
    return (extensions as { cost: unknown }).cost;
  };
  try {
    expect(await cost('{ sized { id } }')).toEqual({ estimate: 3, actual: 2 });
    expect(await cost('query ($n: Int) { sized(first: $n) { id heavy } }', { n: 7 })).toEqual({
      estimate: 21,
      actual: 6,
    });
    expect(await cost('{ unsized { id } assumed { inner { id } } }')).toEqual({ estimate: 34, actual: 0 });
    expect(await cost('{ page(first: 20) { nodes { id } } }')).toEqual({ estimate: 21, actual: 2 });
    // A negative size has no defined result: some subgraphs return everything.
    expect(await cost('{ page(first: -1) { nodes { id } } }')).toEqual({ estimate: 11, actual: 2 });
    expect(await cost('query ($n: Int) { sized(first: $n) { id } }', { n: -1 })).toEqual({
      estimate: 10,
      actual: 2,
    });
    expect(await cost('{ dear }')).toEqual({ estimate: 50, actual: 50 });
    graph.subgraphs['costly']?.requests.splice(0);
    for (let turn = 0; turn < 2; turn += 1) {
      const refused = await graph.execute('{ sized(first: 101) { id } }');
      expect([refused.status, ...short(refused.errors)]).toEqual([400, 'OPERATION_TOO_LARGE -']);
      expect(refused.extensions).toBeUndefined();
    }
    expect(graph.subgraphs['costly']?.requests).toHaveLength(0);
  } finally {
    await graph.gateway.close();
  }
});

const federation = 'https://specs.apollo.dev/federation/v2.9';

test.each([
  [
    'imported under others',
    `import: [{ name: "@cost", as: "@price" }, { name: "@listSize", as: "@size" }]`,
    'price',
    'size',
  ],
  ['with the prefix of federation', 'import: ["@key"]', 'federation__cost', 'federation__listSize'],
])('directives count under names %s', async (_how, imports, costName, sizeName) => {
  const costly: SmallSubgraph = {
    sdl: `extend schema @link(url: "${federation}", ${imports})
      type Query { dear: Int @${costName}(weight: 50) many: [Thing!] @${sizeName}(assumedSize: 40) }
      type Thing { id: ID! }`,
  };
  const graph = await startSmallGateway({ costly }, { maxCost: 100 });
  try {
    for (const [query, estimate] of [
      ['{ dear }', 50],
      ['{ many { id } }', 40],
    ] as const) {
      const { extensions } = await graph.execute(query, { headers: { 'x-souk-cost': '1' } });
      expect(extensions).toMatchObject({ cost: { estimate } });
    }
    const { errors } = await graph.execute('{ a: dear b: dear c: dear }');
    expect(short(errors)).toEqual(['OPERATION_TOO_LARGE -']);
  } finally {
    await graph.gateway.close();
  }
});
