import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A price that an offer has or had, until the next one. Rows are never changed. */
@Entity('offer_price')
export class OfferPriceEntity {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'offer_id' }) offerId!: string;
  /** Minor units. */
  @Column(safeIntegerColumn({ name: 'amount' })) amount!: number;
  @Column('text') currency!: string;
  @Column(safeIntegerColumn({ name: 'compare_at_amount', nullable: true })) compareAtAmount!: number | null;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
}
