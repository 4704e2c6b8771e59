import { graphql } from 'graphql';
import { RequestWork } from './request-work.js';
import { loadSchema } from './schema.js';

const schema = loadSchema(
  /* GraphQL */ `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.11", import: ["@key", "@shareable", "@listSize"])
    enum ErrorCode {
      INVALID
    }
    input Filter {
      startsAfter: DateTime
      startsBefore: DateTime
      priceMin: MoneyInput
      priceMax: MoneyInput
      minSize: Int
      maxSize: Float
      around: AroundFilter
    }
    input AroundFilter {
      day: Date
      dayFrom: Date
      dayTo: Date
    }
    type Query {
      find(from: DateTime, to: DateTime, minSize: Int, maxSize: Int!, filter: Filter): Boolean
    }
    type Payload {
      userErrors: [UserError!]! @listSize(assumedSize: 100)
    }
    type Mutation {
      change(from: DateTime, to: DateTime): Payload!
    }
  `,
  { Query: { find: () => true }, Mutation: { change: () => ({ userErrors: [] }) } },
  [],
);

const [early, late] = ['"2026-01-01T00:00:00Z"', '"2026-01-01T00:00:00.001Z"'];

async function refusalOf(arguments_: string): Promise<unknown> {
  const { errors } = await graphql({
    schema,
    source: `{ find(${['maxSize: 5', arguments_].join(', ')}) }`,
    contextValue: { work: new RequestWork(1_000_000, null) },
  });
  return errors?.[0] ? [errors[0].extensions['code'], errors[0].extensions['field']] : null;
}

describe('a lower bound above the upper one is refused and named', () => {
  test.each([
    ['from', `from: ${late}, to: ${early}`],
    ['minSize', 'minSize: 6'],
    ['filter.startsAfter', `filter: { startsAfter: ${late}, startsBefore: ${early} }`],
    [
      'filter.priceMin',
      'filter: { priceMin: { amount: 2, currency: "EUR" }, priceMax: { amount: 1, currency: "EUR" } }',
    ],
    ['filter.around.dayFrom', 'filter: { around: { dayFrom: "2026-02-01", dayTo: "2026-01-31" } }'],
  ])('%s', async (field, arguments_) => {
    expect(await refusalOf(arguments_)).toEqual(['BAD_USER_INPUT', field]);
  });

  test('in the user errors of a mutation', async () => {
    const source = `mutation { change(from: ${late}, to: ${early}) { userErrors { code field message } } }`;
    const { data } = await graphql({
      schema,
      source,
      contextValue: { work: new RequestWork(1_000_000, null) },
    });
    expect(data).toEqual({
      change: { userErrors: [{ code: 'INVALID', field: ['from'], message: 'Must not be above to.' }] },
    });
  });
});

test.each([
  ['equal bounds', `from: ${early}, to: ${early}`],
  ['bounds in order', `from: ${early}, to: ${late}, minSize: 4`],
  ['a lower bound alone', `from: ${late}`],
  ['an upper bound of null', `from: ${late}, to: null`],
  ['bounds of two types', 'filter: { minSize: 6, maxSize: 5 }'],
  [
    'prices in two currencies',
    'filter: { priceMin: { amount: 2, currency: "EUR" }, priceMax: { amount: 1, currency: "USD" } }',
  ],
])('%s are accepted', async (_what, arguments_) => {
  expect(await refusalOf(arguments_)).toBeNull();
});
