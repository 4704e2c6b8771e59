import { accessRules } from '../access/access-rules.js';
import { readSupergraph, UnreadableRule } from './supergraph.js';

function supergraph(links: string, body: string): string {
  return `
    schema
      @link(url: "https://specs.apollo.dev/link/v1.0")
      @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION)
      ${links}
    { query: Query }
    enum join__Graph { A @join__graph(name: "a", url: "http://a.test/graphql") }
    ${body}`;
}
const authenticated = '@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)';
const requiresScopes = '@link(url: "https://specs.apollo.dev/requiresScopes/v0.1", for: SECURITY)';

describe('reading a supergraph', () => {
  test('rules are read and taken out, with their links and definitions', () => {
    const read = readSupergraph(
      supergraph(
        `${authenticated} ${requiresScopes}`,
        `directive @authenticated on FIELD_DEFINITION | OBJECT
         directive @requiresScopes(scopes: [[requiresScopes__Scope!]!]!) on FIELD_DEFINITION
         scalar requiresScopes__Scope
         scalar Date
         type Query @authenticated { a: Int @requiresScopes(scopes: [["x", "y"], ["z"]]) b: Date }`,
      ),
    );
    expect(read.rules).toEqual([
      { type: 'Query', field: null, anyOf: [[]] },
      { type: 'Query', field: 'a', anyOf: [['x', 'y'], ['z']] },
    ]);
    expect(read.sdl).not.toMatch(/authenticated|requiresScopes/);
    expect(read.sdl).toMatch(/scalar Date/);
    expect(read.sdl).toMatch(/join\/v0.5/);
    expect(read.subgraphs).toEqual([{ name: 'a', url: 'http://a.test/graphql' }]);
  });

  test.each([
    ['as', '@link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "signedIn", for: SECURITY)'],
    [
      'import',
      '@link(url: "https://specs.apollo.dev/authenticated/v0.1", import: [{name: "@authenticated", as: "@signedIn"}], for: SECURITY)',
    ],
    ['no purpose', '@link(url: "https://specs.apollo.dev/authenticated/v0.1", as: "signedIn")'],
  ])('a directive that its link renames (%s) is read by its new name', (_how, link) => {
    const read = readSupergraph(
      supergraph(link, 'directive @signedIn on FIELD_DEFINITION type Query { a: Int @signedIn }'),
    );
    expect(read.rules).toEqual([{ type: 'Query', field: 'a', anyOf: [[]] }]);
    expect(read.sdl).not.toMatch(/signedIn/);
  });

  test.each([
    [
      'another security feature',
      '@link(url: "https://specs.apollo.dev/other/v0.1", for: SECURITY)',
      'type Query { a: Int }',
    ],
    [
      'one of somebody else',
      '@link(url: "https://example.test/authenticated/v0.1", for: SECURITY)',
      'type Query { a: Int }',
    ],
    [
      'another version',
      '@link(url: "https://specs.apollo.dev/authenticated/v0.2", for: SECURITY)',
      'type Query { a: Int }',
    ],
    ['a rule without a link', '', 'type Query { a: Int @authenticated }'],
    ['a rule on an argument', authenticated, 'type Query { a(b: Int @authenticated): Int }'],
    [
      'a rule on an extension',
      authenticated,
      'type Query { a: Int } extend type Query { b: Int @authenticated }',
    ],
    ['scopes that are no lists', requiresScopes, 'type Query { a: Int @requiresScopes(scopes: ["x"]) }'],
    ['no scopes', requiresScopes, 'type Query { a: Int @requiresScopes }'],
    [
      'a rule in a carrier',
      '',
      'type Query @join__directive(graphs: [A], name: "policy", args: {}) { a: Int }',
    ],
  ])('the start is refused: %s', (_what, links, body) => {
    expect(() => readSupergraph(supergraph(links, body))).toThrow(UnreadableRule);
  });
});

describe('settling rules', () => {
  const { document, rules } = readSupergraph(
    supergraph(
      `${authenticated} ${requiresScopes}`,
      `interface Node { id: ID name: String }
       type A implements Node { id: ID name: String @authenticated }
       type B implements Node @requiresScopes(scopes: [["b"]]) { id: ID name: String }
       enum Level @requiresScopes(scopes: [["level"]]) { LOW }
       scalar Secret @authenticated
       type Query { node: Node a: A b: B level: [Level!]! secret: Secret open: Int
         never: Int @requiresScopes(scopes: []) any: Int @requiresScopes(scopes: [[]]) }`,
    ),
  );
  const access = accessRules(document, rules);
  const scope = (...scopes: string[]) =>
    access.grantOf({
      userId: 'u',
      sessionId: 's',
      roles: [],
      scopes: new Set(scopes),
      mfaAt: null,
      expiresAt: new Date(),
    });
  const allows = (grant: ReturnType<typeof scope>, type: string, field: string): boolean => {
    const requirement = access.requirementOf(type, field);
    return requirement === null || grant.allows(requirement);
  };
  const anonymous = access.grantOf(null);

  test('of a type: its own fields, and those that return it', () => {
    expect(allows(scope(), 'B', 'id')).toBe(false);
    expect(allows(scope(), 'Query', 'b')).toBe(false);
    expect(allows(scope('b'), 'Query', 'b')).toBe(true);
    expect(allows(anonymous, 'Query', 'a')).toBe(true);
  });

  test('of an enum and a scalar: the fields that return them, lists too', () => {
    expect(allows(scope(), 'Query', 'level')).toBe(false);
    expect(allows(scope('level'), 'Query', 'level')).toBe(true);
    expect(allows(anonymous, 'Query', 'secret')).toBe(false);
  });

  test('an interface field requires all that its implementers require', () => {
    expect(allows(scope(), 'Node', 'name')).toBe(false);
    expect(allows(scope('b'), 'Node', 'name')).toBe(true);
    expect(allows(anonymous, 'Node', 'id')).toBe(false);
    expect(allows(anonymous, 'A', 'id')).toBe(true);
    expect(allows(anonymous, 'A', 'name')).toBe(false);
  });

  test('an empty rule refuses everyone; an empty list of scopes allows any valid token', () => {
    expect(allows(scope('b', 'level'), 'Query', 'never')).toBe(false);
    expect(allows(scope(), 'Query', 'any')).toBe(true);
    expect(allows(anonymous, 'Query', 'any')).toBe(false);
  });

  test('callers share a key when they may see the same', () => {
    expect(scope('b', 'unheard-of').key).toBe(scope('b').key);
    expect(scope('level', 'b').key).toBe(scope('b', 'level').key);
    expect(scope().key).not.toBe(anonymous.key);
  });
});
