import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An event received by the webhook. Its id is stored to detect duplicates. */
@Entity('provider_event')
export class ProviderEventEntity {
  /** The provider's id (evt_...). */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  type!: string;

  /** Id of the event's object (pi_..., re_...). */
  @Column({ name: 'object_id', type: 'text', nullable: true })
  objectId!: string | null;

  /** By the provider's clock. */
  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt!: Date;
}
