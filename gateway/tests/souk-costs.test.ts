import type { FragmentDefinitionNode, OperationDefinitionNode } from 'graphql';
import { Kind, parse, print, validate } from 'graphql';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiSchema } from '../src/supergraph/composition.js';
import { costModel } from '../src/limits/cost.js';
import { readSupergraph } from '../src/supergraph/supergraph.js';

const root = join(__dirname, '../..');
const maxCost = 100_000;
const supergraph = readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8');
const schema = apiSchema(supergraph);
// A list without @listSize would cost more than is allowed.
const costs = costModel(schema, readSupergraph(supergraph).document, 2 * maxCost);

const fragments = new Map<string, FragmentDefinitionNode>();

/** The estimate of each operation of some documents, by its name or place. */
function estimates(texts: readonly string[]): [string, number][] {
  const definitions = texts.flatMap((text) => parse(text).definitions);
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  return definitions
    .filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
    .map((operation, index) => {
      const document = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments.values()] } as const;
      // Variables are left to their defaults.
      const estimate = costs.estimate(
        { source: print(operation), document, operation, operationName: null },
        {},
      );
      return [operation.name?.value ?? `operation ${index + 1}`, estimate];
    });
}

const estimate = (query: string): number => {
  expect(validate(schema, parse(query))).toEqual([]);
  return estimates([query])[0]?.[1] ?? 0;
};

test("the operations of the client and of the README's tour are allowed", () => {
  const operations = join(root, 'client/operations');
  const client = readdirSync(operations).map((file) => readFileSync(join(operations, file), 'utf8'));
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const tour = [...readme.matchAll(/```graphql\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(tour.length).toBeGreaterThan(4);
  const all = [...estimates(client), ...estimates(tour)];
  expect(all.length).toBeGreaterThan(10);
  expect(all.filter(([, cost]) => cost > maxCost)).toEqual([]);
});

test.each([
  [
    'my orders',
    `{ me { orders(first: 20) { totalCount pageInfo { endCursor } nodes {
      id number status total { formatted } payment { status }
      items { id title quantity offer { title } unitPrice { formatted } total { formatted } seats { row number } }
      tokens { code kind listing { title } seat { row number } }
    } } } }`,
  ],
  [
    'my tokens',
    '{ me { tokens { code kind status listing { title slug } seat { row number } order { number } } offeredTokens { code } } }',
  ],
  [
    'the largest page of listings with offers',
    `{ listings(first: 100) { totalCount nodes { title images { url } tags category { name } priceRange { min { formatted } }
      offers { title price { formatted } availability { status } } } } }`,
  ],
  [
    'a listing',
    `{ listing(slug: "x") { title images { url alt } offers { title price { formatted } availability { status } }
      alsoBought { listing { title } } partner { name } category { name parent { name } }
      ... on Tour { itinerary { name latitude longitude } } ... on Event { venue { name sections { name } } } } }`,
  ],
  [
    'a seat map of 20,000 seats',
    '{ listing(slug: "x") { ... on Event { seats { id section row number status x y offer { id price { formatted } } } } } }',
  ],
  [
    'a cart',
    `{ cart { items { id offer { title listing { title slug } price { formatted } } seats { id section row number }
      unitPrice { formatted } subtotal { formatted } } problems { code message field } total { formatted } } }`,
  ],
  [
    'a checkout',
    `{ checkout(id: "x") { steps { name } compensations { name } failure { code } order { number
      items { offer { title } seats { row } } tokens { code listing { title } seat { row } } history { message actor { displayName } }
      payment { events { type amount { formatted } } refunds { amount { formatted } } } } } }`,
  ],
  ['the categories', '{ categories { id slug name parent { id name } children { id slug name } } }'],
  ['the venues', '{ venues { id name city sections { name rows seatsPerRow } partner { name } } }'],
  [
    "an administrator's pages",
    `{ orders(first: 100) { nodes { number customer { displayName } total { formatted } items { title quantity } } }
      payments(first: 100) { nodes { reference amount { formatted } events { type } refunds { status } } }
      checkouts(first: 100) { nodes { transactionId steps { name status } } } }`,
  ],
])('ordinary pages are allowed: %s', (_what, query) => {
  expect(estimate(query)).toBeLessThanOrEqual(maxCost);
});

test.each([
  [
    'offers of listings of offers',
    '{ listing(slug: "x") { offers { listing { offers { listing { offers { listing { offers { id } } } } } } } } }',
    200 ** 4,
  ],
  [
    'tokens of orders of tokens',
    '{ me { tokens { order { tokens { order { tokens { order { id } } } } } } } }',
    1_000 * 200 * 200,
  ],
  [
    'seats of events of seats',
    '{ listing(slug: "x") { ... on Event { seats { offer { listing { ... on Event { seats { id } } } } } } } }',
    20_000 ** 2,
  ],
])('operations that multiply are not: %s', (_what, query, objects) => {
  expect(estimate(query)).toBeGreaterThan(objects);
});
