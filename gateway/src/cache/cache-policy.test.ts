import { composeServices } from '@apollo/composition';
import { Kind, OperationTypeNode, parse } from 'graphql';
import { accessRules } from '../access/access-rules.js';
import { loadGraphSchema } from '../execution/plan/graph-schema.js';
import { readSupergraph } from '../supergraph/supergraph.js';
import { cacheHints } from './cache-control.js';
import type { CachePolicies } from './cache-policy.js';
import { cachePolicies } from './cache-policy.js';

const head = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.11",
    import: ["@key", "@shareable", "@interfaceObject", "@authenticated", "@composeDirective"])
  @link(url: "https://souk.dev/cacheControl/v0.1", import: ["@cacheControl"])
  @composeDirective(name: "@cacheControl")
  directive @cacheControl(maxAge: Int, scope: cacheControl__Scope, inheritMaxAge: Boolean)
    on FIELD_DEFINITION | OBJECT | INTERFACE | UNION
  enum cacheControl__Scope { PUBLIC PRIVATE }`;

const shop = `${head}
  type Query {
    hinted: Item @cacheControl(maxAge: 40)
    bare: Item
    inheriting: Item @cacheControl(inheritMaxAge: true)
    private: Item @cacheControl(maxAge: 40, scope: PRIVATE)
    zero: Item @cacheControl(maxAge: 0)
    number: Int
    hintedNumber: Int @cacheControl(maxAge: 7)
    known: Int @cacheControl(maxAge: 7) @authenticated
    thing: Thing @cacheControl(maxAge: 40)
    either: Either @cacheControl(maxAge: 40)
  }
  type Mutation { write: Int @cacheControl(maxAge: 7) }
  interface Thing @key(fields: "id") { id: ID! name: String @cacheControl(inheritMaxAge: true) }
  type Item implements Thing @key(fields: "id") @cacheControl(maxAge: 30) {
    id: ID! name: String secret: String @cacheControl(scope: PRIVATE)
    part: Part bare: Bare own: Bare @cacheControl(maxAge: 20) short: Short
  }
  type Other implements Thing @key(fields: "id") @cacheControl(maxAge: 10) { id: ID! name: String @cacheControl(maxAge: 3) }
  type Mine @cacheControl(maxAge: 10, scope: PRIVATE) { x: Int }
  union Either = Item | Mine
  type Part @cacheControl(inheritMaxAge: true) { x: Int }
  type Bare { x: Int }
  type Short @cacheControl(maxAge: 5) { x: Int }
  type Shared @key(fields: "id") @cacheControl(maxAge: 30) { id: ID! ours: Int hinted: Int @cacheControl(inheritMaxAge: true) }
  extend type Query { shared: Shared @cacheControl(maxAge: 30) }`;
const fans = `${head}
  type Thing @key(fields: "id") @interfaceObject { id: ID! likes: Int }
  type Shared @key(fields: "id") { id: ID! theirs: Int }`;

describe('the maximum age of a response', () => {
  let policies: CachePolicies;
  beforeAll(() => {
    const { supergraphSdl = '', errors } = composeServices(
      Object.entries({ shop, fans }).map(([name, sdl]) => ({
        name,
        url: 'http://x.test',
        typeDefs: parse(sdl),
      })),
    );
    expect(errors).toBeUndefined();
    const supergraph = readSupergraph(supergraphSdl);
    const { api } = loadGraphSchema(supergraph.sdl, { validate: true });
    expect(Object.keys(api.getTypeMap()).filter((name) => /cache/i.test(name))).toEqual([]);
    policies = cachePolicies(
      api,
      cacheHints(supergraph.document),
      accessRules(supergraph.document, supergraph.rules),
    );
  });
  const age = (query: string): number => {
    const document = parse(query);
    const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
    if (!operation) throw new Error('There is no operation.');
    return policies.ofOperation(document, operation);
  };

  test.each([
    ['a hinted root field', '{ hinted { id name } }', 40],
    ['a root field whose type is hinted, and not itself', '{ bare { id } }', 0],
    ['a root field that has nothing to inherit', '{ inheriting { id } }', 0],
    ['a private field', '{ hinted { secret } }', 0],
    ['a private root field', '{ private { id } }', 0],
    ['nothing at all', '{ zero { id } }', 0],
    ['a leaf of the root', '{ number }', 0],
    ['a hinted leaf of the root', '{ hintedNumber }', 7],
    ['the least of several', '{ hintedNumber hinted { id } }', 7],
    ['one that may not beside one that may', '{ hinted { id } number }', 0],
    ['a field that requires a token', '{ known }', 0],
    ['a type that inherits', '{ hinted { part { x } } }', 40],
    ['an object without a hint', '{ hinted { bare { x } } }', 0],
    ['an object with a hint on the field', '{ hinted { own { x } } }', 20],
    ['an object with a hint on the type', '{ hinted { short { x } } }', 5],
    ['through an alias', '{ hinted { n: secret } }', 0],
    ['through a fragment', '{ hinted { ...F } } fragment F on Item { secret }', 0],
    ['through an inline fragment', '{ hinted { ... { ... on Item { secret } } } }', 0],
    ['what is left out, perhaps', 'query ($x: Boolean!) { hinted { id secret @include(if: $x) } }', 0],
    ['an interface: the least of who implements it', '{ thing { name } }', 3],
    ['a key of an interface', '{ thing { id } }', 40],
    ['a part of an interface', '{ thing { ... on Item { name } } }', 40],
    ['a field of an interface object', '{ thing { likes } }', 0],
    ['the same through a type', '{ hinted { likes } }', 0],
    ['a union with a private member', '{ either { __typename } }', 0],
    ['a leaf of a type that others share', '{ shared { ours } }', 0],
    ['a hinted leaf of it, and its key', '{ shared { id hinted } }', 30],
    ["others' leaf of it", '{ shared { theirs } }', 0],
    ['the type name alone', '{ __typename }', 0],
    ['the schema', '{ hintedNumber __schema { queryType { name } } }', 0],
    ['a mutation', 'mutation { write }', 0],
  ])('%s: %s', (_what, query, expected) => {
    expect(age(query)).toBe(expected);
  });

  test.each([
    [
      'public',
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Item { name part { x } } } }',
      30,
    ],
    [
      'of two types',
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Item { id } ... on Other { id } } }',
      10,
    ],
    [
      'private',
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Item { secret } } }',
      0,
    ],
    [
      'without a hint on the type',
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Bare { x } } }',
      0,
    ],
    [
      'with something beside it',
      'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Item { id } } number }',
      0,
    ],
  ])('entities that are %s', (_what, query, expected) => {
    expect(policies.ofEntityFetch(query)).toBe(expected);
  });

  test('nothing is cacheable without hints', () => {
    const { supergraphSdl = '' } = composeServices([
      { name: 'a', url: 'http://x.test', typeDefs: parse('type Query { a: Int }') },
    ]);
    const { sdl, document, rules } = readSupergraph(supergraphSdl);
    const bare = cachePolicies(
      loadGraphSchema(sdl, { validate: false }).api,
      cacheHints(document),
      accessRules(document, rules),
    );
    const query = parse('{ a }');
    const [operation] = query.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== OperationTypeNode.QUERY)
      throw new Error();
    expect(bare.ofOperation(query, operation)).toBe(0);
  });
});
