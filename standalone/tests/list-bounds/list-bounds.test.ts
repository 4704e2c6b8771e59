import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apiSchema } from '@souk/gateway/composition';
import { listFields } from '@souk/gateway/list-sizes';
import { connect, databaseUrl } from '@souk/shared/postgres';
import { Random } from '../../../gateway/tests/differential/random.js';
import { Client } from '../../../tests/support/client.js';
import type { TestSouk } from '../../../tests/support/souk.js';
import { admin, startSouk } from '../../../tests/support/souk.js';
import { clusterPassword } from '../../src/postgres/cluster.js';
import { knownClusterDir } from '../../src/postgres/place.js';
import { readPostmaster } from '../../src/postgres/postmaster.js';
import type { LargestData, WithDatabase } from './largest-data.js';
import { fillToTheBounds } from './largest-data.js';
import { listCases, listsOfEnums, notImplementedLists } from './list-cases.js';
import { listLengths } from './list-lengths.js';
import { RandomQuery } from './random-query.js';

const schema = apiSchema(readFileSync(path.join(__dirname, '../../../gateway/supergraph.graphql'), 'utf8'));

/** All that is refused goes through `toUserErrors`, which ends lists and paths (shared/src/graph/user-errors.test.ts). */
const isOfRefusals = (field: string): boolean => /\.userErrors$|Error\.field$/.test(field);

let souk: TestSouk;
let buyer: Client;
let largest: LargestData;

interface Costed {
  data: unknown;
  errors?: { message: string; extensions: { code: string } }[];
  extensions?: { cost?: { estimate: number; actual?: number } };
}

async function ask(query: string, variables: Record<string, unknown> = {}): Promise<Costed> {
  const response = await fetch(`${souk.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${buyer.accessToken ?? ''}`,
      'x-souk-cost': '1',
    },
    body: JSON.stringify({ query, variables }),
    signal: AbortSignal.timeout(60_000),
  });
  return (await response.json()) as Costed;
}

beforeAll(async () => {
  souk = await startSouk({ topology: 'standalone' });
  const root = await new Client(souk.url).login(admin.email, admin.password);
  const seller = await new Client(souk.url).login('partner@souk.test');
  buyer = await new Client(souk.url).register();
  const withDatabase: WithDatabase = async (name, work) => {
    const postmaster = await readPostmaster(await knownClusterDir(souk.dataDir));
    const password = encodeURIComponent(await clusterPassword(souk.dataDir));
    const server = `postgres://postgres:${password}@127.0.0.1:${postmaster?.port}`;
    const connection = await connect(databaseUrl(server, `souk_${name}`));
    try {
      return await work(connection);
    } finally {
      await connection.end();
    }
  };
  largest = await fillToTheBounds(root, seller, buyer, withDatabase);
  // Now the buyer has all roles.
  await buyer.signInAgain();
});
afterAll(async () => {
  await souk.stop();
  await souk.clean();
});

test('every list of the API has a case', () => {
  const covered = new Set([
    ...listCases.flatMap(({ lists }) => Object.keys(lists)),
    ...Object.keys(notImplementedLists),
    ...listsOfEnums,
  ]);
  expect(listFields(schema).filter((field) => !covered.has(field) && !isOfRefusals(field))).toEqual([]);
  expect([...covered].filter((field) => !listFields(schema).includes(field))).toEqual([]);
});

test.each(listCases)('costs no more than the estimate at its largest: $query', async (listCase) => {
  const { query, variables, lists } = listCase;
  const { data, errors, extensions } = await ask(query, variables?.(largest));
  expect(errors).toBeUndefined();
  const { estimate, actual } = extensions?.cost ?? {};
  expect(actual).toBeLessThanOrEqual(estimate ?? 0);
  expect(actual).toBeGreaterThan(0);
  expect(estimate).toBeLessThanOrEqual(100_000);
  const lengths = listLengths(schema, query, data);
  expect(Object.fromEntries(Object.keys(lists).map((field) => [field, lengths.get(field)]))).toEqual(lists);
});

test.each(Object.entries(notImplementedLists))('%s is not implemented', async (_field, query) => {
  const { errors } = await ask(query);
  expect(errors?.map(({ extensions }) => extensions.code)).toContain('NOT_IMPLEMENTED');
});

// LIST_SEED repeats a run, LIST_QUERIES makes it longer.
const seed = Number(process.env['LIST_SEED'] ?? (process.env['CI'] ? 1 : Date.now() % 1_000_000_000));
const numRuns = Number(process.env['LIST_QUERIES'] ?? 150);

test('random queries cost no more than their estimates', async () => {
  const seen = { answered: 0, refused: 0 };
  const property = fc.asyncProperty(fc.integer(), async (seedOfOne) => {
    const { query, variables } = new RandomQuery(schema, new Random(seedOfOne), largest);
    expect(validate(schema, parse(query))).toEqual([]);
    const { errors, extensions } = await ask(query, variables);
    const isRefused = errors?.some(({ extensions: { code } }) => code === 'OPERATION_TOO_LARGE') ?? false;
    seen[isRefused ? 'refused' : 'answered'] += 1;
    const { estimate, actual } = extensions?.cost ?? {};
    // What is too deep is not estimated.
    if (isRefused) expect(estimate ?? Infinity).toBeGreaterThan(100_000);
    else
      expect({ query, variables, isWithin: (actual ?? 0) <= (estimate ?? -1) }).toMatchObject({
        isWithin: true,
      });
  });
  await fc.assert(property, { seed, numRuns });
  expect(seen.answered).toBeGreaterThan(numRuns / 3);
});
