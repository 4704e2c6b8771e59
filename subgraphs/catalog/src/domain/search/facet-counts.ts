import type { FacetName } from './listing-conditions.js';

/** A value of a facet: the code that search_listing has, without its prefix, and the number of listings that have it. */
export interface FacetCount {
  value: string;
  count: number;
}

/** The values of a property over a list. */
export interface FacetCounts {
  name: FacetName;
  isEstimate: boolean;
  values: FacetCount[];
}
