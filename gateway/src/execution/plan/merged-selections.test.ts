import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { buildSchema, parse, print } from 'graphql';
import { fragmentsOf } from '../../types/operation.js';
import { SelectionMerger, selectionSetOf } from './merged-selections.js';

const schema = buildSchema(`
  type Query { item: Item both: Both }
  interface Item { id: ID! name: String more: Item size(unit: Int): Int }
  type Book implements Item { id: ID! name: String more: Item size(unit: Int): Int pages: Int }
  type Film implements Item { id: ID! name: String more: Item size(unit: Int): Int minutes: Int }
  union Both = Book | Film`);

function merge(text: string): { text: string; size: number } {
  const document: DocumentNode = parse(text);
  const [operation] = document.definitions as OperationDefinitionNode[];
  const root = schema.getQueryType();
  if (!operation || !root) throw new Error('There is no operation.');
  const merged = new SelectionMerger(schema, fragmentsOf(document.definitions)).merge(root, [
    operation.selectionSet,
  ]);
  return { text: print(selectionSetOf(merged)).replace(/\s+/g, ' '), size: merged.size };
}

describe('merged selections', () => {
  test.each([
    ['one field for equal ones', '{ item { id name id } item { name } }', '{ item { id name } }'],
    [
      'the fields of fragments',
      '{ item { ...A } } fragment A on Item { id ...B } fragment B on Item { name }',
      '{ item { id name } }',
    ],
    ['conditions that hold always', '{ item { ... on Item { ... { id } } } }', '{ item { id } }'],
    [
      'no condition that never holds',
      '{ item { ... on Book { pages ... on Item { ... on Film { id } } } } }',
      '{ item { ... on Book { pages } } }',
    ],
    [
      'an object of which nothing is selected',
      '{ item { ... on Book { ... on Item { ... on Film { id } } } } }',
      '{ item { __typename } }',
    ],
    [
      'nothing for some that all have',
      '{ item { more { id } ... on Book { more { id } pages } } }',
      '{ item { more { id } ... on Book { pages } } }',
    ],
    [
      'more for some',
      '{ item { more { id } ... on Book { more { name } } } }',
      '{ item { more { id } ... on Book { more { name } } } }',
    ],
    [
      'one condition for equal ones',
      '{ both { ... on Book { id } ... on Film { id } ... on Book { name } } }',
      '{ both { ... on Book { id name } ... on Film { id } } }',
    ],
    [
      'both of two keys',
      '{ item { a: size(unit: 1) b: size(unit: 2) a: size(unit: 1) } }',
      '{ item { a: size(unit: 1) b: size(unit: 2) } }',
    ],
  ])('have %s', (_what, given, expected) => {
    expect(merge(given).text).toBe(expected);
  });

  test('leave out what the gateway answers itself', () => {
    expect(
      merge('{ __schema { types { name } } item { id __typename } __type(name: "Book") { name } }').text,
    ).toBe('{ item { id __typename } }');
  });

  test('count what fragments multiply, each part once', () => {
    const levels = 40;
    const fragments = Array.from(
      { length: levels },
      (_none, n) =>
        `fragment F${n} on Item { more { ...F${n + 1} } ... on Book { more { id ...F${n + 1} } } }`,
    ).join(' ');
    const merger = new SelectionMerger(
      schema,
      fragmentsOf(parse(`${fragments} fragment F${levels} on Item { name }`).definitions),
    );
    const root = schema.getQueryType();
    if (!root) throw new Error('There are no queries.');
    const [operation] = parse('{ item { ...F0 } }').definitions as OperationDefinitionNode[];
    if (!operation) throw new Error('There is no operation.');
    expect(merger.merge(root, [operation.selectionSet]).size).toBeGreaterThan(1_000_000);
  });
});
