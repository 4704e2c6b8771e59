import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';
import { Column, Entity, PrimaryColumn, VirtualColumn } from 'typeorm';
import { isSellerActiveSql } from './partner-projection.js';

/** Kinds of listings. */
export type Kind = 'PRODUCT' | 'TOUR' | 'APP' | 'EVENT';

/** DELETED is for carts and orders that refer to a listing: it cannot be read otherwise. */
export type StoredListingStatus = 'DRAFT' | 'PUBLISHED' | 'ARCHIVED' | 'DELETED';

/** A status that the API has. */
export type ListingStatus = Exclude<StoredListingStatus, 'DELETED'>;

/** A picture of a listing: an address elsewhere, or an uploaded picture. Rows of older versions have an address. */
export interface ListingImage {
  /** Empty for an uploaded picture. */
  url: string;
  alt: string | null;
  width: number | null;
  height: number | null;
  upload?: UploadedPicture | undefined;
}

/** An uploaded picture as a listing stores it: all that its addresses are made of. Uploaded pictures never change. */
export interface UploadedPicture {
  /** UUID of its row in `image`. */
  id: string;
  /** Prefix of its files in the media store. */
  name: string;
  /** Widths of its sizes in pixels, ascending. */
  widths: number[];
  /** A tiny blurred preview, as a data address. */
  placeholder: string;
}

/** A key point of a tour. */
export interface Stop {
  name: string;
  description: string | null;
  latitude: number;
  longitude: number;
}

/** A listing. One table holds all four kinds; the columns of other kinds are null. */
@Entity('listing')
export class ListingEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('text') slug!: string;
  @Column('text') kind!: Kind;
  @Column('text') title!: string;
  /** BCP 47 tag of the language of its texts. */
  @Column('text') language!: string;
  @Column('text', { nullable: true }) summary!: string | null;
  @Column('text', { nullable: true }) description!: string | null;
  /** Texts of its web page; null: title and summary. */
  @Column('text', { name: 'seo_title', nullable: true }) seoTitle!: string | null;
  @Column('text', { name: 'seo_description', nullable: true }) seoDescription!: string | null;
  @Column('text') status!: StoredListingStatus;
  @Column('uuid', { name: 'category_id', nullable: true }) categoryId!: string | null;
  @Column('text', { array: true }) tags!: string[];
  @Column('jsonb') images!: ListingImage[];
  @Column('jsonb', { nullable: true }) features!: unknown;
  /** Null: the platform's own listing. */
  @Column('uuid', { name: 'partner_id', nullable: true }) partnerId!: string | null;

  /** Whether the seller may sell at present. Read-only: account's events decide. */
  @VirtualColumn({ type: 'boolean', query: isSellerActiveSql })
  isSellerActive!: boolean;

  /** Minor units, updated with each write of an offer. All offers of a listing share one currency. */
  @Column(safeIntegerColumn({ name: 'price_min', nullable: true })) priceMin!: number | null;
  @Column(safeIntegerColumn({ name: 'price_max', nullable: true })) priceMax!: number | null;
  @Column('text', { name: 'price_currency', nullable: true }) priceCurrency!: string | null;

  @Column('text', { nullable: true }) brand!: string | null;
  @Column('int', { name: 'weight_grams', nullable: true }) weightGrams!: number | null;

  @Column('text', { nullable: true }) location!: string | null;
  @Column('jsonb', { nullable: true }) itinerary!: Stop[] | null;
  @Column('int', { name: 'duration_minutes', nullable: true }) durationMinutes!: number | null;
  @Column('text', { nullable: true }) difficulty!: 'EASY' | 'MODERATE' | 'HARD' | null;
  /** IANA time zone of a tour's departures; that of an event is its venue's. */
  @Column('text', { name: 'time_zone', nullable: true }) timeZone!: string | null;

  @Column('text', { nullable: true }) version!: string | null;
  @Column('text', { array: true, nullable: true }) platforms!: string[] | null;
  @Column('text', { nullable: true }) website!: string | null;

  @Column('uuid', { name: 'venue_id', nullable: true }) venueId!: string | null;
  @Column('timestamptz', { name: 'starts_at', nullable: true }) startsAt!: Date | null;
  @Column('timestamptz', { name: 'ends_at', nullable: true }) endsAt!: Date | null;
  @Column('timestamptz', { name: 'doors_open_at', nullable: true }) doorsOpenAt!: Date | null;

  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'updated_at' }) updatedAt!: Date;
  @Column('timestamptz', { name: 'published_at', nullable: true }) publishedAt!: Date | null;
  /** Counts the updates of the listing itself; its offers and its status do not count. */
  @Column('int') revision!: number;
}
