import { Rejection } from '@souk/shared/errors';
import { slugOf } from '@souk/shared/slug';
import type { EntityManager } from 'typeorm';
import { ListingEntity } from '../../entities/listing.js';
import { isGeneratedFrom, maxGeneratedSlug, withFreeSlug } from '../slug.js';
import { updateUnlessTaken } from '../unique-write.js';

/** Former slugs of a listing that still find it; older ones are free for others. */
const maxFormerSlugs = 20;

/** Makes a slug from a title, without the suffix that may make it unique. */
export function slugOfTitle(title: string): string {
  return slugOf(title, { maxLength: maxGeneratedSlug, fallback: 'listing' });
}

/** The rejection of a slug that another listing has, or had. */
export function slugTaken(): Rejection {
  return new Rejection('SLUG_TAKEN', 'Another listing has this slug, or had it before.', {
    field: ['input', 'listing', 'slug'],
  });
}

/** Whether links with this slug lead to another listing, which had it before. */
export async function isFormerSlugOfAnother(
  manager: EntityManager,
  slug: string,
  listingId: string,
): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    'SELECT 1 FROM former_slug WHERE slug = $1 AND listing_id <> $2',
    [slug, listingId],
  );
  return rows.length > 0;
}

/**
 * Gives a locked listing another slug: the given one, or one from its title (null). The former one still finds it.
 * Returns whether the slug changed. @throws Rejection SLUG_TAKEN
 */
export async function changeSlug(
  manager: EntityManager,
  { id, slug: former }: Pick<ListingEntity, 'id' | 'slug'>,
  given: string | null,
  title: string,
): Promise<boolean> {
  const generated = slugOfTitle(title);
  if (given === former || (given === null && isGeneratedFrom(former, generated))) return false;
  const slug = await withFreeSlug(given, generated, async (candidate) => {
    const isUnique = await updateUnlessTaken(manager, (savepoint) =>
      savepoint.update(ListingEntity, { id }, { slug: candidate }),
    );
    // Read after the update, which waits for a listing that gives up the slug meanwhile.
    return isUnique && !(await isFormerSlugOfAnother(manager, candidate, id));
  });
  if (slug === null) throw slugTaken();
  await manager.query('DELETE FROM former_slug WHERE slug = $1', [slug]);
  await manager.query(
    'INSERT INTO former_slug (slug, listing_id, replaced_at) VALUES ($1, $2, clock_timestamp())',
    [former, id],
  );
  await manager.query(
    `DELETE FROM former_slug WHERE slug IN (
       SELECT slug FROM former_slug WHERE listing_id = $1 ORDER BY replaced_at DESC, slug OFFSET $2)`,
    [id, maxFormerSlugs],
  );
  return true;
}

/** Reads the listings that had these slugs before, by slug. */
export async function readByFormerSlug(
  manager: EntityManager,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, ListingEntity>> {
  const rows: { slug: string; listing_id: string }[] = await manager.query(
    'SELECT slug, listing_id FROM former_slug WHERE slug = ANY($1)',
    [slugs],
  );
  if (rows.length === 0) return new Map();
  const listings = await manager
    .createQueryBuilder(ListingEntity, 'l')
    .where('l.id = ANY(:ids)', { ids: rows.map((row) => row.listing_id) })
    .getMany();
  const byId = new Map(listings.map((listing) => [listing.id, listing]));
  return new Map(
    rows.flatMap((row) => {
      const listing = byId.get(row.listing_id);
      return listing ? [[row.slug, listing] as const] : [];
    }),
  );
}
