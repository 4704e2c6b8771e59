import type { FacetCounts } from './facet-counts.js';

/** Less than the time within which a suspended seller's listings leave the shop. */
const lifetimeMs = 3_000;
const maxEstimates = 1_000;

/**
 * Facet counts of long lists, which are estimates anyway, for a few seconds: searches of many people end in the same long
 * lists. Exact counts are never kept.
 */
export class FacetEstimates {
  /** The oldest first. */
  readonly #kept = new Map<string, { counts: FacetCounts[]; at: number }>();

  /** Returns counts that were kept less than three seconds before. */
  find(key: string, now: Date): FacetCounts[] | null {
    const kept = this.#kept.get(key);
    const age = kept ? now.getTime() - kept.at : Infinity;
    return kept && age >= 0 && age < lifetimeMs ? kept.counts : null;
  }

  /** Keeps counts. */
  keep(key: string, counts: FacetCounts[], now: Date): void {
    this.#kept.delete(key);
    this.#kept.set(key, { counts, at: now.getTime() });
    for (const [oldest] of this.#kept) {
      if (this.#kept.size <= maxEstimates) return;
      this.#kept.delete(oldest);
    }
  }
}
