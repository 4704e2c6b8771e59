import { Column, Entity, PrimaryColumn } from 'typeorm';

/** HELD until it is sold, given back, or past its time; a sale that is undone is RETURNED. */
export type ReservationStatus = 'HELD' | 'CONFIRMED' | 'RELEASED' | 'RETURNED' | 'EXPIRED';

/** What one line of a checkout holds or has bought. */
@Entity('reservation')
export class ReservationEntity {
  @PrimaryColumn('uuid', { name: 'saga_id' }) sagaId!: string;
  @PrimaryColumn('uuid', { name: 'line_id' }) lineId!: string;
  @Column('uuid', { name: 'offer_id' }) offerId!: string;
  /** The buyer; null in rows of before buyers were noted, which count for nobody. */
  @Column('uuid', { name: 'user_id', nullable: true }) userId!: string | null;
  @Column('int') quantity!: number;
  /** Empty where the offer is not seated. */
  @Column('uuid', { name: 'seat_ids', array: true }) seatIds!: string[];
  @Column('text') status!: ReservationStatus;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
}
