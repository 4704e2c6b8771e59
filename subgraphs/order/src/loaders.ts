import DataLoader from 'dataloader';
import type { EntityManager, FindOptionsOrder, FindOptionsWhere, ObjectLiteral } from 'typeorm';
import { In } from 'typeorm';
import type { Identity } from '@souk/shared/auth/identity';
import type { GroupPage } from '@souk/shared/graph/list-pages';
import { pageLoader } from '@souk/shared/graph/list-pages';
import { holds } from '@souk/shared/auth/identity';
import { findRedeemedOrders } from './domain/order/order-conditions.js';
import { linesSoldBy } from './domain/partner-projection.js';
import { maxLines } from './domain/purchase/purchase-validation.js';
import { CartEntity, CartItemEntity } from './entities/cart.js';
import { OrderEntity, OrderEventEntity, OrderLineEntity } from './entities/order.js';
import { SagaEntity } from './entities/saga.js';
import { TokenEntity } from './entities/token.js';

type EntityClass<Row> = new () => Row;

/** Loads rows by a unique column, and groups of rows; each key is read once per request. */
export interface Loaders {
  cartById: DataLoader<string, CartEntity | null>;
  mainCartOf: DataLoader<string, CartEntity | null>;
  itemsOfCart: DataLoader<string, CartItemEntity[]>;
  checkoutById: DataLoader<string, SagaEntity | null>;
  checkoutByTransactionId: DataLoader<string, SagaEntity | null>;
  orderById: DataLoader<string, OrderEntity | null>;
  orderByNumber: DataLoader<string, OrderEntity | null>;
  linesOfOrder: DataLoader<string, OrderLineEntity[]>;
  eventsOfOrder: DataLoader<GroupPage, OrderEventEntity[], string>;
  tokenById: DataLoader<string, TokenEntity | null>;
  tokenByCode: DataLoader<string, TokenEntity | null>;
  tokensOfOrder: DataLoader<GroupPage, TokenEntity[], string>;
  tokensOfLine: DataLoader<GroupPage, TokenEntity[], string>;
  /** Whether one of the order's tokens has been redeemed. */
  isRedeemed: DataLoader<string, boolean>;
  /** Whether the caller's partner sold an order line. */
  isSoldByCaller: DataLoader<string, boolean>;
}

/** Excludes sagas other than checkouts. */
const checkouts = { definition: 'checkout' };

/** Creates the loaders of one request of this caller. */
export function createLoaders(manager: EntityManager, caller: Identity | null): Loaders {
  return {
    cartById: unique(manager, CartEntity, 'id'),
    mainCartOf: unique(manager, CartEntity, 'ownerId', { isMain: true }),
    itemsOfCart: grouped(manager, CartItemEntity, 'cartId', { id: 'ASC' }, maxLines),
    checkoutById: unique(manager, SagaEntity, 'id', checkouts),
    checkoutByTransactionId: unique(manager, SagaEntity, 'transactionId', checkouts),
    orderById: unique(manager, OrderEntity, 'id'),
    orderByNumber: unique(manager, OrderEntity, 'number'),
    linesOfOrder: grouped(manager, OrderLineEntity, 'orderId', { position: 'ASC' }, maxLines),
    eventsOfOrder: pageLoader(manager, { entity: OrderEventEntity, group: 'orderId', order: ['id'] }),
    tokenById: unique(manager, TokenEntity, 'id'),
    tokenByCode: unique(manager, TokenEntity, 'code'),
    tokensOfOrder: pageLoader(manager, {
      entity: TokenEntity,
      group: 'orderId',
      order: ['lineId', 'unit'],
    }),
    tokensOfLine: pageLoader(manager, { entity: TokenEntity, group: 'lineId', order: ['unit'] }),
    isRedeemed: new DataLoader(async (orderIds) => {
      const redeemed = await findRedeemedOrders(manager, orderIds);
      return orderIds.map((id) => redeemed.has(id));
    }),
    isSoldByCaller: new DataLoader(async (lineIds) => {
      if (!caller || !holds(caller, 'partner')) return lineIds.map(() => false);
      const sold = await linesSoldBy(manager, caller.userId, lineIds);
      return lineIds.map((lineId) => sold.has(lineId));
    }),
  };
}

function unique<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityClass<Row>,
  column: keyof Row & string,
  also: FindOptionsWhere<Row> = {},
): DataLoader<string, Row | null> {
  return new DataLoader(async (keys) => {
    const rows = await manager.find(entity, { where: { ...also, ...among<Row>(column, keys) } });
    const byKey = new Map(rows.map((row) => [String(row[column]), row]));
    return keys.map((key) => byKey.get(key) ?? null);
  });
}

/** Loads lists whose length a rule limits to `max` rows. */
function grouped<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityClass<Row>,
  column: keyof Row & string,
  order: FindOptionsOrder<Row>,
  max: number,
): DataLoader<string, Row[]> {
  return new DataLoader(async (keys) => {
    const rows = await manager.find(entity, {
      where: among<Row>(column, keys),
      order,
      take: max * keys.length,
    });
    const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
    for (const row of rows) groups.get(String(row[column]))?.push(row);
    return keys.map((key) => groups.get(key) ?? []);
  });
}

function among<Row extends ObjectLiteral>(column: string, keys: readonly string[]): FindOptionsWhere<Row> {
  return { [column]: In([...new Set(keys)]) } as FindOptionsWhere<Row>;
}
