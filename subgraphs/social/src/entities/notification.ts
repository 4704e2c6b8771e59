import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A notification of a user. Only `notify` inserts rows; only `readAt` changes later. */
@Entity('notification')
export class NotificationEntity {
  /** Increases with time: the newest notification has the greatest id. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column({ name: 'user_id', type: 'uuid' })
  userId!: string;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'text' })
  title!: string;

  @Column({ type: 'text' })
  body!: string;

  /** Subject of the notification for clients; ids as TypeIDs. */
  @Column({ type: 'jsonb' })
  data!: unknown;

  /** Values of the type's template variables. */
  @Column({ type: 'jsonb' })
  variables!: unknown;

  /** Whether the app shows it; otherwise it has only deliveries on other channels. */
  @Column({ name: 'is_listed', type: 'boolean' })
  isListed!: boolean;

  @Column({ name: 'read_at', type: 'timestamptz', nullable: true })
  readAt!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}

/** The delivery of a notification on one channel. */
@Entity('delivery')
export class DeliveryEntity {
  @PrimaryColumn({ name: 'notification_id', type: 'uuid' })
  notificationId!: string;

  @PrimaryColumn({ type: 'text' })
  channel!: 'IN_APP' | 'EMAIL' | 'SMS' | 'PUSH';

  @Column({ type: 'text' })
  status!: 'QUEUED' | 'SENT' | 'DELIVERED' | 'FAILED' | 'BOUNCED' | 'SUPPRESSED';

  @Column({ type: 'int' })
  attempts!: number;

  @Column({ type: 'text', nullable: true })
  error!: string | null;

  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt!: Date | null;
}
