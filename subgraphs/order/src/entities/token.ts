import { Column, Entity, PrimaryColumn } from 'typeorm';
import { safeIntegerColumn } from '@souk/shared/db/safe-integer-column';

/** Kind of a token. */
export type TokenKind = 'TOUR' | 'TICKET' | 'LICENCE';

/** Status of a token. */
export type TokenStatus = 'ACTIVE' | 'REDEEMED' | 'REVOKED' | 'TRANSFER_PENDING';

/** Proof of one purchased unit. */
@Entity({ name: 'purchase_token' })
export class TokenEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text' })
  code!: string;

  @Column({ type: 'text' })
  kind!: TokenKind;

  @Column({ type: 'text' })
  status!: TokenStatus;

  @Column({ type: 'uuid', name: 'holder_id' })
  holderId!: string;

  @Column({ type: 'uuid', name: 'order_id' })
  orderId!: string;

  @Column({ type: 'uuid', name: 'line_id' })
  lineId!: string;

  /** Which unit of the line, from 0. */
  @Column({ type: 'int' })
  unit!: number;

  @Column({ type: 'uuid', name: 'offer_id' })
  offerId!: string;

  @Column({ type: 'uuid', name: 'listing_id' })
  listingId!: string;

  @Column({ type: 'uuid', name: 'seat_id', nullable: true })
  seatId!: string | null;

  @Column(safeIntegerColumn({ name: 'price_amount' }))
  priceAmount!: number;

  @Column({ type: 'char', length: 3 })
  currency!: string;

  @Column({ type: 'timestamptz', name: 'valid_from', nullable: true })
  validFrom!: Date | null;

  @Column({ type: 'timestamptz', name: 'valid_until', nullable: true })
  validUntil!: Date | null;

  @Column({ type: 'timestamptz', name: 'purchased_at' })
  purchasedAt!: Date;

  @Column({ type: 'timestamptz', name: 'redeemed_at', nullable: true })
  redeemedAt!: Date | null;
}
