import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Stored status of a seat; an expired hold counts as AVAILABLE. */
export type StoredSeatStatus = 'AVAILABLE' | 'HELD' | 'SOLD' | 'BLOCKED';

/** One seat at one event, owned by one offer. */
@Entity('event_seat')
export class EventSeatEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'listing_id' }) listingId!: string;
  @Column('uuid', { name: 'offer_id' }) offerId!: string;
  /** Index in the event's seat map, from 0. It changes only with the revision of the map. */
  @Column('int', { name: 'map_index' }) mapIndex!: number;
  @Column('text') section!: string;
  /** Row number from the front, starting at 1. */
  @Column('int', { name: 'row_number' }) rowNumber!: number;
  @Column('text', { name: 'row_label' }) rowLabel!: string;
  @Column('int', { name: 'seat_number' }) seatNumber!: number;
  @Column('double precision', { nullable: true }) x!: number | null;
  @Column('double precision', { nullable: true }) y!: number | null;
  @Column('text') status!: StoredSeatStatus;
  /** The user who holds it, manually or through a checkout. */
  @Column('uuid', { name: 'held_by', nullable: true }) heldBy!: string | null;
  @Column('timestamptz', { name: 'held_until', nullable: true }) heldUntil!: Date | null;
  /** Digest of the network of a manual hold's buyer; null without a limit of holds per network. */
  @Column('text', { name: 'held_from', nullable: true }) heldFrom!: string | null;
  /** Start of the last holder's total hold time. */
  @Column('timestamptz', { name: 'held_since', nullable: true }) heldSince!: Date | null;
  /** The user who holds it or held it last; null once it is sold. */
  @Column('uuid', { name: 'last_holder', nullable: true }) lastHolder!: string | null;
  /** End of their last hold, past or future. */
  @Column('timestamptz', { name: 'last_hold_ends', nullable: true }) lastHoldEnds!: Date | null;
  /** The checkout that holds it or has bought it. */
  @Column('uuid', { name: 'saga_id', nullable: true }) sagaId!: string | null;
}
