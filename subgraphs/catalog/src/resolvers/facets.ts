import { toApiId } from '@souk/shared/ids';
import type { Context } from '../context.js';
import type { FacetCount, FacetCounts } from '../domain/search/facet-counts.js';
import { countFacets } from '../domain/search/facets.js';
import { priceBand } from '../domain/search/price-bands.js';
import type { ListingQuery } from '../domain/search/listing-conditions.js';
import { readCityNames } from '../domain/search/city-names.js';
import { categoriesTopic } from '../domain/topics.js';
import type { Facet, FacetValue } from '../models.js';

/** Counts and names the values of a list's properties; a list that nothing matches has no values. */
export async function readFacets(context: Context, query: ListingQuery | null): Promise<Facet[]> {
  if (!query) return [];
  context.cacheDependencies?.add(categoriesTopic);
  const counts = await countFacets(
    context.database.reader,
    query,
    context.clock.now(),
    context.facetEstimates,
  );
  return Promise.all(
    counts.map(async ({ name, isEstimate, values }) => ({
      name,
      isEstimate,
      values: await named(context, name, values),
    })),
  );
}

async function named(
  context: Context,
  name: FacetCounts['name'],
  values: readonly FacetCount[],
): Promise<FacetValue[]> {
  switch (name) {
    case 'KIND':
    case 'DIFFICULTY':
      return values.map((one) => facetValue(one, { label: capitalized(one.value) }));
    case 'CATEGORY':
      return Promise.all(
        values.map(async (one) => {
          const category = await context.loaders.category.load(one.value);
          return facetValue(one, { value: toApiId('category', one.value), label: category?.name ?? '' });
        }),
      );
    case 'PARTNER':
      return values.map((one) => {
        const id = toApiId('partner', one.value);
        return facetValue(one, { value: id, label: id, partner: { id: one.value } });
      });
    case 'PRICE_BAND':
      return values.map((one) => facetValue(one, priceBand(one.value)));
    case 'CITY': {
      const cities = await readCityNames(
        context.database.reader,
        values.map(({ value }) => value),
      );
      return values.map((one) => facetValue(one, { label: cities.get(one.value) ?? one.value }));
    }
    case 'TAG':
    case 'DATE':
      return values.map((one) => facetValue(one, {}));
  }
}

function facetValue({ value, count }: FacetCount, more: Partial<FacetValue>): FacetValue {
  return { value, label: value, count, partner: null, ...more };
}

function capitalized(name: string): string {
  return name.charAt(0) + name.slice(1).toLowerCase();
}
