import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the row of a seat says; a hold past its time counts as AVAILABLE all the same. */
export type StoredSeatStatus = 'AVAILABLE' | 'HELD' | 'SOLD' | 'BLOCKED';

/** One seat at one event, owned by one offer. */
@Entity('event_seat')
export class EventSeatEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'listing_id' }) listingId!: string;
  @Column('uuid', { name: 'offer_id' }) offerId!: string;
  @Column('text') section!: string;
  /** From the front, 1 is the first. */
  @Column('int', { name: 'row_number' }) rowNumber!: number;
  @Column('text', { name: 'row_label' }) rowLabel!: string;
  @Column('int', { name: 'seat_number' }) seatNumber!: number;
  @Column('double precision', { nullable: true }) x!: number | null;
  @Column('double precision', { nullable: true }) y!: number | null;
  @Column('text') status!: StoredSeatStatus;
  /** The user who holds it, by hand or through a checkout. */
  @Column('uuid', { name: 'held_by', nullable: true }) heldBy!: string | null;
  @Column('timestamptz', { name: 'held_until', nullable: true }) heldUntil!: Date | null;
  /** Since when its last holder has held it, or taken it again before they had left it to others for a while. */
  @Column('timestamptz', { name: 'held_since', nullable: true }) heldSince!: Date | null;
  /** The user who holds it or held it last; null once it is sold. */
  @Column('uuid', { name: 'last_holder', nullable: true }) lastHolder!: string | null;
  /** When their hold ended, or is to end. */
  @Column('timestamptz', { name: 'last_hold_ends', nullable: true }) lastHoldEnds!: Date | null;
  /** The checkout that holds it or has bought it. */
  @Column('uuid', { name: 'saga_id', nullable: true }) sagaId!: string | null;
}
