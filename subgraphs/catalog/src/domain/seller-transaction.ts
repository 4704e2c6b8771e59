import type { Outbox } from '@souk/shared/db/outbox';
import type { EntityManager } from 'typeorm';
import type { Seller } from './permissions.js';

/** The transaction of a seller who may write. */
export interface SellerTransaction {
  manager: EntityManager;
  outbox: Outbox;
  seller: Seller;
}
