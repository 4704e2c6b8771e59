import { changedFields } from '@souk/shared/changed-fields';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { changedValues, recordAction } from '@souk/shared/db/recorded-action';
import { publishChange } from '@souk/shared/db/pending-changes';
import { InputCheck } from '@souk/shared/input-check';
import type { EntityManager } from 'typeorm';
import type { Kind } from '../../entities/listing.js';
import { ListingEntity } from '../../entities/listing.js';
import { lockOffers } from '../locks.js';
import { checkRevision } from '../revision.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { contentTopics } from '../topics.js';
import { auditedListing, listingActions } from './audited-listing.js';
import { missingFields } from './completeness.js';
import { checkTimes } from './kind-fields.js';
import { readChanges } from './listing-draft.js';
import type { ListingDraft, ListingInput } from './listing-input.js';
import { changeSlug } from './listing-slug.js';
import { readListingState } from './listing-state.js';
import { listingToChange } from './listing.js';

/** A change of a listing. */
export interface ListingUpdate {
  /** API id. */
  id: string;
  /** The revision that the caller read; null or absent accepts any. */
  expectedRevision?: number | null;
  input: ListingInput;
}

type Columns = Omit<ListingDraft, 'slug'>;
type ColumnName = keyof Columns;

/**
 * Changes the fields of a listing that the input has: an absent field stays, null clears it. A change to the present
 * state has no effect. Returns its id.
 * @throws Rejection(s) NOT_FOUND, NOT_OWNER, INVALID, SLUG_TAKEN, STALE_WRITE, CONFLICT
 */
export async function updateListing(
  { manager, outbox, seller }: SellerTransaction,
  kind: Kind,
  { id: apiId, expectedRevision, input }: ListingUpdate,
  now: Date,
): Promise<string> {
  const listing = await listingToChange(manager, seller, apiId, ['id'], kind);
  const check = new InputCheck();
  check.add(checkRevision('listing', listing.revision, expectedRevision, ['expectedRevision']));
  const { slug, ...columns } = await readChanges(
    { manager, seller, kind, check, images: listing.images },
    input,
  );
  const changed = changedFields<Partial<Columns>>(columns, listing);
  const after = Object.assign(new ListingEntity(), listing, columns);
  checkTimes(after, check);
  if (listing.status === 'PUBLISHED') checkStillPublishable(after, changed, check, now);
  if (kind === 'EVENT') await checkBuyers(manager, listing.id, changed, check);
  check.throwIfAny();
  const hasNewSlug = slug !== undefined && (await changeSlug(manager, listing, slug, after.title));
  if (!hasNewSlug && changed.length === 0) return listing.id;
  await manager.update(
    ListingEntity,
    { id: listing.id },
    {
      ...Object.fromEntries(changed.map((name) => [name, columns[name]])),
      revision: () => 'revision + 1',
      updatedAt: () => 'now()',
    },
  );
  if (changed.includes('title')) await renameOffers(manager, listing, after.title);
  const state = await readListingState(manager, listing.id);
  outbox.publish(catalogEvents.listingUpdated, listing.id, {
    ...state,
    changed: [...(hasNewSlug ? ['slug'] : []), ...changed],
  });
  const change = changedValues(
    auditedListing(listing),
    auditedListing(Object.assign(new ListingEntity(), after, { slug: state.slug })),
  );
  recordAction(outbox, listingActions[kind].update, listing.id, change);
  publishChange(manager, contentTopics(listing.id));
  return listing.id;
}

/** Reports changes by which a published listing would lack what a buyer needs. */
function checkStillPublishable(
  after: ListingEntity,
  changed: readonly ColumnName[],
  check: InputCheck,
  now: Date,
): void {
  const names: readonly string[] = changed;
  for (const { name, message } of missingFields(after))
    if (names.includes(name))
      check.refuse(['input', name], `${message} It cannot be cleared while it is published.`);
  if (changed.includes('endsAt') && after.endsAt !== null && after.endsAt <= now)
    check.refuse(['input', 'endsAt'], `A published event must end after ${now.toISOString()}, now.`);
}

/** Reports changes of an event that its seats, or what buyers have of it, do not allow. */
async function checkBuyers(
  manager: EntityManager,
  listingId: string,
  changed: readonly ColumnName[],
  check: InputCheck,
): Promise<void> {
  const times = changed.filter((name) => name === 'startsAt' || name === 'endsAt');
  const moves = changed.includes('venueId');
  if (times.length === 0 && !moves) return;
  const [found]: { seated: boolean; bought: boolean }[] = await manager.query(
    `SELECT EXISTS (SELECT FROM event_seat WHERE listing_id = $1) AS seated,
       EXISTS (SELECT FROM offer WHERE listing_id = $1 AND (sold > 0 OR reserved > 0))
       OR EXISTS (SELECT FROM event_seat WHERE listing_id = $1 AND saga_id IS NOT NULL) AS bought`,
    [listingId],
  );
  if (moves && found?.seated)
    check.refuse(
      ['input', 'venueId'],
      'The seats of its offers are those of its venue: an event with seats cannot move.',
      'CONFLICT',
    );
  if (found?.bought)
    for (const name of times)
      check.refuse(
        ['input', name],
        'Tickets for the present time are sold or held: they would not be valid at another.',
        'CONFLICT',
      );
}

/** Renames the offers that have the title of their listing. */
async function renameOffers(
  manager: EntityManager,
  { id, title: former }: Pick<ListingEntity, 'id' | 'title'>,
  title: string,
): Promise<void> {
  const rows: { id: string }[] = await manager.query(
    'SELECT id FROM offer WHERE listing_id = $1 AND title = $2 ORDER BY id',
    [id, former],
  );
  const ids = rows.map((row) => row.id);
  await lockOffers(manager, ids);
  await manager.query('UPDATE offer SET title = $2 WHERE id = ANY($1)', [ids, title]);
}
