import type { Rejection } from '@souk/shared/errors';
import type { Kind, ListingStatus } from '../../entities/listing.js';
import type { ListingInput } from '../listing/listing-input.js';
import type { OfferInput } from '../offer/offer-fields.js';
import type { Seller } from '../permissions.js';

/** A record of a file, by the names of its fields. An absent field stays as it is, null clears it. */
export type RecordFields = Readonly<Record<string, unknown>>;

/** A record as a file has it. */
export interface ImportRecord {
  /** Number of its first line, from 1. */
  line: number;
  fields: RecordFields;
  /** Why it could not be read; then the fields are not used. */
  problems: readonly Rejection[];
}

/** Slug or TypeID of the partner whose listing it is; null: the platform; absent: the seller of the import. */
export type RowPartner = string | null | undefined;

/** A listing to create or update by its slug. */
export interface ListingRow {
  type: 'listing';
  line: number;
  partner: RowPartner;
  kind: Kind;
  slug: string;
  /** Absent: a new listing is a draft, another one keeps its status. */
  status: ListingStatus | null;
  input: ListingInput;
}

/** An offer to create or update by its UPC, or by its listing, title and departure. */
export interface OfferRow {
  type: 'offer';
  line: number;
  partner: RowPartner;
  /** Slug. */
  listing: string | null;
  input: OfferInput;
}

/** A checked record with the seller for whom it is imported. */
export interface SellerRow {
  row: ImportRow;
  seller: Seller;
}

/** A checked record. */
export type ImportRow = ListingRow | OfferRow;

/** The effect of a row that was not refused. */
export type RowEffect = 'created' | 'updated' | 'unchanged';

/** A refused row, for the report. */
export interface RefusedRow {
  line: number;
  /** The field by its name in the file, dotted inside objects; null where no single field is at fault. */
  field: string | null;
  code: string;
  message: string;
}

/** Names of rejections' paths in the file, by the path in the API. */
export type FieldAliases = Readonly<Record<string, string>>;

/** Describes the rejections of a row by the names of its file. */
export function refusedRow(
  line: number,
  { field, code, message }: Rejection,
  aliases: FieldAliases = {},
): RefusedRow {
  const path = (field ?? []).join('.');
  const name = path.replace(/^input\.(?:listing\.)?/, '');
  return { line, field: aliases[path] ?? (name === '' ? null : name), code, message };
}
