import type { VenueState } from '@souk/shared/contracts/catalog';
import { catalogEvents } from '@souk/shared/contracts/catalog';
import { isCountry } from '@souk/shared/country';
import type { AuditedValues } from '@souk/shared/db/recorded-action';
import { changedValues, recordAction } from '@souk/shared/db/recorded-action';
import { publishChange } from '@souk/shared/db/pending-changes';
import type { ListPage } from '@souk/shared/graph/list-pages';
import { unknownItem } from '@souk/shared/graph/list-pages';
import { changedFields } from '@souk/shared/changed-fields';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';
import { timeZoneOfCountry } from '@souk/shared/time-zone';
import type { EntityManager } from 'typeorm';
import type { Section } from '../../entities/venue.js';
import { VenueEntity } from '../../entities/venue.js';
import { InputCheck } from '@souk/shared/input-check';
import type { Seller } from '../permissions.js';
import { ownerOf, owns } from '../permissions.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { readTimeZone } from '../time-zone.js';
import { anyContentTopic, venuesTopic } from '../topics.js';

/** Input of a venue. */
export interface VenueInput {
  name: string;
  address: string;
  city: string;
  countryCode: string;
  latitude?: number | null;
  longitude?: number | null;
  timeZone?: string | null;
  capacity?: number | null;
  sections?: readonly SectionInput[] | null;
}

interface SectionInput {
  name: string;
  rows: number;
  seatsPerRow: number;
  x?: number | null;
  y?: number | null;
}

const maxSide = 500;
/** Maximum number of seats of a venue, and of an event. */
export const maxSeats = 20_000;
const maxCapacity = 1_000_000;
const field = ['input'];

/** Creates a venue of the seller and returns its id. @throws Rejection(s) INVALID */
export async function createVenue(
  { manager, outbox, seller }: SellerTransaction,
  input: VenueInput,
): Promise<string> {
  const check = new InputCheck();
  const fields = readVenue(input, check);
  check.throwIfAny();
  const venue = { id: newId(), ...fields, partnerId: ownerOf(seller) };
  await manager.insert(VenueEntity, venue);
  outbox.publish(catalogEvents.venueCreated, venue.id, venueState(venue));
  recordAction(outbox, 'CREATE_VENUE', venue.id, { before: null, after: auditedVenue(venue) });
  publishChange(manager, [venuesTopic]);
  return venue.id;
}

/**
 * Replaces a whole venue and returns its id. Events keep the seats that their offers already sell. A change to the
 * present state has no effect.
 * @throws Rejection(s) NOT_FOUND, NOT_OWNER, INVALID
 */
export async function updateVenue(
  { manager, outbox, seller }: SellerTransaction,
  apiId: string,
  input: VenueInput,
): Promise<string> {
  const venue = await venueToChange(manager, seller, apiId);
  const check = new InputCheck();
  const fields = readVenue(input, check);
  check.throwIfAny();
  const changed = changedFields<Partial<VenueFields>>(fields, venue);
  if (changed.length === 0) return venue.id;
  const after = Object.assign(new VenueEntity(), venue, fields);
  await manager.save(VenueEntity, after);
  outbox.publish(catalogEvents.venueUpdated, venue.id, { ...venueState(after), changed });
  recordAction(outbox, 'UPDATE_VENUE', venue.id, changedValues(auditedVenue(venue), auditedVenue(after)));
  // Lists of listings are filtered by the city of the venue.
  publishChange(manager, [venuesTopic, anyContentTopic]);
  return venue.id;
}

async function venueToChange(manager: EntityManager, seller: Seller, apiId: string): Promise<VenueEntity> {
  const id = fromApiId('venue', apiId);
  const venue =
    id && (await manager.findOne(VenueEntity, { where: { id }, lock: { mode: 'for_no_key_update' } }));
  if (!venue) throw new Rejection('NOT_FOUND', 'There is no such venue.', { field: ['id'] });
  if (!owns(seller, venue))
    throw new Rejection('NOT_OWNER', "This venue is another seller's.", { field: ['id'] });
  return venue;
}

type VenueFields = Omit<VenueEntity, 'id' | 'partnerId'>;

function readVenue(input: VenueInput, check: InputCheck): VenueFields {
  const sections = readSections(input.sections ?? [], check);
  const seats = sections.reduce((sum, section) => sum + section.rows * section.seatsPerRow, 0);
  if (seats > maxSeats)
    check.refuse([...field, 'sections'], `A venue may have ${maxSeats} seats at most; these are ${seats}.`);
  const capacity = check.number([...field, 'capacity'], input.capacity, 0, maxCapacity) ?? 0;
  return {
    name: check.text([...field, 'name'], input.name),
    address: check.text([...field, 'address'], input.address),
    city: check.text([...field, 'city'], input.city),
    countryCode: readCountry(input.countryCode, check),
    latitude: check.number([...field, 'latitude'], input.latitude, -90, 90),
    longitude: check.number([...field, 'longitude'], input.longitude, -180, 180),
    timeZone: readTimeZone(input.timeZone, check) ?? timeZoneOfCountry(input.countryCode),
    capacity: sections.length > 0 ? seats : capacity,
    sections,
  };
}

/** A venue for an event, after the change. */
function venueState({ id, partnerId, name, city, countryCode, timeZone, capacity }: VenueEntity): VenueState {
  return { venueId: id, partnerId, name, city, countryCode, timeZone, capacity };
}

/** The values of a venue for the audit log. */
function auditedVenue({ id: _id, partnerId, ...fields }: VenueEntity): AuditedValues {
  return { ...fields, partnerId: partnerId && toApiId('partner', partnerId) };
}

/** A page of the venues of a city, or of all (null), by name. @throws BAD_USER_INPUT where `after` is none */
export async function readVenues(
  manager: EntityManager,
  city: string | null,
  { limit, after }: ListPage,
): Promise<VenueEntity[]> {
  const query = manager
    .createQueryBuilder(VenueEntity, 'v')
    .orderBy('v.name')
    .addOrderBy('v.id')
    .limit(limit);
  if (city !== null) query.where('lower(v.city) = lower(:city)', { city });
  if (after !== null) {
    const last = await manager.findOneBy(VenueEntity, { id: after });
    if (!last) throw unknownItem();
    query.andWhere('(v.name, v.id) > (:name, :id)', { name: last.name, id: last.id });
  }
  return query.getMany();
}

function readSections(inputs: readonly SectionInput[], check: InputCheck): Section[] {
  const path = [...field, 'sections'];
  const names = new Set<string>();
  return inputs.map((input, index) => {
    const at = [...path, `${index}`];
    const name = check.text([...at, 'name'], input.name);
    if (names.has(name)) check.refuse([...at, 'name'], 'Another section has this name.');
    names.add(name);
    return {
      name,
      rows: check.number([...at, 'rows'], input.rows, 1, maxSide) ?? 0,
      seatsPerRow: check.number([...at, 'seatsPerRow'], input.seatsPerRow, 1, maxSide) ?? 0,
      x: input.x ?? null,
      y: input.y ?? null,
    };
  });
}

function readCountry(code: string, check: InputCheck): string {
  if (isCountry(code)) return code;
  check.refuse([...field, 'countryCode'], 'Must be an ISO 3166-1 alpha-2 country code.');
  return '';
}
