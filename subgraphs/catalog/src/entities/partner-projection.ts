import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Owner and status of a partner, copied from account's events. */
@Entity('partner_owner')
export class PartnerProjectionEntity {
  @PrimaryColumn('uuid', { name: 'partner_id' }) partnerId!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  /** Account's status; only VERIFIED partners may sell. */
  @Column('text') status!: string;
  /** Time of the change at account; older events are ignored. */
  @Column('timestamptz') at!: Date;
}
