import { Column, Entity, PrimaryColumn } from 'typeorm';

/** HELD until it is sold, released or expires; a reversed sale is RETURNED. */
export type ReservationStatus = 'HELD' | 'CONFIRMED' | 'RELEASED' | 'RETURNED' | 'EXPIRED';

/** Items that one checkout line holds or has bought. */
@Entity('reservation')
export class ReservationEntity {
  @PrimaryColumn('uuid', { name: 'saga_id' }) sagaId!: string;
  @PrimaryColumn('uuid', { name: 'line_id' }) lineId!: string;
  @Column('uuid', { name: 'offer_id' }) offerId!: string;
  /** The buyer; null in rows of older versions, which count towards no limit. */
  @Column('uuid', { name: 'user_id', nullable: true }) userId!: string | null;
  @Column('int') quantity!: number;
  /** Empty for an unseated offer. */
  @Column('uuid', { name: 'seat_ids', array: true }) seatIds!: string[];
  @Column('text') status!: ReservationStatus;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
}
