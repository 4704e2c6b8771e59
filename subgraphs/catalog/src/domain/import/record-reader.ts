import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InputField } from '@souk/shared/graph/input-objects';
import { InputObjects } from '@souk/shared/graph/input-objects';
import { InputCheck } from '@souk/shared/input-check';
import { storable } from '@souk/shared/text';
import type { Kind, ListingStatus } from '../../entities/listing.js';
import type { ListingInput } from '../listing/listing-input.js';
import type { OfferInput } from '../offer/offer-fields.js';
import { isSlug } from '../slug.js';
import type {
  ImportRecord,
  ImportRow,
  ListingRow,
  OfferRow,
  RecordFields,
  RefusedRow,
  RowPartner,
} from './import-record.js';
import { refusedRow } from './import-record.js';

/** Input types of the kinds of listings. */
const inputTypes: Readonly<Record<Kind, string>> = {
  PRODUCT: 'ProductInput',
  TOUR: 'TourInput',
  APP: 'AppInput',
  EVENT: 'EventInput',
};

const statuses: readonly string[] = ['DRAFT', 'PUBLISHED', 'ARCHIVED'] satisfies ListingStatus[];
const kinds = Object.keys(inputTypes);
const ownFields: readonly InputField[] = ['type', 'partner', 'kind', 'status', 'listing'].map((name) => ({
  name,
  form: 'text',
}));
const maxNameUnits = 100;
const maxPartnerUnits = 200;
const maxRefusals = 20;

/** Checks records by the input types of the API, with the same bounds and messages. */
export class RecordReader {
  readonly #inputs: InputObjects;
  readonly #common: ReadonlySet<string>;
  readonly #offer: ReadonlySet<string>;
  readonly #kinds: ReadonlyMap<string, ReadonlySet<string>>;

  constructor() {
    // The path holds from src and from dist alike.
    this.#inputs = new InputObjects(readFileSync(join(__dirname, '../../../src/schema.graphql'), 'utf8'));
    this.#common = this.#namesOf('ListingInput');
    this.#offer = this.#namesOf('OfferInput');
    this.#kinds = new Map(Object.entries(inputTypes).map(([kind, type]) => [kind, this.#namesOf(type)]));
  }

  /** All fields that records may have, without duplicates: the columns of a table. */
  get fields(): readonly InputField[] {
    const types = ['ListingInput', ...Object.values(inputTypes), 'OfferInput'];
    const all = [...ownFields, ...types.flatMap((type) => this.#inputs.fieldsOf(type))];
    return [...new Map(all.map((field) => [field.name, field])).values()].map((field) =>
      // The field of the inputs is an object; in a file it is the slug of an offer's listing.
      field.name === 'listing' ? { name: 'listing', form: 'text' } : field,
    );
  }

  /** Reads a record. Returns a row, or why it is refused. */
  read({ line, fields, problems }: ImportRecord): ImportRow | readonly RefusedRow[] {
    const check = new InputCheck([], maxRefusals);
    for (const problem of problems) check.add(problem);
    const row = problems.length > 0 ? null : this.#row(line, fields, check);
    if (row && check.violations.length === 0) return row;
    return check.violations.map((violation) => refusedRow(line, violation));
  }

  #row(line: number, fields: RecordFields, check: InputCheck): ImportRow | null {
    const { type, partner, ...rest } = fields;
    if (!isPartner(partner)) {
      check.refuse('partner', 'Must be the slug or the id of a partner.');
      return null;
    }
    if (type === 'listing') return this.#listing({ line, partner }, rest, check);
    if (type === 'offer') return this.#offerRow({ line, partner }, rest, check);
    check.refuse('type', 'Must be listing or offer.');
    return null;
  }

  #listing(origin: Origin, fields: RecordFields, check: InputCheck): ListingRow | null {
    const { kind, status = null, ...rest } = fields;
    const own = typeof kind === 'string' ? this.#kinds.get(kind) : undefined;
    if (!isKind(kind) || !own) {
      check.refuse('kind', `Must be one of ${kinds.join(', ')}.`);
      return null;
    }
    if (!isStatus(status)) check.refuse('status', `Must be one of ${statuses.join(', ')}.`);
    const { slug } = rest;
    if (typeof slug !== 'string' || !isSlug(slug))
      check.refuse('slug', 'A listing needs its slug: lowercase letters, digits and hyphens.');
    const listing: Record<string, unknown> = {};
    const input: Record<string, unknown> = { listing };
    for (const [name, value] of Object.entries(rest)) {
      if (this.#common.has(name)) listing[name] = value;
      else if (own.has(name) && name !== 'listing') input[name] = value;
      else refuseUnknown(name, `A listing of the kind ${kind} has no such field.`, check);
    }
    const read = this.#readInput<ListingInput>(inputTypes[kind], input, check);
    if (!read || typeof slug !== 'string' || !isStatus(status)) return null;
    return { type: 'listing', ...origin, kind, slug, status, input: read };
  }

  #offerRow(origin: Origin, fields: RecordFields, check: InputCheck): OfferRow | null {
    const { listing = null, ...input } = fields;
    if (listing !== null && (typeof listing !== 'string' || !isSlug(listing)))
      check.refuse('listing', 'Must be the slug of a listing.');
    const known = Object.entries(input).filter(([name]) => this.#offer.has(name));
    for (const name of Object.keys(input))
      if (!this.#offer.has(name)) refuseUnknown(name, 'An offer has no such field.', check);
    const read = this.#readInput<OfferInput>('OfferInput', Object.fromEntries(known), check);
    if (!read) return null;
    if (listing === null && (read.upc ?? null) === null)
      check.refuse('listing', 'An offer needs the slug of its listing, or the UPC of an offer that exists.');
    return { type: 'offer', ...origin, listing: typeof listing === 'string' ? listing : null, input: read };
  }

  /** Reads an input as the resolver of a mutation gets it. */
  #readInput<Input>(type: string, value: object, check: InputCheck): Input | null {
    const own = new InputCheck(['input'], maxRefusals);
    const read = this.#inputs.read(type, value, own);
    for (const violation of own.violations) check.add(violation);
    return read as Input | null;
  }

  #namesOf(type: string): ReadonlySet<string> {
    return new Set(this.#inputs.fieldsOf(type).map(({ name }) => name));
  }
}

type Origin = Pick<ImportRow, 'line' | 'partner'>;

function isPartner(value: unknown): value is RowPartner {
  if (typeof value === 'string') return value !== '' && value.length <= maxPartnerUnits;
  return value === null || value === undefined;
}

function isKind(value: unknown): value is Kind {
  return typeof value === 'string' && kinds.includes(value);
}

function isStatus(value: unknown): value is ListingStatus | null {
  return value === null || (typeof value === 'string' && statuses.includes(value));
}

function refuseUnknown(name: string, message: string, check: InputCheck): void {
  check.refuse(storable(name, maxNameUnits), message);
}
