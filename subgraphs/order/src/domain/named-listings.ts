/** A listing (UUID) with the title that its line has. */
export interface NamedListing {
  id: string;
  title: string;
}

/** The listings of lines, without duplicates, in the order of the lines. */
export function namedListings(lines: readonly { listingId: string; title: string }[]): NamedListing[] {
  const titles = new Map(lines.map(({ listingId, title }) => [listingId, title]));
  return [...titles].map(([id, title]) => ({ id, title }));
}
