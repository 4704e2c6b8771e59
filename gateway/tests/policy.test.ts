import type { ExecuteOptions, SmallGateway, SmallSubgraph } from './small-graph.js';
import { short, startSmallGateway } from './small-graph.js';

const clinic: SmallSubgraph = {
  sdl: `
    type Query {
      open: Int
      either: Int @policy(policies: [["doctor", "on-duty"], ["admin"]])
      scoped: Int @policy(policies: [["doctor"]]) @requiresScopes(scopes: [["read"]])
      file: File
      record: Record
      patient: Patient
      anything: [Anything!]!
    }
    type Mutation { write: Int @policy(policies: [["doctor"]]) }
    type File @policy(policies: [["doctor"]]) { text: String }
    interface Record { id: ID! note: String }
    type Letter implements Record { id: ID! note: String @policy(policies: [["doctor"]]) page: Int }
    type Image implements Record { id: ID! note: String }
    union Anything = Letter | Image
    type Patient @key(fields: "id") { id: ID! name: String diagnosis: String! @policy(policies: [["doctor"]]) }`,
  resolvers: {
    Query: {
      open: () => 1,
      either: () => 2,
      scoped: () => 3,
      file: () => ({ text: 'secret' }),
      record: () => ({ __typename: 'Image', id: '1', note: 'secret' }),
      patient: () => ({ id: '1', name: 'Ada', diagnosis: 'secret' }),
      anything: () => [
        { __typename: 'Letter', id: '1', note: 'secret', page: 1 },
        { __typename: 'Image', id: '2', note: 'public' },
      ],
    },
    Mutation: { write: () => 1 },
  },
};
const lab: SmallSubgraph = {
  sdl: `type Patient @key(fields: "id") { id: ID! blood: String @policy(policies: [["lab"], ["doctor"]]) }`,
  resolvers: { Patient: { __resolveReference: (patient: object) => patient, blood: () => 'secret' } },
};

describe('@policy', () => {
  let graph: SmallGateway;
  beforeAll(async () => {
    graph = await startSmallGateway({ clinic, lab });
  });
  afterAll(() => graph.gateway.close());
  const receivedQueries = (): string =>
    Object.values(graph.subgraphs)
      .map((subgraph) => subgraph.receivedText)
      .join('\n');
  beforeEach(() => {
    for (const { requests } of Object.values(graph.subgraphs)) requests.length = 0;
  });
  const as = (...policies: string[]): ExecuteOptions => ({ scopes: [], policies });

  test.each([
    [['doctor'], null],
    [['on-duty'], null],
    [['doctor', 'on-duty'], 2],
    [['admin'], 2],
    [['administrator'], null],
    [[], null],
  ])('of the lists one must be held whole: %j', async (policies, either) => {
    const { data, errors } = await graph.execute('{ open either }', as(...policies));
    expect(data).toEqual({ open: 1, either });
    expect(short(errors)).toEqual(either === null ? ['FORBIDDEN either'] : []);
    if (either === null) expect(receivedQueries()).not.toMatch(/either/);
  });

  test('anonymous callers hold none', async () => {
    expect(short((await graph.execute('{ either }')).errors)).toEqual(['UNAUTHENTICATED either']);
    expect(receivedQueries()).toBe('\n');
  });

  test('a scope of the same name is no policy, and the other way round', async () => {
    const forged = await graph.execute('{ either }', { scopes: ['admin', 'policy:admin'] });
    expect(short(forged.errors)).toEqual(['FORBIDDEN either']);
    expect((await graph.execute('{ scoped }', as('doctor', 'read'))).data).toEqual({ scoped: null });
    expect((await graph.execute('{ scoped }', { scopes: ['read'] })).data).toEqual({ scoped: null });
    expect((await graph.execute('{ scoped }', { scopes: ['read'], policies: ['doctor'] })).data).toEqual({
      scoped: 3,
    });
  });

  test.each([
    ['an alias', '{ open x: either }', 'x'],
    ['a fragment', '{ open ...F } fragment F on Query { either }', 'either'],
    [
      'a fragment in a fragment',
      '{ open ... { ...F } } fragment F on Query { ...G } fragment G on Query { either }',
      'either',
    ],
    ['a rule on the type', '{ open file { text } }', 'file'],
    ['an interface, whoever stands behind it', '{ open record { note } }', 'record.note'],
    ['a part of an interface', '{ open anything { ... on Letter { note } } }', 'anything.0.note'],
    ['another alias of the same', '{ open patient { blood b: blood } }', 'patient.blood'],
    ['another subgraph', '{ open patient { blood } }', 'patient.blood'],
    ['a mutation', 'mutation { write }', 'write'],
  ])('is not evaded by %s', async (_how, query, path) => {
    const { errors, text } = await graph.execute(query, as('nurse'));
    expect(short(errors)).toContain(`FORBIDDEN ${path}`);
    expect(text).not.toMatch(/secret/);
    expect(receivedQueries()).not.toMatch(/either|text|note|blood|write/);
    const held = await graph.execute(query, as('doctor', 'on-duty'));
    expect(held.errors).toEqual([]);
  });

  test('a refused field that may not be null takes its parent along', async () => {
    const { data, errors } = await graph.execute('{ open patient { name diagnosis } }', as());
    expect(data).toEqual({ open: 1, patient: null });
    expect(short(errors)).toEqual(['FORBIDDEN patient.diagnosis']);
  });

  test('plans are not shared between callers with other policies', async () => {
    for (let round = 0; round < 2; round += 1) {
      expect((await graph.execute('{ file { text } }', as('doctor'))).data).toEqual({
        file: { text: 'secret' },
      });
      expect((await graph.execute('{ file { text } }', as('lab'))).data).toEqual({ file: null });
    }
  });

  test('a gateway may judge otherwise than by tokens', async () => {
    const other = await startSmallGateway(
      { clinic, lab },
      { holdsPolicy: (policy, identity) => policy === 'admin' && identity === null },
    );
    try {
      expect((await other.execute('{ either }')).data).toEqual({ either: 2 });
      expect((await other.execute('{ either }', as('admin'))).data).toEqual({ either: null });
    } finally {
      await other.gateway.close();
    }
  });
});
