import type { InputCheck } from '@souk/shared/input-check';
import type { EntityManager } from 'typeorm';
import { EventSeatEntity } from '../../entities/event-seat.js';
import type { ListingEntity } from '../../entities/listing.js';
import type { Section } from '../../entities/venue.js';
import { VenueEntity } from '../../entities/venue.js';
import { lockSeatsOfSections } from '../locks.js';
import { noteFurtherSeats } from '../seat/seat-assignment.js';
import { makeSeats, removeSeats, sectionsTaken } from '../seat/seat-map.js';
import { maxSeats } from '../venue/venue.js';

const field = ['input'];

/**
 * Reads the sections of the venue that an offer is to sell besides those that it sells already (`kept`), and reports those
 * that it cannot sell.
 */
export async function readSections(
  manager: EntityManager,
  listing: ListingEntity,
  names: readonly string[],
  check: InputCheck,
  kept: ReadonlySet<string> = new Set(),
): Promise<Section[]> {
  const path = [...field, 'sections'];
  if (names.every((name) => kept.has(name))) return [];
  const venue = listing.venueId && (await manager.findOneBy(VenueEntity, { id: listing.venueId }));
  if (!venue) {
    check.refuse(path, 'Only an event at a venue has seats.');
    return [];
  }
  const taken = await sectionsTaken(manager, listing.id, names);
  const found = new Set<Section>();
  for (const [index, name] of names.entries()) {
    if (kept.has(name)) continue;
    const section = venue.sections.find((other) => other.name === name);
    if (!section) check.refuse([...path, `${index}`], 'The venue has no section of this name.', 'NOT_FOUND');
    else if (taken.has(name))
      check.refuse([...path, `${index}`], 'Another offer sells this section already.', 'CONFLICT');
    else found.add(section);
  }
  return [...found];
}

/** Reports more seats than an event may have. The lock on the listing serializes changes of its offers. */
export async function checkSeatCount(
  manager: EntityManager,
  listingId: string,
  sections: readonly Section[],
  check: InputCheck,
): Promise<void> {
  if (sections.length === 0) return;
  const present = await manager.countBy(EventSeatEntity, { listingId });
  const added = sections.reduce((sum, section) => sum + section.rows * section.seatsPerRow, 0);
  if (present + added > maxSeats)
    check.refuse(
      [...field, 'sections'],
      `An event may have ${maxSeats} seats at most; with these it has ${present + added}.`,
    );
}

/** Changes the sections that a seated offer sells to these, and reports what stands against it. Returns whether it did. */
export async function changeSections(
  manager: EntityManager,
  listing: ListingEntity,
  offerId: string,
  names: readonly string[],
  check: InputCheck,
): Promise<boolean> {
  const present: { section: string }[] = await manager.query(
    'SELECT DISTINCT section FROM event_seat WHERE offer_id = $1',
    [offerId],
  );
  const kept = new Set(present.map(({ section }) => section));
  const removed = [...kept].filter((name) => !names.includes(name));
  await removeSections(manager, { listingId: listing.id, offerId }, removed, check);
  const added = await readSections(manager, listing, names, check, kept);
  await checkSeatCount(manager, listing.id, added, check);
  if (check.violations.length > 0) return false;
  if (added.length > 0) await noteFurtherSeats(manager, offerId);
  await makeSeats(manager, { listingId: listing.id, offerId }, added);
  return removed.length > 0 || added.length > 0;
}

async function removeSections(
  manager: EntityManager,
  owner: { listingId: string; offerId: string },
  names: readonly string[],
  check: InputCheck,
): Promise<void> {
  if (names.length === 0) return;
  const inUse = await lockSeatsOfSections(manager, owner.offerId, names);
  if (inUse.length > 0)
    check.refuse(
      [...field, 'sections'],
      `Seats of ${inUse.join(', ')} are held or sold: such a section cannot be removed.`,
      'CONFLICT',
    );
  else await removeSeats(manager, owner, names);
}
