import type { EntityManager, FindOptionsWhere } from 'typeorm';
import { And, LessThan, MoreThanOrEqual } from 'typeorm';
import type { RowCount } from '@souk/shared/db/row-count';
import { countMatches } from '@souk/shared/db/row-count';
import type { ListPage } from '@souk/shared/graph/list-pages';
import { newestPage } from '@souk/shared/graph/newest-page';
import type { Connection, Page } from '@souk/shared/graph/pagination';
import type { SagaStatus } from '@souk/shared/saga/state';
import type { OrderStatus } from '../../entities/order.js';
import { OrderEntity } from '../../entities/order.js';
import { SagaEntity } from '../../entities/saga.js';
import type { TokenKind, TokenStatus } from '../../entities/token.js';
import { TokenEntity } from '../../entities/token.js';

/** Filter of orders; null and absent fields do not restrict. Ids are UUIDs. */
export interface OrdersFilter {
  status?: OrderStatus | null | undefined;
  customerId?: string | null | undefined;
  number?: string | null | undefined;
  placedAfter?: Date | null | undefined;
  placedBefore?: Date | null | undefined;
}

/** Filter of checkouts. */
export interface CheckoutsFilter {
  status: SagaStatus | null;
}

/** Returns a page of orders, newest first, and one more if there is one. */
export async function pageOfOrders(
  manager: EntityManager,
  filter: OrdersFilter,
  page: Page<string>,
): Promise<OrderEntity[]> {
  return manager.find(OrderEntity, {
    where: { ...ordersWhere(filter), ...(page.cursor !== null && { id: LessThan(page.cursor) }) },
    order: { id: 'DESC' },
    take: page.limit + 1,
  });
}

/** Counts the orders that match. */
export function countOrders(manager: EntityManager, filter: OrdersFilter): Promise<RowCount> {
  const query = manager.createQueryBuilder(OrderEntity, 'o').setFindOptions({ where: ordersWhere(filter) });
  return countMatches(manager, query);
}

/** Returns a page of checkouts, newest first. */
export function listCheckouts(
  manager: EntityManager,
  { status }: CheckoutsFilter,
  page: Page<string>,
): Promise<Connection<SagaEntity>> {
  const query = manager.createQueryBuilder(SagaEntity, 'saga').where("saga.definition = 'checkout'");
  if (status !== null) query.andWhere('saga.status = :status', { status });
  return newestPage(manager, query, page);
}

/** Returns a page of a user's tokens, newest first. */
export async function tokensHeldBy(
  manager: EntityManager,
  holderId: string,
  { kind, status }: { kind?: TokenKind | null | undefined; status?: TokenStatus | null | undefined },
  { limit, after }: ListPage,
): Promise<TokenEntity[]> {
  return manager.find(TokenEntity, {
    where: {
      holderId,
      ...(kind && { kind }),
      ...(status && { status }),
      ...(after !== null && { id: LessThan(after) }),
    },
    order: { id: 'DESC' },
    take: limit,
  });
}

function ordersWhere(filter: OrdersFilter): FindOptionsWhere<OrderEntity> {
  const { status, customerId, number, placedAfter, placedBefore } = filter;
  const placed = [
    ...(placedAfter ? [MoreThanOrEqual(placedAfter)] : []),
    ...(placedBefore ? [LessThan(placedBefore)] : []),
  ];
  return {
    ...(status && { status }),
    ...(customerId && { customerId }),
    ...(number && { number }),
    ...(placed.length > 0 && { placedAt: And(...placed) }),
  };
}
