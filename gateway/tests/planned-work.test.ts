import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLog } from '@souk/shared/log';
import type { OperationDefinitionNode } from 'graphql';
import { parse } from 'graphql';
import { refuseManyFetches } from '../src/execution/plan/fetch-limit.js';
import { loadGraphSchema } from '../src/execution/plan/graph-schema.js';
import { plannedDocument } from '../src/execution/plan/planned-document.js';
import type { PlanningCaller } from '../src/execution/plan/planning.js';
import { Planning } from '../src/execution/plan/planning.js';
import { readSupergraph } from '../src/supergraph/supergraph.js';
import { fragmentsOf } from '../src/types/operation.js';

// Small operations on Souk's own supergraph, each of which kept the planner busy for seconds or minutes.

const { sdl } = readSupergraph(readFileSync(join(__dirname, '../supergraph.graphql'), 'utf8'));
const schema = loadGraphSchema(sdl, { validate: false });
const limits = { depth: 15, counts: { aliases: 30, rootFields: 20, directives: 50 }, introspection: true };

let planned = 0;
const caller: PlanningCaller = {
  client: 'a',
  address: 'a',
  cancellation: null,
  onPlanned: () => {
    planned += 1;
  },
};
// In a thread, as in production: an error leaves it as a text.
const thread = {
  file: join(__dirname, '../src/execution/plan/planner-worker.ts'),
  execArgv: ['--require', join(__dirname, '../../tests/support/typescript.cjs')],
};
const planning = new Planning({ thread, log: createLog('test', 'silent') });
const planner = planning.load(sdl, limits);

beforeAll(() => planner.ready);
afterAll(() => planning.close());
beforeEach(() => {
  planned = 0;
});

async function plan(source: string): Promise<string> {
  const { definitions } = parse(source);
  const operation = definitions[0] as OperationDefinitionNode;
  const selected = { operation, fragments: fragmentsOf(definitions) };
  const document = plannedDocument(schema.api, selected, schema.keys, new Map()) ?? '';
  const json = await planner.plan({ document, operationName: null, labels: [] }, caller);
  refuseManyFetches(JSON.parse(json) as Parameters<typeof refuseManyFetches>[0]);
  return json;
}

const types = ['Tour', 'Event', 'App', 'Product'];
const levels = (count: number, level: (next: string) => string, last: string): string =>
  Array.from({ length: count }, (_none, n) => `fragment F${n} on ${level(`...F${n + 1}`)}`).join(' ') +
  ` fragment F${count} on ${last}`;
const below = (next: string): string => `alsoBought(first: 1) { listing { title ${next} } }`;
const tooLarge = { extensions: { code: 'OPERATION_TOO_LARGE' } };

test.each([
  [
    'a chain through an interface object',
    `{ listing(slug: "x") { ${below(below(below(below(below('')))))} } }`,
  ],
  [
    'the same in fragments for all types',
    `{ listing(slug: "x") { ...F0 } } ${levels(
      4,
      (next) => `Listing { ${types.map((type) => `... on ${type} { ${next} }`).join(' ')} ${below(next)} }`,
      'Listing { title }',
    )}`,
  ],
  [
    'fragments that multiply by four',
    `{ listing(slug: "x") { ...F0 } } ${levels(
      6,
      (next) => `Listing { ${types.map((type) => `... on ${type} { ${below(next)} }`).join(' ')} }`,
      'Listing { title }',
    )}`,
  ],
])('%s: refused, and not planned again with another comment', async (_what, source) => {
  await expect(plan(source)).rejects.toMatchObject(tooLarge);
  const before = planned;
  await expect(plan(`# again\n${source}`)).rejects.toMatchObject(tooLarge);
  expect(planned).toBe(before);
});

test('an operation with more fetches than one may have is refused', async () => {
  const source = `{ user(id: "x") { ...F0 } } ${levels(
    4,
    (next) =>
      `User { displayName followers { nodes { ${next} } } following { nodes { ${next} } } mutualFollowers { ${next} } }`,
    'User { displayName }',
  )}`;
  await expect(plan(source)).rejects.toMatchObject(tooLarge);
});

test('operations that select the same are planned as one text, however they are written', () => {
  const textOf = (source: string): string | null => {
    const { definitions } = parse(source);
    const operation = definitions[0] as OperationDefinitionNode;
    const selected = { operation, fragments: fragmentsOf(definitions) };
    return plannedDocument(schema.api, selected, schema.keys, new Map());
  };
  expect(
    textOf(`query { listing(slug: "y") { ...Both ... on Tour { title location } } }
      fragment Both on Listing { id ... on Listing { title } }`),
  ).toBe(textOf('{ listing(slug: "y") { id title ... on Tour { location } } }'));
});
