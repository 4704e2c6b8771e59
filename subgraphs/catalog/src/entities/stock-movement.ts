import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * OPENING is the stock of a new offer, or the sum of movements that are no longer retained; ADJUST is the seller's;
 * the others are those of checkouts.
 */
export type StockMovementKind = 'OPENING' | 'ADJUST' | 'RESERVE' | 'RELEASE' | 'SELL' | 'RETURN';

/**
 * A change of an offer's units; all of an offer sum to its stock. Rows are added and never changed, but for the opening
 * movement, which has the offer's id and takes up old ones.
 */
@Entity('stock_movement')
export class StockMovementEntity {
  @PrimaryColumn('uuid', { name: 'offer_id' }) offerId!: string;
  @PrimaryColumn('uuid') id!: string;
  @Column('text') kind!: StockMovementKind;
  /** Units added to those on hand; 0 for unlimited stock. */
  @Column('int', { name: 'on_hand' }) onHand!: number;
  /** Units added to those reserved. */
  @Column('int') reserved!: number;
  /** The checkout; null for OPENING and ADJUST. */
  @Column('uuid', { name: 'saga_id', nullable: true }) sagaId!: string | null;
  /** The user who adjusted the stock, and why. */
  @Column('uuid', { name: 'user_id', nullable: true }) userId!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}
