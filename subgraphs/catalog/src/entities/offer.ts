import { Column, Entity, PrimaryColumn } from 'typeorm';
import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';

/** The unit of sale. The rows of event_seat are the stock of a seated offer; its `onHand` is null. */
@Entity('offer')
export class OfferEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'listing_id' }) listingId!: string;
  @Column('text', { nullable: true }) upc!: string | null;
  @Column('text') title!: string;
  /** Minor units. */
  @Column(safeIntegerColumn({ name: 'price_amount' })) priceAmount!: number;
  @Column('text', { name: 'price_currency' }) priceCurrency!: string;
  /** Minor units of `priceCurrency`, more than the price. */
  @Column(safeIntegerColumn({ name: 'compare_at_amount', nullable: true })) compareAtAmount!: number | null;
  /** Units in stock, including reserved ones; null for unlimited stock. */
  @Column('int', { name: 'on_hand', nullable: true }) onHand!: number | null;
  @Column('int') reserved!: number;
  @Column('int') sold!: number;
  @Column('int', { name: 'max_per_order' }) maxPerOrder!: number;
  @Column('timestamptz', { name: 'sales_start_at', nullable: true }) salesStartAt!: Date | null;
  @Column('timestamptz', { name: 'sales_end_at', nullable: true }) salesEndAt!: Date | null;
  @Column('timestamptz', { name: 'starts_at', nullable: true }) startsAt!: Date | null;
  @Column('boolean') seated!: boolean;
  @Column('text') fulfilment!: 'SHIPMENT' | 'TOUR_TOKEN' | 'LICENCE' | 'TICKET';
  /** Counts the seller's writes only: sales would make every `expectedRevision` of a popular offer stale. */
  @Column('int') revision!: number;
}
