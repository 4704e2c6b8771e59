import { getIntrospectionQuery } from 'graphql';
import { createHash } from 'node:crypto';
import type { SmallGateway, SmallSubgraph } from './small-graph.js';
import { answerOf, short, startSmallGateway } from './small-graph.js';

const account: SmallSubgraph = {
  sdl: `
    scalar Anything
    type Query { me: User open: String any(value: Anything): String secret: String @authenticated }
    type User @key(fields: "id") { id: ID! me: User }`,
  resolvers: { Query: { me: () => ({ id: '1' }), open: () => 'open', any: () => 'any' } },
};

const tooLarge = ['OPERATION_TOO_LARGE -'];

/** Something within itself so many times. */
function nested(times: number, open: string, inner: string, close: string): string {
  return open.repeat(times) + inner + close.repeat(times);
}

/** Fragments that each spread the next one twice: the last stands 2^n times. */
function doubling(times: number, root: string): string {
  const fragments = Array.from(
    { length: times },
    (_none, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
  );
  return `{ ...F0 ${root} } ${fragments.join(' ')} fragment F${times} on Query { __typename }`;
}

describe('operations that would block the gateway', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ account });
  });
  afterAll(() => graph.gateway.close());
  beforeEach(() => {
    for (const { requests } of Object.values(graph.subgraphs)) requests.length = 0;
  });

  // Apollo's planner visits what is in a list twice, and in that twice again.
  test.each([
    ['of an argument', `{ any(value: ${nested(60, '[', '1', ']')}) }`],
    ['with objects between', `{ any(value: ${nested(60, '[{ a: ', '1', '}]')}) }`],
    ['of a default', `query ($v: Anything = ${nested(60, '[', '1', ']')}) { any(value: $v) }`],
  ])('lists in lists: %s', async (_where, query) => {
    const answer = await graph.execute(query);
    expect([answer.status, ...short(answer.errors)]).toEqual([400, ...tooLarge]);
    const get = await fetch(`${graph.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(short((await answerOf(get)).errors)).toEqual(tooLarge);
    expect(graph.subgraphs['account']?.requests).toEqual([]);
  });

  test('lists in lists that people write are taken', async () => {
    const { data } = await graph.execute(`{ any(value: ${nested(4, '[', '1', ']')}) }`);
    expect(data).toEqual({ any: 'any' });
  });

  test.each([
    ['inline', `{ ${nested(1_300, '... { ', 'open', '}')} }`],
    [
      'one after the other',
      `{ ...F0 } ${Array.from({ length: 400 }, (_none, index) => `fragment F${index} on Query { ...F${index + 1} }`).join(' ')}
        fragment F400 on Query { open }`,
    ],
  ])('fragments in fragments: %s', async (_how, query) => {
    expect(new Set(short((await graph.execute(query)).errors))).toEqual(new Set(tooLarge));
  });

  test.each([
    ['that nobody declared', '{ open }'],
    ['of any type', 'query ($value: Anything) { any(value: $value) }'],
  ])('variables nested deeper than they can be written: %s', async (_which, query) => {
    const body = `{"query":${JSON.stringify(query)},"variables":{"value":${nested(100_000, '[', '', ']')}}}`;
    for (let turn = 0; turn < 2; turn += 1) {
      const { status, errors } = await graph.post(body);
      expect([status, ...short(errors)]).toEqual([400, ...tooLarge]);
    }
    const taken = await graph.execute(query, { variables: { value: JSON.parse(nested(90, '[', '', ']')) } });
    expect(taken.errors).toEqual([]);
  });

  test('fragments that double, also where operations are refused whole', async () => {
    const strict = await startSmallGateway({ account }, { refuseUnauthorized: true });
    try {
      for (const each of [graph, strict])
        expect(new Set(short((await each.execute(doubling(60, 'secret'))).errors))).toEqual(
          new Set(tooLarge),
        );
      expect(short((await strict.execute(doubling(4, 'secret'))).errors)).toEqual(['UNAUTHENTICATED -']);
    } finally {
      await strict.gateway.close();
    }
  });
});

describe('operations that would fill the memory', () => {
  const many = Array.from({ length: 40 }, (_none, index) => `f${index}`);
  const wide: SmallSubgraph = {
    sdl: `type Query { me: User } type User @key(fields: "id") { id: ID! me: User ${many.map((name) => `${name}: Int`).join(' ')} }`,
    resolvers: { Query: { me: () => ({ me: { me: {} } }) } },
  };
  const switches = ['a', 'b', 'c', 'd'];
  const shapes = 2 ** switches.length;

  test('all shapes of an answer are weighed, as they are made', async () => {
    const graph = await startSmallGateway({ wide });
    const bytes = async (): Promise<number> => {
      const text = await (await fetch(`${graph.url}/metrics`)).text();
      return Number(/^souk_gateway_plan_bytes (\d+)/m.exec(text)?.[1]);
    };
    const query = `query (${switches.map((name) => `$${name}: Boolean!`).join(' ')}) {
      me { ${nested(2, `${many.join(' ')} me { `, many.join(' '), ' }')} }
      ${switches.map((name) => `${name}: __typename @skip(if: $${name})`).join(' ')} }`;
    const executeShape = async (shape: number): Promise<void> => {
      const variables = Object.fromEntries(switches.map((name, bit) => [name, (shape >> bit) % 2 === 1]));
      expect((await graph.execute(query, { variables })).errors).toEqual([]);
    };
    try {
      await executeShape(0);
      const one = await bytes();
      for (let shape = 1; shape < shapes; shape += 1) await executeShape(shape);
      const all = await bytes();
      // At least the memory of one closure for each field.
      expect(all - one).toBeGreaterThan((shapes - 1) * 3 * many.length * 200);
      for (let shape = 0; shape < shapes; shape += 1) await executeShape(shape);
      expect(await bytes()).toBe(all);
    } finally {
      await graph.gateway.close();
    }
  });

  test('so is introspection, and one operation cannot repeat it', async () => {
    const graph = await startSmallGateway({ wide }, { introspection: true, maxPlanBytes: 1_000_000 });
    const text = async (times: number): Promise<string[]> => {
      const schemas = Array.from({ length: times }, (_none, index) => `a${index}: __schema { ...S }`);
      const fragment = 'fragment S on __Schema { types { name fields { name type { name kind } } } }';
      return short((await graph.execute(`{ ${schemas.join(' ')} } ${fragment}`)).errors);
    };
    try {
      expect(await text(10)).toEqual([]);
      expect(await text(11)).toEqual(tooLarge);
      const within = Array.from({ length: 11 }, (_none, index) => `a${index}: types { name }`).join(' ');
      expect(
        short((await graph.execute(`{ __schema { ...W } } fragment W on __Schema { ${within} }`)).errors),
      ).toEqual(tooLarge);
      expect((await graph.execute(getIntrospectionQuery())).errors).toEqual([]);
    } finally {
      await graph.gateway.close();
    }
  });
});

describe('ambiguous requests', () => {
  test('a name that no operation has, also where the text is known', async () => {
    const graph = await startSmallGateway({ account });
    try {
      await graph.execute('{ open }');
      await graph.execute('query A { open }\nquery B { any }', { operationName: 'A' });
      for (let turn = 0; turn < 2; turn += 1) {
        for (const [query, operationName] of [
          ['{ open }', ''],
          ['query B { any }', 'A\nquery A { open }'],
        ] as const) {
          const { status, errors } = await graph.execute(query, { operationName });
          expect([status, ...short(errors)]).toEqual([400, 'OPERATION_RESOLUTION_FAILURE -']);
        }
      }
    } finally {
      await graph.gateway.close();
    }
  });

  test('a charset in quotes is the one that it names', async () => {
    const graph = await startSmallGateway({ account });
    const body = JSON.stringify({ query: '{ open }' });
    try {
      for (const [charset, status] of [
        ['"UTF-8"', 200],
        ['utf-8', 200],
        ['"utf-16"', 415],
        ['latin1', 415],
      ] as const) {
        const answer = await graph.post(body, { 'content-type': `application/json; charset=${charset}` });
        expect([charset, answer.status]).toEqual([charset, status]);
      }
    } finally {
      await graph.gateway.close();
    }
  });

  test('a query of an address with two question marks, where only trusted documents are run', async () => {
    const trusted = '{ open }';
    const id = createHash('sha256').update(trusted).digest('hex');
    const graph = await startSmallGateway(
      { account },
      { trustedDocuments: { byId: new Map([[id, trusted]]), only: true } },
    );
    const get = async (search: string): Promise<number> => {
      const headers = { 'apollo-require-preflight': '1' };
      return (await fetch(`${graph.url}/graphql${search}`, { headers })).status;
    };
    try {
      expect(await get(`?query=${encodeURIComponent(trusted)}`)).toBe(200);
      for (const search of ['?query={me{id}}', '?a?&query={me{id}}', '?a=b?c&query={me{id}}'])
        expect([search, await get(search)]).toEqual([search, 403]);
    } finally {
      await graph.gateway.close();
    }
  });
});
