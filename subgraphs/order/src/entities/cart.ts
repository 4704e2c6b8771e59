import { Column, Entity, PrimaryColumn } from 'typeorm';
import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';
import type { Fulfilment, OfferSnapshot } from './offer-snapshot.js';

/** A cart. Its items are rows of their own. */
@Entity({ name: 'cart' })
export class CartEntity {
  /** UUIDv7 of a user's cart; UUIDv4 of a guest's, whose id is its secret. */
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  /** Null for a guest cart. */
  @Column({ type: 'uuid', name: 'owner_id', nullable: true })
  ownerId!: string | null;

  /** Whether it is its owner's default cart. */
  @Column({ type: 'boolean', name: 'is_main' })
  isMain!: boolean;

  /** Currency of its items; of the last ones if it is empty. */
  @Column({ type: 'char', length: 3 })
  currency!: string;

  /** The running checkout of this cart. */
  @Column({ type: 'uuid', name: 'locked_by', nullable: true })
  lockedBy!: string | null;

  @Column({ type: 'timestamptz', name: 'updated_at' })
  updatedAt!: Date;
}

/** A line of a cart, with a snapshot of the offer. */
@Entity({ name: 'cart_item' })
export class CartItemEntity implements OfferSnapshot {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'uuid', name: 'cart_id' })
  cartId!: string;

  @Column({ type: 'uuid', name: 'offer_id' })
  offerId!: string;

  @Column({ type: 'uuid', name: 'listing_id' })
  listingId!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text', nullable: true })
  upc!: string | null;

  @Column(safeIntegerColumn({ name: 'unit_amount' }))
  unitAmount!: number;

  @Column({ type: 'char', length: 3 })
  currency!: string;

  @Column({ type: 'int', name: 'max_per_order' })
  maxPerOrder!: number;

  @Column({ type: 'boolean' })
  seated!: boolean;

  @Column({ type: 'text' })
  fulfilment!: Fulfilment;

  @Column({ type: 'timestamptz', name: 'sales_start_at', nullable: true })
  salesStartAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'sales_end_at', nullable: true })
  salesEndAt!: Date | null;

  @Column({ type: 'int' })
  quantity!: number;

  @Column({ type: 'uuid', name: 'seat_ids', array: true })
  seatIds!: string[];

  /** Digest of the guest cart that the line came from, under which its seats may be held; null for others. */
  @Column({ type: 'uuid', name: 'held_as', nullable: true })
  heldAs!: string | null;

  /** Time of the snapshot. */
  @Column({ type: 'timestamptz', name: 'quoted_at' })
  quotedAt!: Date;
}
