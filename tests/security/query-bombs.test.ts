import { administrator, anonymous, newUser } from '../support/suite-clients.js';
import { until } from '../support/until.js';

/** `fields` within themselves, so many levels deep. */
function nested(levels: number, fields: (below: string) => string): string {
  return levels === 0 ? 'id' : fields(nested(levels - 1, fields));
}

const offersOfListings = nested(4, (below) => `id offers { id listing { ${below} } }`);
const tokensOfOrders = nested(4, (below) => `id tokens { id order { ${below} } }`);
const seatsOfOffers = nested(2, (below) => `id ... on Event { seats { id offer { listing { ${below} } } } }`);

/** Each ended a Souk of one process by heap exhaustion, far under the cost limit. */
const bombs: Record<string, string> = {
  'offers of the listings of offers': `{ listings(first: 100) { nodes { ${offersOfListings} } } }`,
  'tokens of the orders of tokens': `{ me { orders(first: 100) { nodes { ${tokensOfOrders} } } } }`,
  'seats of the offers of seats': `{ listings(first: 100) { nodes { ${seatsOfOffers} } } }`,
  'seats of many pages': `{ ${Array.from({ length: 25 }, (_none, index) => `p${index}: listings(first: 100) { nodes { ... on Event { seats { id } } } }`).join(' ')} }`,
};

it.each(Object.keys(bombs))('refuses before execution: %s', async (name) => {
  const { errors, data } = await (await newUser()).send(bombs[name] ?? '');
  expect(data ?? null).toBeNull();
  expect(errors).toHaveLength(1);
  expect(errors?.[0]?.extensions.code).toBe('OPERATION_TOO_LARGE');
  // With the number that the caller needs.
  expect(errors?.[0]?.message).toMatch(/\d/);
});

it('answers the pages of a shop', async () => {
  const admin = await administrator();
  for (const query of [
    `{ listings(first: 24) { nodes { id title slug images { url } offers { id title price { formatted } availability { available } } } } }`,
    `{ listing(slug: "nocturnes-at-sala-aurora") { title offers { id } ... on Event { venue { name } seats { id row number offer { id } } } } }`,
    `{ me { orders(first: 20) { nodes { number status items { title quantity seats { row number } } tokens { code kind } } } } }`,
    `{ cart { items { quantity offer { title listing { title } } seats { row number } } problems { code message } } }`,
    `{ categories { id name children { id name } } }`,
  ]) {
    const { errors } = await admin.send(query);
    expect({ query, errors }).toEqual({ query, errors: undefined });
  }
});

it.each([
  [
    'aliases of __typename',
    `{ ${Array.from({ length: 1_000 }, (_none, index) => `a${index}: __typename`).join(' ')} }`,
  ],
  [
    'aliases of __typename below',
    `{ categories { ${Array.from({ length: 1_000 }, (_none, index) => `a${index}: __typename`).join(' ')} } }`,
  ],
])('counts %s', async (_name, query) => {
  const { errors } = await anonymous().send(query);
  expect(errors?.[0]?.extensions.code).toBe('OPERATION_TOO_LARGE');
});

it('reports a few problems of a document with hundreds', async () => {
  const { errors } = await anonymous().send(
    `{ __typename ${Array.from({ length: 50 }, (_none, index) => `@unknown${index}`).join(' ')} }`,
  );
  expect(refusedCount(errors)).toBeLessThanOrEqual(6);
  const fields = await anonymous().send(
    `{ ${Array.from({ length: 25 }, (_none, index) => `nothing${index}`).join(' ')} }`,
  );
  expect(refusedCount(fields.errors)).toBeLessThanOrEqual(6);
});

function refusedCount(errors: readonly unknown[] | undefined): number {
  expect(errors?.length ?? 0).toBeGreaterThan(0);
  return errors?.length ?? 0;
}

it('is alive afterwards', async () => {
  await until('the gateway responds', async () => (await anonymous().send('{ __typename }')).status === 200);
});
