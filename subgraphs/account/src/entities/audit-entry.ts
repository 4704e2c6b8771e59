import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An entry of the audit log. Its values and its client address are in `audit_detail`, until they are erased. */
@Entity('audit_entry')
export class AuditEntryEntity {
  /** The place in the chain, from 1 and without gaps. */
  @PrimaryColumn({ type: 'bigint' })
  seq!: string;

  /** UUIDv7: its time is that of the action. */
  @Column({ type: 'uuid' })
  id!: string;

  /** The time of the action, from the id. */
  @Column({ type: 'timestamptz', insert: false, update: false })
  at!: Date;

  /** Null for actions of the system. */
  @Column({ name: 'actor_id', type: 'uuid', nullable: true })
  actorId!: string | null;

  @Column({ type: 'text' })
  action!: string;

  @Column({ name: 'target_type', type: 'text' })
  targetType!: string;

  /** A UUID, or the key of a target without one. */
  @Column({ name: 'target_id', type: 'text' })
  targetId!: string;

  @Column({ name: 'request_id', type: 'text', nullable: true })
  requestId!: string | null;

  @Column({ name: 'previous_hash', type: 'bytea' })
  previousHash!: Buffer;

  @Column({ type: 'bytea' })
  hash!: Buffer;
}
