import fc from 'fast-check';
import { parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { apiSchema } from '@souk/gateway/supergraph/composition';
import { listFields } from '@souk/gateway/limits/list-sizes';
import { connect, databaseUrl } from '@souk/shared/postgres';
import { Random } from '../../../gateway/tests/differential/random.js';
import { TestClient } from '@souk/testing/test-client';
import type { TestSouk } from '@souk/testing';
import { startSouk } from '@souk/testing';
import { clusterPassword } from '../../src/postgres/cluster.js';
import { knownClusterDir } from '../../src/postgres/cluster-location.js';
import { readPostmaster } from '../../src/postgres/postmaster.js';
import type { LargestData, WithDatabase } from './largest-data.js';
import { fillToTheBounds } from './largest-data.js';
import { fillPasskeys } from './largest-rows.js';
import { listCases, listsOfEnums, listsOfEvents } from './list-cases.js';
import { listLengths } from './list-lengths.js';
import { pagedLists, readsOfOneTooMany, writesOfOneTooMany } from './list-rules.js';
import { RandomQuery } from './random-query.js';

const schema = apiSchema(readFileSync(path.join(__dirname, '../../../gateway/supergraph.graphql'), 'utf8'));

/** All that is refused goes through `toUserErrors`, which ends lists and paths (shared/src/graph/user-errors.test.ts). */
const isOfRefusals = (field: string): boolean => /\.userErrors$|Error\.field$/.test(field);

let souk: TestSouk;
let buyer: TestClient;
let largest: LargestData;

interface Costed {
  data: unknown;
  errors?: { message: string; extensions: { code: string } }[];
  extensions?: { cost?: { estimate: number; actual?: number } };
}

async function execute(query: string, variables: Record<string, unknown> = {}): Promise<Costed> {
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

beforeAll(async () => {
  // 20,000 seats take their time on a machine that has much else to do.
  const environment = {
    SUBGRAPH_TIMEOUT_MS: '60000',
    REQUEST_TIMEOUT_MS: '60000',
    // More seats than these are refused before the ones that are taken.
    CATALOG_HOLD_MAX_SEATS: '100',
  };
  souk = await startSouk({ topology: 'standalone', environment });
  const root = await souk.as('admin');
  const seller = await new TestClient(souk.url).login('partner@souk.test');
  buyer = await souk.newBuyer();
  largest = await fillToTheBounds(root, seller, buyer, withDatabase);
  // Now the buyer has all roles.
  await buyer.signIn();
  await withDatabase('account', fillPasskeys);
});
afterAll(async () => {
  await souk.stop();
});

test('every list of the API has a case', () => {
  const covered = new Set([
    ...listCases.flatMap(({ lists }) => Object.keys(lists)),
    ...listsOfEnums,
    ...listsOfEvents,
  ]);
  expect(listFields(schema).filter((field) => !covered.has(field) && !isOfRefusals(field))).toEqual([]);
  expect([...covered].filter((field) => !listFields(schema).includes(field))).toEqual([]);
});

test.each(listCases)('costs at most its estimate with the largest data: $query', async (listCase) => {
  const { query, variables, lists } = listCase;
  const { data, errors, extensions } = await execute(query, variables?.(largest));
  expect(errors).toBeUndefined();
  const { estimate, actual } = extensions?.cost ?? {};
  expect(actual).toBeLessThanOrEqual(estimate ?? 0);
  expect(actual).toBeGreaterThan(0);
  expect(estimate).toBeLessThanOrEqual(100_000);
  const lengths = listLengths(schema, query, data);
  expect(Object.fromEntries(Object.keys(lists).map((field) => [field, lengths.get(field)]))).toEqual(lists);
});

test.each(writesOfOneTooMany)(
  'one more is refused, with the number: $query',
  async ({ query, variables, limit }) => {
    const { data, errors } = await execute(query, variables(largest));
    expect(errors).toBeUndefined();
    const [payload] = Object.values(
      data as Record<string, { userErrors: { code: string; message: string }[] }>,
    );
    const { code, message } = payload?.userErrors.find((error) => error.message.includes(` ${limit} `)) ?? {};
    expect([code, message]).toEqual(['INVALID', expect.any(String)]);
  },
);

test('an event gets no more than 20,000 seats', async () => {
  await withDatabase('catalog', (connection) =>
    connection.query(
      `UPDATE venue SET sections = jsonb_set(sections, '{99}', '{"name": "Extra", "rows": 1, "seatsPerRow": 1}')
       WHERE name = 'Arena'`,
    ),
  );
  const { data } = await execute(
    `mutation ($id: ID!) { createOffer(listingId: $id, input: { price: { amount: 1, currency: "EUR" }, sections: ["Extra"] }) {
      userErrors { code message field } } }`,
    { id: largest.event },
  );
  expect(data).toMatchObject({
    createOffer: {
      userErrors: expect.arrayContaining([
        {
          code: 'INVALID',
          message: 'An event may have 20000 seats at most; with these it has 20001.',
          field: ['input', 'sections'],
        },
      ]) as unknown,
    },
  });
});

test.each(readsOfOneTooMany)(
  'more than a page is refused, with the number: $query',
  async ({ query, variables, limit }) => {
    const { errors } = await execute(query, variables(largest));
    expect(errors?.[0]).toMatchObject({
      message: expect.stringMatching(new RegExp(`\\b${limit}\\b`)) as string,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  },
);

test.each(pagedLists)(
  'pages hold the whole list, each item once: $query',
  async ({ query, id, first, total }) => {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const { data, errors } = await execute(query, { id: id(largest), first, after });
      expect(errors).toBeUndefined();
      const page = listOf(data).map((item) => item.id);
      ids.push(...page);
      if (page.length < first) break;
      after = page.at(-1) ?? null;
    }
    expect(ids.length).toBe(new Set(ids).size);
    // The demo may have some of its own.
    expect(ids.length - total).toBeGreaterThanOrEqual(0);
    expect(ids.length - total).toBeLessThan(20);
    const { errors } = await execute(query, { id: id(largest), first, after: largest.partner });
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
  },
);

/** The one list in an answer. */
function listOf(data: unknown): { id: string }[] {
  if (Array.isArray(data)) return data as { id: string }[];
  return listOf(Object.values(data as object)[0]);
}

// LIST_SEED repeats a run, LIST_QUERIES makes it longer.
const seed = Number(process.env['LIST_SEED'] ?? (process.env['CI'] ? 1 : Date.now() % 1_000_000_000));
const numRuns = Number(process.env['LIST_QUERIES'] ?? 100);

test('random queries cost at most their estimates', async () => {
  const seen = { answered: 0, refused: 0 };
  const property = fc.asyncProperty(fc.integer(), async (seedOfOne) => {
    const { query, variables } = new RandomQuery(schema, new Random(seedOfOne), largest);
    expect(validate(schema, parse(query))).toEqual([]);
    const { errors, extensions } = await execute(query, variables);
    const isRefused = errors?.some(({ extensions: { code } }) => code === 'OPERATION_TOO_LARGE') ?? false;
    seen[isRefused ? 'refused' : 'answered'] += 1;
    const { estimate, actual } = extensions?.cost ?? {};
    // Operations over the depth limit get no estimate.
    const isAsEstimated = isRefused
      ? (estimate ?? Infinity) > 100_000
      : estimate !== undefined && (actual ?? 0) <= estimate;
    if (!isAsEstimated) throw new Error(JSON.stringify({ query, variables, errors, estimate, actual }));
  });
  await fc.assert(property, { seed, numRuns });
  expect(seen.answered).toBeGreaterThan(numRuns / 3);
});
