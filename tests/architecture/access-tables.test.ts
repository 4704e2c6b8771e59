import { notImplemented as accountsMissing } from '@souk/account/resolvers/not-implemented';
import { notImplemented as catalogsMissing } from '@souk/catalog/resolvers/not-implemented';
import { notImplemented as ordersMissing } from '@souk/order/resolvers/not-implemented';
import { notImplemented as paymentsMissing } from '@souk/payment/resolvers/not-implemented';
import { notImplemented as socialsMissing } from '@souk/social/resolvers/not-implemented';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outcomeOf } from '../access/access-call';
import { accessPage, accessPagePath } from '../access/access-page';
import { accessProblems } from '../access/access-problems';
import { everybody, holders, operation } from '../access/access-row';
import { accessTables } from '../access/access-tables';

const root = join(__dirname, '../..');
const supergraph = readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8');
const missing = [accountsMissing, catalogsMissing, ordersMissing, paymentsMissing, socialsMissing].flat();
const { account = {}, order = {}, payment = {} } = accessTables;

/** A table without one row. */
function withoutRow(table: typeof account, key: string): typeof account {
  return Object.fromEntries(Object.entries(table).filter(([name]) => name !== key));
}

describe('the access tables', () => {
  test('have a row for every operation and every field with restricted access', () => {
    expect(accessProblems(supergraph, accessTables, missing)).toEqual([]);
  });

  test.each([
    ['an operation', 'order', order, 'Mutation.cancelOrder'],
    ['a subscription', 'order', order, 'Subscription.orderUpdated'],
    ['a field with @authenticated', 'account', account, 'User.email'],
    ['a field with @requiresScopes', 'payment', payment, 'Partner.balances'],
    ['a field whose description says so', 'payment', payment, 'Order.payment'],
  ])('a missing row is found: %s', (_what, subgraph, table, key) => {
    expect(Object.keys(table)).toContain(key);
    const tables = { ...accessTables, [subgraph]: withoutRow(table, key) };
    expect(accessProblems(supergraph, tables, missing)).toEqual([
      `${key} needs a row in tests/access/${subgraph}-access.ts.`,
    ]);
  });

  test.each([
    ['what does not exist', 'Query.nothing', 'is no operation'],
    ['a public field', 'User.displayName', 'is no operation'],
    ["another subgraph's operation", 'Query.order', "is order's"],
  ])('a needless row is found: %s', (_what, key, problem) => {
    const tables = { ...accessTables, account: { ...account, [key]: operation(everybody()) } };
    expect(accessProblems(supergraph, tables, missing).join()).toContain(problem);
  });

  test('a row of a field that is not implemented is found', () => {
    expect(accessProblems(supergraph, accessTables, [...missing, 'Query.order'])).toEqual([
      'Query.order has a row, and is not implemented.',
    ]);
  });
});

test(`${accessPagePath} is what npm run docs:access writes`, () => {
  const page = accessPage(accessTables);
  const file = join(root, accessPagePath);
  if (process.env['RECORD_ACCESS']) writeFileSync(file, page);
  expect(readFileSync(file, 'utf8')).toBe(page);
});

test('a line of the page has the result of each caller', () => {
  const page = accessPage({ order: { 'Query.orders': operation(holders(['orders:manage'])) } });
  expect(page).toContain(
    '| `Query.orders` | UNAUTHENTICATED | FORBIDDEN | FORBIDDEN | FORBIDDEN | FORBIDDEN | yes | `orders:manage` |',
  );
});

test.each([
  ['an error', { errors: [{ extensions: { code: 'FORBIDDEN' } }], data: { a: null } }, ['a'], 'FORBIDDEN'],
  ['refusals', { data: { a: { userErrors: [{ code: 'NOT_FOUND' }] } } }, ['a'], 'NOT_FOUND'],
  ['a payload', { data: { a: { userErrors: [] } } }, ['a'], 'OK'],
  ['false', { data: { a: { b: false } } }, ['a', 'b'], 'OK'],
  ['a null', { data: { a: { b: null } } }, ['a', 'b'], 'null'],
  ['a null on the way', { data: { a: null } }, ['a', 'b'], 'null'],
  ['an empty list on the way', { data: { a: [] } }, ['a', 'b'], 'nothing'],
  ['one value in a list', { data: { a: [{ b: null }, { b: 1 }] } }, ['a', 'b'], 'OK'],
])('the outcome of %s', (_what, answer, path, outcome) => {
  expect(outcomeOf(answer as never, path)).toBe(outcome);
});
