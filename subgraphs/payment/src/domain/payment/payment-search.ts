import type { EntityManager } from 'typeorm';
import { newestPage } from '@souk/shared/graph/newest-page';
import type { Connection, Page } from '@souk/shared/graph/pagination';
import type { PaymentMethod, PaymentStatus } from '../../entities/payment.js';
import { PaymentEntity } from '../../entities/payment.js';

/** Search criteria; omitted and null criteria match all payments. */
export interface PaymentSearch {
  status?: PaymentStatus | null | undefined;
  method?: PaymentMethod | null | undefined;
  /** UUID. */
  customerId?: string | null | undefined;
  createdAfter?: Date | null | undefined;
  createdBefore?: Date | null | undefined;
}

/** Returns a page of payments, newest first. */
export async function searchPayments(
  manager: EntityManager,
  search: PaymentSearch,
  page: Page<string>,
): Promise<Connection<PaymentEntity>> {
  const query = manager.createQueryBuilder(PaymentEntity, 'p');
  const { status, method, customerId, createdAfter, createdBefore } = search;
  if (status) query.andWhere('p.status = :status', { status });
  if (method) query.andWhere('p.method = :method', { method });
  if (customerId) query.andWhere('p.customerId = :customerId', { customerId });
  if (createdAfter) query.andWhere('p.createdAt > :createdAfter', { createdAfter });
  if (createdBefore) query.andWhere('p.createdAt < :createdBefore', { createdBefore });
  return newestPage(manager, query, page);
}
