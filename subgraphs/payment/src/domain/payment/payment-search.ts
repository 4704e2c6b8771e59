import type { EntityManager } from 'typeorm';
import { countMatches } from '@souk/shared/db/row-count';
import type { Connection, Page } from '@souk/shared/graph/pagination';
import { toConnection } from '@souk/shared/graph/pagination';
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
  const matching = () => {
    const query = manager.createQueryBuilder(PaymentEntity, 'p');
    const { status, method, customerId, createdAfter, createdBefore } = search;
    if (status) query.andWhere('p.status = :status', { status });
    if (method) query.andWhere('p.method = :method', { method });
    if (customerId) query.andWhere('p.customerId = :customerId', { customerId });
    if (createdAfter) query.andWhere('p.createdAt > :createdAfter', { createdAfter });
    if (createdBefore) query.andWhere('p.createdAt < :createdBefore', { createdBefore });
    return query;
  };
  const query = matching()
    .orderBy('p.id', 'DESC')
    .limit(page.limit + 1);
  if (page.cursor !== null) query.andWhere('p.id < :cursor', { cursor: page.cursor });
  const rows = await query.getMany();
  return toConnection(page, rows, { cursor: ({ id }) => id, node: (payment) => payment }, () =>
    countMatches(manager, matching()),
  );
}
