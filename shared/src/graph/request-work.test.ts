import type { FormattedExecutionResult } from 'graphql';
import { Cancellation, ClientGone } from '../cancellation.js';
import { createLog } from '../log.js';
import type { RequestContext } from './context.js';
import { loadSchema } from './schema.js';
import type { SubgraphServer } from './server.js';
import type { SubgraphRequest } from './subgraph-request.js';
import { createSubgraphServer } from './server.js';
import { eventsOf } from './subscription.js';

const maxObjects = 1_000;

/** Counts of resolvers that have begun, by field. */
let begun: Record<string, number>;
/** The promise that `slow` waits for. */
let slow: { promise: Promise<string>; resolve: (text: string) => void };

function note(field: string): void {
  begun[field] = (begun[field] ?? 0) + 1;
}

function gate(): typeof slow {
  const made: Partial<typeof slow> = {};
  made.promise = new Promise((resolve) => (made.resolve = resolve));
  return made as typeof slow;
}

const node = {
  children: (_node: unknown, { first }: { first: number }) => {
    note('children');
    return Array.from({ length: first }, () => ({ name: 'a child' }));
  },
  later: (_node: unknown, { first }: { first: number }) => {
    note('later');
    return Promise.resolve(Array.from({ length: first }, () => ({ name: 'a child' })));
  },
  waiting: async () => {
    note('waiting');
    await slow.promise;
    return [{}, {}];
  },
  busy: () => {
    note('busy');
    for (const end = performance.now() + 1; performance.now() < end;);
    return {};
  },
  failing: () => {
    note('failing');
    throw new Error('No use.');
  },
};

const schema = loadSchema(
  /* GraphQL */ `
    extend schema
      @link(
        url: "https://specs.apollo.dev/federation/v2.11"
        import: ["@key", "@shareable", "@authenticated", "@tag", "@cost", "@listSize"]
      )
    enum ErrorCode {
      INVALID
    }
    type Query {
      root: Node
      slow: Node
    }
    type Thing @key(fields: "id") {
      id: ID!
      name: String
    }
    type Mutation {
      slow: Node
      quick: Node
    }
    type Subscription {
      counts: Node
    }
    type Node {
      name: String
      children(first: Int!): [Node!]!
      later(first: Int!): [Node!]!
      waiting(first: Int!): [Node!]!
      busy: Node
      failing: Node
    }
  `,
  {
    Query: { root: () => ({}), slow: async () => ({ name: await slow.promise }) },
    Mutation: {
      slow: async () => ({ name: await slow.promise }),
      quick: () => {
        note('quick');
        return {};
      },
    },
    Subscription: {
      counts: {
        subscribe: async function* () {
          yield await Promise.resolve({ counts: {} });
          yield await Promise.resolve({ counts: {} });
        },
      },
    },
    Node: node,
    Thing: {
      __resolveReference: (reference: object) => {
        note('reference');
        return reference;
      },
    },
  },
  [],
);

const server: SubgraphServer = createSubgraphServer<RequestContext>({
  schema,
  contextOf: (request) => request,
  verifyToken: () => Promise.reject(new Error('No caller of this test has a token.')),
  gatewaySecret: null,
  log: createLog('test', 'silent'),
  limits: { maxObjects, maxDurationMs: 30_000 },
});

const execute = (query: string, request: Partial<SubgraphRequest> = {}): Promise<FormattedExecutionResult> =>
  server.execute({ query, headers: {}, ...request });

const codesOf = ({ errors }: FormattedExecutionResult): unknown[] =>
  (errors ?? []).map(({ extensions }) => extensions?.['code']);

beforeEach(() => {
  begun = {};
  slow = gate();
});

describe('the objects of an answer', () => {
  it.each(['children', 'later'])('are bounded, in lists within lists: %s', async (field) => {
    const nested = (levels: number): string =>
      levels === 0 ? 'name' : `name ${field}(first: 10) { ${nested(levels - 1)} }`;
    const small = await execute(`{ root { ${nested(2)} } }`);
    expect(small.errors).toBeUndefined();
    begun = {};
    const answer = await execute(`{ root { ${nested(6)} } }`);
    expect(answer.data).toBeUndefined();
    expect(answer.errors).toEqual([
      {
        message: expect.stringContaining('1000 objects') as string,
        extensions: { code: 'OPERATION_TOO_LARGE', limit: maxObjects },
      },
    ]);
    // 111,111 resolvers would have run, a list of ten each.
    expect(begun[field]).toBeLessThanOrEqual(maxObjects);
    const then = begun[field];
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun[field]).toBe(then);
  });

  it('are counted before they are loaded, by the number requested', async () => {
    // 99 lists of a hundred entries wait at once for `slow`: they are too many, whatever comes.
    const query = (first: number): string =>
      `{ root { children(first: 99) { waiting(first: ${first}) { name } } } }`;
    const refused = await execute(query(100));
    expect(codesOf(refused)).toEqual(['OPERATION_TOO_LARGE']);
    expect(begun['waiting']).toBeLessThanOrEqual(10);
    slow.resolve('done');
    // Requested entries that do not exist are no longer counted.
    const few = await execute('{ root { children(first: 5) { waiting(first: 100) { name } } } }');
    expect(few.errors).toBeUndefined();
    const again = await execute(
      `{ root { ${[1, 2, 3, 4].map((n) => `a${n}: waiting(first: 100) { waiting(first: 100) { name } }`).join(' ')} } }`,
    );
    expect(again.errors).toBeUndefined();
  });

  it('are counted by their representations, before any is looked up', async () => {
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Thing { name } } }';
    const representations = (count: number): object[] =>
      Array.from({ length: count }, (_, index) => ({ __typename: 'Thing', id: String(index) }));
    expect(codesOf(await execute(query, { variables: { of: representations(900) } }))).toEqual([]);
    expect(begun['reference']).toBe(900);
    expect(codesOf(await execute(query, { variables: { of: representations(1_001) } }))).toEqual([
      'OPERATION_TOO_LARGE',
    ]);
    expect(begun['reference']).toBe(900);
  });

  it('are bounded in one list', async () => {
    expect(codesOf(await execute('{ root { children(first: 998) { name } } }'))).toEqual([]);
    expect(codesOf(await execute('{ root { children(first: 1001) { name } } }'))).toEqual([
      'OPERATION_TOO_LARGE',
    ]);
  });

  it('count for more where many fields are selected of each', async () => {
    const aliases = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, index) => `n${from + index}: name`).join(' ');
    const query = (selection: string): string =>
      `{ root { children(first: 300) { ${selection} } } } fragment f on Node { ${aliases(40, 80)} }`;
    expect(codesOf(await execute(query('name ... on Node { name } ...f')))).toEqual([]);
    expect(
      codesOf(await execute(query(`${aliases(0, 30)} ... on Node { ${aliases(30, 40)} } ...f`))),
    ).toEqual(['OPERATION_TOO_LARGE']);
  });

  it('are counted where resolvers fail, too', async () => {
    const answer = await execute('{ root { children(first: 500) { failing { name } } } }');
    expect(codesOf(answer)).toEqual(['OPERATION_TOO_LARGE']);
    expect(begun['failing']).toBeLessThan(100);
  });

  it('are counted for each event of a stream', async () => {
    const received: unknown[][] = [];
    const query = 'subscription ($first: Int!) { counts { children(first: $first) { name } } }';
    for (const first of [900, 1_100]) {
      const events = eventsOf(await server.subscribe({ query, variables: { first }, headers: {} }));
      for await (const event of events) received.push(codesOf(event));
    }
    expect(received).toEqual([[], [], ['OPERATION_TOO_LARGE'], ['OPERATION_TOO_LARGE']]);
  });
});

describe('the time of a request', () => {
  const headers = { 'x-souk-timeout-ms': '30' };

  it('ends it, and no resolver begins after its end', async () => {
    const answer = await execute('{ slow { name children(first: 1) { name } } }', { headers });
    expect(answer).toEqual({
      errors: [{ message: 'The request timed out.', extensions: { code: 'TIMEOUT' } }],
    });
    slow.resolve('too late');
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toEqual({});
  });

  it('ends resolvers that run without a pause', async () => {
    const busy = (levels: number): string => (levels === 0 ? 'name' : `busy { ${busy(levels - 1)} }`);
    const query = `{ root { children(first: 400) { ${busy(5)} } } }`;
    expect(codesOf(await execute(query, { headers }))).toEqual(['TIMEOUT']);
    expect(begun['busy'] ?? 0).toBeLessThan(1_000);
  });

  it('is bounded where the caller states none, or more', async () => {
    const own = createSubgraphServer<RequestContext>({
      schema,
      contextOf: (request) => request,
      verifyToken: () => Promise.reject(new Error('No caller of this test has a token.')),
      gatewaySecret: null,
      log: createLog('test', 'silent'),
      limits: { maxObjects, maxDurationMs: 30 },
    });
    for (const stated of [undefined, '60000', 'much']) {
      const answer = await own.execute({
        query: '{ slow { name } }',
        headers: { 'x-souk-timeout-ms': stated },
      });
      expect(codesOf(answer)).toEqual(['TIMEOUT']);
    }
  });
});

describe('a caller who disconnects', () => {
  it('ends a query, before it and while it runs', async () => {
    const cancellation = new Cancellation();
    const answer = execute('{ slow { name children(first: 1) { name } } }', { cancellation });
    await Promise.resolve();
    cancellation.cancel(new ClientGone());
    expect(codesOf(await answer)).toEqual(['TIMEOUT']);
    slow.resolve('too late');
    expect(codesOf(await execute('{ root { children(first: 1) { name } } }', { cancellation }))).toEqual([
      'TIMEOUT',
    ]);
    expect(begun).toEqual({});
  });

  it('ends no mutation', async () => {
    const cancellation = new Cancellation();
    const answer = execute('mutation { slow { name } quick { name } }', { cancellation });
    await Promise.resolve();
    cancellation.cancel(new ClientGone());
    slow.resolve('done');
    expect(await answer).toEqual({ data: { slow: { name: 'done' }, quick: { name: null } } });
  });
});
