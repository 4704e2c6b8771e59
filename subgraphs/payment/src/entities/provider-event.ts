import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An event that the provider told at the webhook: its id is stored once, so that a repeat is known as such. */
@Entity('provider_event')
export class ProviderEventEntity {
  /** The provider's id (evt_...). */
  @PrimaryColumn({ type: 'text' })
  id!: string;

  @Column({ type: 'text' })
  type!: string;

  /** The object that it is about (pi_..., re_...). */
  @Column({ name: 'object_id', type: 'text', nullable: true })
  objectId!: string | null;

  /** By the provider's clock. */
  @Column({ type: 'timestamptz' })
  at!: Date;

  @Column({ name: 'received_at', type: 'timestamptz' })
  receivedAt!: Date;
}
