import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Something that a user is told. Rows are written by `notify` alone; only `readAt` changes later. */
@Entity('notification')
export class NotificationEntity {
  /** Grows with time: the newest notification has the greatest id. */
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

  /** For clients: what the notification is about, ids as TypeIDs. */
  @Column({ type: 'jsonb' })
  data!: unknown;

  @Column({ name: 'read_at', type: 'timestamptz', nullable: true })
  readAt!: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz' })
  createdAt!: Date;
}

/** How a notification went out on one channel. */
@Entity('delivery')
export class DeliveryEntity {
  @PrimaryColumn({ name: 'notification_id', type: 'uuid' })
  notificationId!: string;

  @PrimaryColumn({ type: 'text' })
  channel!: 'IN_APP' | 'EMAIL' | 'SMS' | 'PUSH';

  @Column({ type: 'text' })
  status!: 'QUEUED' | 'SENT' | 'DELIVERED' | 'FAILED' | 'SUPPRESSED';

  @Column({ type: 'int' })
  attempts!: number;

  @Column({ type: 'text', nullable: true })
  error!: string | null;

  @Column({ name: 'sent_at', type: 'timestamptz', nullable: true })
  sentAt!: Date | null;
}
