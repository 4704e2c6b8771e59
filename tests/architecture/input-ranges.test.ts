import { apiSchema } from '@souk/gateway/supergraph/composition';
import { rangesOf } from '@souk/shared/graph/input-ranges';
import type { GraphQLSchema } from 'graphql';
import { buildSchema, isInputObjectType, isObjectType } from 'graphql';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InputPlace } from '@souk/shared/graph/input-reader';

const api = apiSchema(readFileSync(join(__dirname, '../../gateway/supergraph.graphql'), 'utf8'));

/** The arguments of each field and the fields of each input, by coordinate. */
function places(schema: GraphQLSchema): [coordinate: string, parts: readonly InputPlace[]][] {
  return Object.values(schema.getTypeMap()).flatMap((type): [string, readonly InputPlace[]][] => {
    if (type.name.startsWith('__')) return [];
    if (isInputObjectType(type)) return [[type.name, Object.values(type.getFields())]];
    if (!isObjectType(type)) return [];
    return Object.values(type.getFields()).map((field) => [`${type.name}.${field.name}`, field.args]);
  });
}

function ranges(schema: GraphQLSchema): string[] {
  return places(schema).flatMap(([coordinate, parts]) =>
    rangesOf(parts).map(({ low, high }) => `${coordinate} ${low} ${high}`),
  );
}

/** Bounds whose names pair them with nothing: their order is not checked. */
function unpaired(schema: GraphQLSchema): string[] {
  return places(schema).flatMap(([coordinate, parts]) => {
    const paired = new Set(rangesOf(parts).flatMap(({ low, high }) => [low, high]));
    return parts
      .filter(({ name }) =>
        /^(?:from|to|(?:min|max)[A-Z].*)$|.(?:After|Before|Min|Max|From|To|Until)$/.test(name),
      )
      .filter(({ name }) => !paired.has(name))
      .map(({ name }) => `${coordinate} ${name}`);
  });
}

test('the ranges of the API are found by their names', () => {
  expect(ranges(api).sort()).toEqual([
    'AuditFilter from to',
    'ListingFilter priceMin priceMax',
    'ListingFilter startsAfter startsBefore',
    'OrderFilter placedAfter placedBefore',
    'Partner.sales from to',
    'Partner.statement from to',
    'PaymentFilter createdAfter createdBefore',
    'Query.platformAnalytics from to',
    'Query.verifyAuditLog from to',
  ]);
});

test('no bound is left without the other one', () => {
  // A limit of an order, not of a range.
  expect(unpaired(api)).toEqual(['OfferInput maxPerOrder']);
});

test('a bound without the other one is found', () => {
  const schema = buildSchema('type Query { find(since: Int, seenAfter: Int, seenUntil: Int): Int }');
  expect(unpaired(schema)).toEqual(['Query.find seenAfter', 'Query.find seenUntil']);
});
