import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What catalog knows of a partner: account owns partners and tells of every change. */
@Entity('partner_owner')
export class PartnerProjectionEntity {
  @PrimaryColumn('uuid', { name: 'partner_id' }) partnerId!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  /** Account's word; VERIFIED is the one that allows to sell. */
  @Column('text') status!: string;
  /** When account made it so: an older word that comes later is dropped. */
  @Column('timestamptz') at!: Date;
}
