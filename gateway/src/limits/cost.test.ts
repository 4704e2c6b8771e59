import { buildSchema, Kind, parse, validate } from 'graphql';
import { costModel } from './cost.js';
import type { KnownOperation } from '../types/operation.js';

const sdl = `
  directive @cost(weight: String!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!],
    requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION

  type Query {
    things(first: Int = 3): [Thing!] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false)
    paged(first: Int): [Thing!]
      @listSize(slicingArguments: ["first"], assumedSize: 40, requireOneSlicingArgument: false)
    either(first: Int, last: Int): [Thing!] @listSize(slicingArguments: ["first", "last"])
    fixed(limit: Int): [Thing!] @listSize(assumedSize: 25)
    nested(page: PageInput): [Thing!] @listSize(slicingArguments: ["page.size"], assumedSize: 9)
    connection(first: Int = 20): Connection
      @listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)
    deep(first: Int = 5): Wrapper
      @listSize(slicingArguments: ["first"], sizedFields: ["inner.items"], requireOneSlicingArgument: false)
    foreign(first: Int): [Thing!]
    foreignPage(first: Int): Connection
    animal: Animal
    either2: Union
    find(filter: Filter, weighed: Int @cost(weight: "7"), color: Color): Thing
    heavy: Thing @cost(weight: "5")
    tags: [String!] @listSize(assumedSize: 1000)
    heavyTags: [Heavy!] @listSize(assumedSize: 10)
  }
  type Connection { edges: [Edge!] nodes: [Thing!] total: Int }
  type Edge { node: Thing }
  type Wrapper { inner: Inner }
  type Inner { items: [Thing!] }
  type Thing { id: ID name: String other: Thing }
  input PageInput { size: Int }
  input Filter { name: String weight: Int @cost(weight: "2") nested: Filter many: [Filter!] }
  enum Color @cost(weight: "3") { RED }
  scalar Heavy @cost(weight: "4")
  interface Animal { legs: [Thing!] @listSize(assumedSize: 2) eyes: [Thing!] @listSize(assumedSize: 2) name: String }
  type Dog implements Animal { legs: [Thing!] @listSize(assumedSize: 4) eyes: [Thing!] name: String fleas: [Thing!] @listSize(assumedSize: 50) }
  type Bird implements Animal { legs: [Thing!] @listSize(assumedSize: 2) eyes: [Thing!] name: String feathers: [Thing!] @listSize(assumedSize: 900) }
  union Union = Dog | Bird
`;
const schema = buildSchema(sdl);
const costs = costModel(schema, parse(sdl), 10);

function known(source: string): KnownOperation {
  const document = parse(source);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('There is no operation.');
  expect(validate(schema, document)).toEqual([]);
  return { source, document, operation, operationName: null };
}

function estimate(source: string, variables: Record<string, unknown> = {}): number {
  return costs.estimate(known(source), variables);
}

function actual(source: string, data: unknown): number {
  return costs.actual(known(source), {}, data);
}

const first = 'query ($n: Int) { things(first: $n) { id } }';
const firstOfSix = 'query ($n: Int = 6) { things(first: $n) { id } }';
const paged = 'query ($n: Int) { paged(first: $n) { id } }';

describe('the estimate of a list', () => {
  test.each<[string, string, Record<string, unknown>, number]>([
    ['the default of its slicing argument', '{ things { id } }', {}, 3],
    ['a literal', '{ things(first: 7) { id } }', {}, 7],
    ['nothing', '{ things(first: 0) { id } }', {}, 0],
    ['more than a page may have', '{ things(first: 5000) { id } }', {}, 5_000],
    ['a variable', first, { n: 8 }, 8],
    ['a variable that is not sent: the default of the argument', first, {}, 3],
    ['a variable with a default', firstOfSix, {}, 6],
    ['a variable with a default that is sent', firstOfSix, { n: 2 }, 2],
    // A subgraph may take null for its default, or for no limit.
    ['null', '{ things(first: null) { id } }', {}, 10],
    ['null in a variable, which is not its default', firstOfSix, { n: null }, 10],
    ['less than nothing', '{ things(first: -1) { id } }', {}, 10],
    ['an assumed size, without its argument', paged, {}, 40],
    ['an assumed size, with null', paged, { n: null }, 40],
    ['an assumed size, with less than nothing', paged, { n: -5 }, 40],
    ['the argument rather than the assumed size', paged, { n: 4 }, 4],
    ['an assumed size, whatever arguments the schema does not name', '{ fixed(limit: 1) { id } }', {}, 25],
    ['one of two', '{ either(last: 6) { id } }', {}, 6],
    ['a path in an input object, which costs 1', '{ nested(page: { size: 4 }) { id } }', {}, 5],
  ])('%s', (_what, source, variables, expected) => {
    expect(estimate(source, variables)).toBe(expected);
  });

  test.each(['{ either { id } }', '{ either(first: 1, last: 1) { id } }'])(
    'needs exactly one slicing argument where the schema says so: %s',
    (source) => {
      expect(() => estimate(source)).toThrow('either needs exactly one of the arguments first, last');
    },
  );

  test('of a foreign supergraph is sliced by the usual arguments, else assumed', () => {
    expect(estimate('{ foreign { id } }')).toBe(10);
    expect(estimate('{ foreign(first: 4) { id } }')).toBe(4);
    expect(estimate('{ foreignPage(first: 30) { nodes { id } } }')).toBe(31);
    expect(estimate('{ foreignPage { nodes { id } } }')).toBe(11);
  });
});

describe('the estimate', () => {
  test.each<[string, string, number]>([
    [
      'sized fields, each of them',
      '{ connection(first: 7) { edges { node { id } } nodes { id } } }',
      1 + 14 + 7,
    ],
    ['sized fields by other names', '{ connection(first: 7) { a: nodes { id } b: nodes { id } total } }', 15],
    ['sized fields in fragments', '{ connection { ...c } } fragment c on Connection { nodes { id } }', 21],
    ['sized fields further down', '{ deep(first: 8) { inner { items { id } } } }', 10],
    ['aliases, each of them', '{ a: things(first: 2) { id } b: things(first: 3) { id } }', 5],
    ['lists in lists', '{ things(first: 10) { other { id } } }', 20],
    ['leaves not at all', '{ tags }', 0],
    ['leaves that weigh', '{ heavyTags }', 40],
    ['a stated weight', '{ heavy { id } }', 5],
    ['an interface by its longest list', '{ animal { legs { id } } }', 5],
    ['a list that only the interface sizes', '{ animal { ... on Dog { eyes { id } } } }', 3],
    [
      'all types that may be meant',
      '{ animal { ... on Dog { fleas { id } } ... on Bird { feathers { id } } } }',
      951,
    ],
    [
      'all members of a union',
      '{ either2 { ... on Dog { fleas { id } } ... on Bird { feathers { id } } } }',
      951,
    ],
    ['weighed arguments', '{ find(weighed: 1, color: RED) { id } }', 1 + 7 + 3],
    [
      'input objects and their fields',
      '{ find(filter: { name: "x", weight: 1, nested: { weight: 2 }, many: [{}, { name: "y" }] }) { id } }',
      1 + (1 + 2 + (1 + 2) + (1 + 1)),
    ],
  ])('counts %s', (_what, source, expected) => {
    expect(estimate(source)).toBe(expected);
  });

  test('counts input objects in variables', () => {
    const source = 'query ($f: Filter) { find(filter: $f) { id } }';
    expect(estimate(source, { f: { many: Array.from({ length: 50 }, () => ({ weight: 1 })) } })).toBe(152);
  });

  test('is infinite, and found at once, where fragments multiply', () => {
    const fragments = Array.from(
      { length: 20 },
      (_, index) =>
        `fragment f${index} on Thing { a: other { ...f${index + 1} } b: other { ...f${index + 1} } }`,
    );
    const operation = known(`{ heavy { ...f0 } } ${fragments.join(' ')} fragment f20 on Thing { id }`);
    const began = performance.now();
    expect(costs.estimate(operation, {})).toBe(Infinity);
    expect(performance.now() - began).toBeLessThan(250);
  });
});

describe('the actual cost', () => {
  test('counts the actual data', () => {
    const data = { connection: { nodes: [{ id: 1 }, { id: 2 }], edges: [{ node: null }], total: 2 } };
    expect(actual('{ connection { nodes { id } edges { node { id } } total } }', data)).toBe(4);
    expect(actual('{ things { id } }', { things: null })).toBe(0);
    expect(actual('{ things { id } }', null)).toBe(0);
    expect(actual('{ tags }', { tags: ['a', 'b'] })).toBe(0);
  });

  test('counts a value once, however many selections make it', () => {
    const source =
      '{ things { id } things { other { id } } ...q } fragment q on Query { things { other { name } } }';
    expect(actual(source, { things: [{ id: 1, other: { id: 2, name: 'x' } }] })).toBe(2);
  });

  test('is not above the estimate where types share a name for lists of different length', () => {
    const source = '{ either2 { ... on Dog { x: fleas { id } } ... on Bird { x: legs { id } } } }';
    const fleas = Array.from({ length: 50 }, (_, id) => ({ id }));
    expect(actual(source, { either2: { x: fleas } })).toBe(51);
    expect(estimate(source)).toBe(53);
  });

  test('leaves fragments on other types out where the type is in the data', () => {
    const source =
      '{ animal { __typename name ... on Dog { x: fleas { id } } ... on Bird { x: feathers { other { id } } } } }';
    const data = { animal: { __typename: 'Dog', name: 'Rex', x: [{ id: 1, other: { id: 2 } }] } };
    expect(actual(source, data)).toBe(2);
  });
});
