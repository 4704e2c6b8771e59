import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * Whether the seller of a listing may sell at present: the platform, or a partner who is verified. SQL for a row of
 * `listing` with this alias.
 */
export function isSellerActiveSql(alias: string): string {
  return `NOT EXISTS (
    SELECT FROM partner_owner p WHERE p.partner_id = ${alias}.partner_id AND p.status <> 'VERIFIED')`;
}

/** Owner and status of a partner, copied from account. */
@Entity('partner_owner')
export class PartnerProjectionEntity {
  @PrimaryColumn('uuid', { name: 'partner_id' }) partnerId!: string;
  @Column('uuid', { name: 'user_id' }) userId!: string;
  /** Account's status; only VERIFIED partners may sell. */
  @Column('text') status!: string;
  /** Time of the change at account. */
  @Column('timestamptz') at!: Date;
}
