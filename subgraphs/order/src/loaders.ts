import type DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Identity } from '@souk/shared/auth/identity';
import type { GroupPage } from '@souk/shared/graph/loaders';
import {
  argumentLoader,
  batchLoader,
  columnLoader,
  listLoader,
  pageLoader,
} from '@souk/shared/graph/loaders';
import type { ListPage } from '@souk/shared/graph/list-pages';
import { holds } from '@souk/shared/auth/identity';
import { findRedeemedOrders, findRedeemedUnits } from './domain/order/order-conditions.js';
import { linesSoldBy, partnersOwnedBy } from './domain/partner-projection.js';
import { maxLines } from './domain/purchase/purchase-validation.js';
import type { LineToShip } from './domain/shipment/lines-to-ship.js';
import { readLinesToShip } from './domain/shipment/lines-to-ship.js';
import type { DayRange } from './domain/statistics/day-range.js';
import type { PurchaseStatistics } from './domain/statistics/purchase-statistics.js';
import { readPurchaseStatistics } from './domain/statistics/purchase-statistics.js';
import type { SalesStatistics } from './domain/statistics/sales-statistics.js';
import { readListingSales, readPartnerSales } from './domain/statistics/sales-statistics.js';
import { findRecipients } from './domain/token/token-transfer.js';
import type { CatalogOffer, CatalogPort, CatalogSeat } from './domain/catalog-port.js';
import { CartEntity, CartItemEntity } from './entities/cart.js';
import { OrderEntity, OrderEventEntity, OrderLineEntity } from './entities/order.js';
import { SagaEntity } from './entities/saga.js';
import { ShipmentEntity, ShipmentItemEntity } from './entities/shipment.js';
import { TokenEntity } from './entities/token.js';

/** Loads rows by a unique column, and groups of rows; each key is read once per request. */
export interface Loaders {
  cartById: DataLoader<string, CartEntity | null>;
  mainCartOf: DataLoader<string, CartEntity | null>;
  itemsOfCart: DataLoader<string, CartItemEntity[]>;
  /** Catalog's offers by id (UUIDs); fails with Unavailable. */
  offer: DataLoader<string, CatalogOffer | null>;
  /** Catalog's seats; fails with Unavailable. */
  seat: DataLoader<string, CatalogSeat | null>;
  checkoutById: DataLoader<string, SagaEntity | null>;
  checkoutByTransactionId: DataLoader<string, SagaEntity | null>;
  orderById: DataLoader<string, OrderEntity | null>;
  orderByNumber: DataLoader<string, OrderEntity | null>;
  lineById: DataLoader<string, OrderLineEntity | null>;
  linesOfOrder: DataLoader<string, OrderLineEntity[]>;
  shipmentById: DataLoader<string, ShipmentEntity | null>;
  shipmentsOfOrder: DataLoader<GroupPage, ShipmentEntity[], string>;
  itemsOfShipment: DataLoader<string, ShipmentItemEntity[]>;
  /** By the partner's UUID. */
  linesToShip: DataLoader<GroupPage, LineToShip[], string>;
  eventsOfOrder: DataLoader<GroupPage, OrderEventEntity[], string>;
  tokenById: DataLoader<string, TokenEntity | null>;
  tokenByCode: DataLoader<string, TokenEntity | null>;
  tokensOfOrder: DataLoader<GroupPage, TokenEntity[], string>;
  tokensOfLine: DataLoader<GroupPage, TokenEntity[], string>;
  /** Whether one of the order's tokens has been redeemed. */
  isRedeemed: DataLoader<string, boolean>;
  /** Units of an order line, from 0, whose tokens have been redeemed. */
  redeemedUnitsOfLine: DataLoader<string, readonly number[]>;
  /** UUID of the user to whom a token is offered; null if it is not. */
  recipientOfToken: DataLoader<string, string | null>;
  /** Whether the caller's partner sold an order line. */
  isSoldByCaller: DataLoader<string, boolean>;
  /** Whether a partner is the caller's, and verified. */
  isCallersPartner: DataLoader<string, boolean>;
  /** UUID of a listing's seller; null for the platform, undefined for a draft and for an unknown listing. */
  sellerOf: DataLoader<string, string | null | undefined>;
  purchasesOf: DataLoader<string, PurchaseStatistics>;
  salesOfListing: DataLoader<string, SalesStatistics>;
  salesOfPartner: DataLoader<PartnerRange, SalesStatistics, string>;
}

/** A partner (UUID) and the days whose sales are read. */
export interface PartnerRange extends DayRange {
  partnerId: string;
}

/** Excludes sagas other than checkouts. */
const checkouts = { definition: 'checkout' };

/** Creates the loaders of one request of this caller. */
export function createLoaders(
  manager: EntityManager,
  caller: Identity | null,
  catalog: Pick<CatalogPort, 'find' | 'findSeats' | 'findSellers'>,
): Loaders {
  return {
    offer: batchLoader((ids: readonly string[]) => catalog.find(ids.map((offerId) => ({ offerId })))),
    seat: batchLoader(async (ids: readonly string[]) => {
      const seats = await catalog.findSeats(ids);
      return ids.map((id) => seats.get(id) ?? null);
    }),
    cartById: columnLoader(manager, CartEntity, 'id'),
    mainCartOf: columnLoader(manager, CartEntity, 'ownerId', { where: { isMain: true } }),
    itemsOfCart: listLoader(
      (ids) =>
        manager.find(CartItemEntity, {
          where: { cartId: In(ids) },
          order: { id: 'ASC' },
          take: maxLines * ids.length,
        }),
      (row) => row.cartId,
    ),
    checkoutById: columnLoader(manager, SagaEntity, 'id', { where: checkouts }),
    checkoutByTransactionId: columnLoader(manager, SagaEntity, 'transactionId', { where: checkouts }),
    orderById: columnLoader(manager, OrderEntity, 'id'),
    orderByNumber: columnLoader(manager, OrderEntity, 'number'),
    lineById: columnLoader(manager, OrderLineEntity, 'id'),
    linesOfOrder: listLoader(
      (ids) =>
        manager.find(OrderLineEntity, {
          where: { orderId: In(ids) },
          order: { position: 'ASC' },
          take: maxLines * ids.length,
        }),
      (row) => row.orderId,
    ),
    shipmentById: columnLoader(manager, ShipmentEntity, 'id'),
    shipmentsOfOrder: pageLoader(manager, { entity: ShipmentEntity, group: 'orderId', order: ['id'] }),
    itemsOfShipment: listLoader(
      (ids) =>
        manager.find(ShipmentItemEntity, {
          where: { shipmentId: In(ids) },
          order: { lineId: 'ASC' },
          take: maxLines * ids.length,
        }),
      (row) => row.shipmentId,
    ),
    linesToShip: argumentLoader(
      ({ limit, after }: GroupPage): ListPage => ({ limit, after }),
      (page, pages) =>
        readLinesToShip(
          manager,
          pages.map(({ group }) => group),
          page,
        ),
    ),
    eventsOfOrder: pageLoader(manager, { entity: OrderEventEntity, group: 'orderId', order: ['id'] }),
    tokenById: columnLoader(manager, TokenEntity, 'id'),
    tokenByCode: columnLoader(manager, TokenEntity, 'code'),
    tokensOfOrder: pageLoader(manager, {
      entity: TokenEntity,
      group: 'orderId',
      order: ['lineId', 'unit'],
    }),
    tokensOfLine: pageLoader(manager, { entity: TokenEntity, group: 'lineId', order: ['unit'] }),
    isRedeemed: batchLoader(async (orderIds: readonly string[]) => {
      const redeemed = await findRedeemedOrders(manager, orderIds);
      return orderIds.map((id) => redeemed.has(id));
    }),
    redeemedUnitsOfLine: batchLoader(async (lineIds: readonly string[]) => {
      const redeemed = await findRedeemedUnits(manager, lineIds);
      return lineIds.map((id) => redeemed.get(id) ?? []);
    }),
    recipientOfToken: batchLoader(async (tokenIds: readonly string[]) => {
      const recipients = await findRecipients(manager, tokenIds);
      return tokenIds.map((id) => recipients.get(id) ?? null);
    }),
    isSoldByCaller: batchLoader(async (lineIds: readonly string[]) => {
      if (!caller || !holds(caller, 'partner')) return lineIds.map(() => false);
      const sold = await linesSoldBy(manager, caller.userId, lineIds);
      return lineIds.map((lineId) => sold.has(lineId));
    }),
    isCallersPartner: batchLoader(async (partnerIds: readonly string[]) => {
      if (!caller || !holds(caller, 'partner')) return partnerIds.map(() => false);
      const own = await partnersOwnedBy(manager, caller.userId, partnerIds);
      return partnerIds.map((partnerId) => own.has(partnerId));
    }),
    sellerOf: batchLoader(async (listingIds: readonly string[]) => {
      const sellers = await catalog.findSellers(listingIds);
      return listingIds.map((id) => sellers.get(id));
    }),
    purchasesOf: batchLoader((userIds: readonly string[]) => readPurchaseStatistics(manager, userIds)),
    salesOfListing: batchLoader((listingIds: readonly string[]) => readListingSales(manager, listingIds)),
    salesOfPartner: argumentLoader(
      ({ from, to }: PartnerRange): DayRange => ({ from, to }),
      (range, keys) =>
        readPartnerSales(
          manager,
          keys.map(({ partnerId }) => partnerId),
          range,
        ),
    ),
  };
}
