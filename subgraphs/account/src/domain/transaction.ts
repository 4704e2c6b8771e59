import type { Outbox } from '@souk/shared/db/outbox';
import type { EntityManager } from 'typeorm';

/** A transaction that publishes events, and its time. */
export interface Transaction {
  manager: EntityManager;
  outbox: Outbox;
  now: Date;
}
