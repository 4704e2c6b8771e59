import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Json } from '@souk/shared/errors';
import type { SagaState, SagaStatus } from '@souk/shared/saga/state';

/** A saga. The columns besides `state` are copies for filters. */
@Entity({ name: 'saga' })
export class SagaEntity {
  @PrimaryColumn({ type: 'uuid' })
  id!: string;

  @Column({ type: 'text', name: 'transaction_id' })
  transactionId!: string;

  @Column({ type: 'text' })
  definition!: string;

  @Column({ type: 'int', name: 'definition_version' })
  definitionVersion!: number;

  @Column({ type: 'json' })
  input!: Json;

  /** Its span as a W3C traceparent; null if it is not traced. */
  @Column({ type: 'text', nullable: true })
  traceparent!: string | null;

  /** The user who started it; null for Souk itself, and for sagas of older versions. */
  @Column({ type: 'uuid', name: 'actor_id', nullable: true })
  actorId!: string | null;

  /** The request that started it; null where none did, and for sagas of older versions. */
  @Column({ type: 'text', name: 'request_id', nullable: true })
  requestId!: string | null;

  @Column({ type: 'json' })
  state!: SagaState;

  @Column({ type: 'text' })
  status!: SagaStatus;

  /** Counts the advances; fences concurrent updates. */
  @Column({ type: 'int' })
  version!: number;

  @Column({ type: 'timestamptz', name: 'wake_at', nullable: true })
  wakeAt!: Date | null;

  @Column({ type: 'uuid', name: 'order_id' })
  orderId!: string;

  @Column({ type: 'uuid', name: 'user_id' })
  userId!: string;

  @Column({ type: 'uuid', name: 'cart_id', nullable: true })
  cartId!: string | null;

  @Column({ type: 'timestamptz', name: 'started_at' })
  startedAt!: Date;

  @Column({ type: 'timestamptz', name: 'completed_at', nullable: true })
  completedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true })
  expiresAt!: Date | null;
}
