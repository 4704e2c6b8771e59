import { readCostDirectives } from '@souk/gateway/limits/cost-directives';
import { apiSchema } from '@souk/gateway/supergraph/composition';
import { listFields } from '@souk/gateway/limits/list-sizes';
import { readSupergraph } from '@souk/gateway/supergraph/supergraph';
import type { GraphQLField } from 'graphql';
import { getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const supergraph = readFileSync(join(__dirname, '../../gateway/supergraph.graphql'), 'utf8');

/** A list that cannot be longer is not paged. */
const shortList = 100;

/** Longer lists without pages, and why. */
const exceptions: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['Listing', 'Product', 'Tour', 'App', 'Event'].flatMap((type) => [
      [`${type}.offers`, 'A rule bounds them at 200, and a buyer chooses among all of them.'],
      [`${type}.alsoBought`, 'The best of a ranking, which is computed anew for each request.'],
    ]),
  ),
  'Query.recommendedUsers': 'The best of a ranking, which is computed anew for each request.',
  'Query.recommendedListings': 'The best of a ranking, which is computed anew for each request.',
  'Query.suggestListings': 'The best completions of what has been typed.',
  'PlatformAnalytics.topListings': 'The best of a ranking.',
  'PlatformAnalytics.byDay': 'The caller chooses the days, and draws all of them.',
  'PlatformAnalytics.checkoutFailures': 'One entry for each step and reason, of which there are few.',
  'LedgerEntry.transaction': 'The entries of a transaction balance only together.',
  'Event.bestAvailable': 'As many seats as the caller requests.',
  'GateManifest.codes': 'gateManifest itself is read page by page, with its cursor.',
  'SeatChanges.changes': 'A rule bounds them at 500, and all of them lead to the next revision.',
  ...Object.fromEntries(
    [
      'Rows.labels',
      'Rows.sections',
      'Rows.firstSeats',
      'Seats.ids',
      'Seats.numbers',
      'Seats.x',
      'Seats.y',
    ].map((column) => [`SeatMap${column}`, 'Columns of a map, which is drawn and cached whole.']),
  ),
  ...Object.fromEntries(
    [
      'Partner.balances',
      'PaymentMethodInfo.currencies',
      'PurchaseStatistics.spent',
      'SalesStatistics.gross',
      'SalesStatistics.refunded',
      'PlatformAnalytics.gross',
      'PlatformAnalytics.refunded',
      'DailySales.gross',
      'ListingSales.gross',
    ].map((field) => [field, 'One for each currency of ISO 4217.']),
  ),
};

/** Lists and connections of an API that may be long and lack `first` or `after`. */
function unpagedLists(supergraphSdl: string): string[] {
  const schema = apiSchema(supergraphSdl);
  const directives = readCostDirectives(readSupergraph(supergraphSdl).document);
  const lists = new Set(listFields(schema));
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    (isObjectType(type) || isInterfaceType(type)) && !type.name.startsWith('__')
      ? Object.values(type.getFields()).flatMap((field) => {
          const coordinate = `${type.name}.${field.name}`;
          const isConnection = getNamedType(field.type).name.endsWith('Connection');
          const isLong = directives
            .fieldCosts(type.name, field.name)
            .some(
              ({ listSize }) =>
                listSize !== null &&
                (listSize.slicingArguments.length > 0 || (listSize.assumedSize ?? 0) > shortList),
            );
          const mustBePaged = isConnection || (lists.has(coordinate) && isLong);
          return mustBePaged && !isPaged(field) ? [coordinate] : [];
        })
      : [],
  );
}

function isPaged({ args }: GraphQLField<unknown, unknown>): boolean {
  return ['first', 'after'].every((name) => args.some((argument) => argument.name === name));
}

test('every list that may be long has first and after', () => {
  expect(unpagedLists(supergraph).sort()).toEqual(Object.keys(exceptions).sort());
});

test.each([
  ['a list that a rule bounds', 'differences', 'Reconciliation.differences'],
  ['a list that an argument bounds', 'lowStock', 'Query.lowStock'],
  ['a connection', 'feed', 'Query.feed'],
])('one without is found: %s', (_what, field, coordinate) => {
  const changed = supergraph.replace(new RegExp(`(\\n {2}${field}\\(.*?)\\bafter:`, 's'), '$1other:');
  expect(changed).not.toBe(supergraph);
  expect(unpagedLists(changed)).toContain(coordinate);
});
