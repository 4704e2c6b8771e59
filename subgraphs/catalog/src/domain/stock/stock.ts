import { catalogEvents } from '@souk/shared/contracts/catalog';
import { recordAction } from '@souk/shared/db/recorded-action';
import { publishChange } from '@souk/shared/db/pending-changes';
import { Rejection } from '@souk/shared/errors';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { once } from '@souk/shared/db/idempotency';
import type { EntityManager } from 'typeorm';
import { ListingEntity } from '../../entities/listing.js';
import { OfferEntity } from '../../entities/offer.js';
import { InputCheck } from '@souk/shared/input-check';
import type { Seller } from '../permissions.js';
import { requireOwned } from '../permissions.js';
import { checkRevision } from '../revision.js';
import type { SellerTransaction } from '../seller-transaction.js';
import { availabilityTopic } from '../topics.js';

/** A correction of stock. */
export interface StockCorrection {
  offerId: string;
  /** Units to add; negative to remove. */
  delta: number;
  reason: string;
  expectedRevision?: number | null;
}

/** Input of a stock correction, once per key. */
export interface StockAdjustment extends StockCorrection {
  idempotencyKey: string;
}

/** Stock of an offer; null is unlimited. */
export interface OfferStock {
  available: number | null;
  onHand: number | null;
  reserved: number | null;
}

const maxUnits = 2_000_000_000;

/**
 * Adds or removes units, once per key; never below the reserved units.
 * @throws Rejection(s) NOT_FOUND, NOT_OWNER, INVALID, STALE_WRITE, INSUFFICIENT_STOCK, IDEMPOTENCY_CONFLICT
 */
export async function adjustStock(
  transaction: SellerTransaction,
  input: StockAdjustment,
): Promise<{ offerId: string; replayed: boolean }> {
  const { manager, seller } = transaction;
  const { idempotencyKey, ...arguments_ } = input;
  const call = {
    caller: seller.userId ?? 'operator',
    operation: 'adjustStock',
    key: idempotencyKey,
    arguments: { ...arguments_ },
  };
  const { result, replayed } = await once(manager, call, ['input', 'idempotencyKey'], async () => ({
    offerId: await correctStock(transaction, arguments_),
  }));
  return { offerId: result.offerId, replayed };
}

/**
 * Adds or removes units without a key, for callers whose transaction repeats nothing; never below the reserved units.
 * Returns the offer's id. @throws Rejection(s) NOT_FOUND, NOT_OWNER, INVALID, STALE_WRITE, INSUFFICIENT_STOCK
 */
export async function correctStock(
  { manager, outbox, seller }: SellerTransaction,
  input: StockCorrection,
): Promise<string> {
  const offer = await offerToChange(manager, seller, input.offerId, ['input', 'offerId']);
  const check = new InputCheck();
  if (input.delta === 0) check.refuse(['input', 'delta'], 'The delta must not be 0.');
  check.number(['input', 'delta'], input.delta, -maxUnits, maxUnits);
  const reason = check.text(['input', 'reason'], input.reason);
  if (offer.seated) check.refuse(['input', 'offerId'], 'The seats are the stock of a seated offer.');
  else if (offer.onHand === null) check.refuse(['input', 'offerId'], 'The stock of this offer is unlimited.');
  check.throwIfAny();
  const [changed]: { on_hand: number }[] = await manager.query(
    `WITH changed AS (
       UPDATE offer SET on_hand = on_hand + $2, revision = revision + 1
       WHERE id = $1 AND on_hand::bigint + $2 BETWEEN reserved AND $3 AND ($4::int IS NULL OR revision = $4)
       RETURNING id, on_hand
     ), moved AS (
       INSERT INTO stock_movement (offer_id, kind, on_hand, reserved, user_id, reason)
       SELECT id, 'ADJUST', $2, 0, $5, $6 FROM changed
     )
     SELECT on_hand FROM changed`,
    [offer.id, input.delta, maxUnits, input.expectedRevision ?? null, seller.userId, reason],
  );
  if (!changed) return refuseAdjustment(manager, offer.id, input);
  publishChange(manager, [availabilityTopic(offer.listingId)]);
  const { id: offerId, listingId } = offer;
  outbox.publish(catalogEvents.stockAdjusted, listingId, {
    offerId,
    listingId,
    delta: input.delta,
    onHand: changed.on_hand,
    reason,
  });
  recordAction(outbox, 'ADJUST_STOCK', offerId, {
    before: { onHand: changed.on_hand - input.delta },
    after: { onHand: changed.on_hand, reason },
  });
  return offerId;
}

/** Throws the reason why the conditional update matched no row. */
async function refuseAdjustment(manager: EntityManager, id: string, input: StockCorrection): Promise<never> {
  const offer = await manager.findOneByOrFail(OfferEntity, { id });
  const stale = checkRevision('offer', offer.revision, input.expectedRevision, ['input', 'expectedRevision']);
  if (stale) throw stale;
  if (input.delta > 0)
    throw new Rejection('INVALID', `An offer may have ${maxUnits} units at most.`, {
      field: ['input', 'delta'],
    });
  const available = (offer.onHand ?? 0) - offer.reserved;
  throw new Rejection('INSUFFICIENT_STOCK', `Only ${available} units can be removed.`, {
    field: ['input', 'delta'],
    typename: 'InsufficientStockError',
    details: { offerId: toApiId('offer', id), available },
  });
}

async function offerToChange(
  manager: EntityManager,
  seller: Seller,
  apiId: string,
  field: readonly string[],
): Promise<OfferEntity> {
  const id = fromApiId('offer', apiId);
  const offer = id === null ? null : await manager.findOneBy(OfferEntity, { id });
  const listing = offer && (await manager.findOneBy(ListingEntity, { id: offer.listingId }));
  requireOwned(seller, listing, 'offer', field);
  if (!offer) throw new Rejection('NOT_FOUND', 'There is no such offer.', { field });
  return offer;
}

/** Returns the stock of offers, by id. */
export async function readStock(
  manager: EntityManager,
  offerIds: readonly string[],
): Promise<ReadonlyMap<string, OfferStock>> {
  const rows: { offer_id: string; available: number | null; on_hand: number | null; reserved: number }[] =
    await manager.query('SELECT * FROM offer_stock WHERE offer_id = ANY($1)', [offerIds]);
  return new Map(
    rows.map(({ offer_id: id, available, on_hand: onHand, reserved }) => [
      id,
      { available, onHand, reserved },
    ]),
  );
}

/** A page of scarce offers. */
export interface LowStockPage {
  /** All have fewer free units. */
  threshold: number;
  limit: number;
  /** The offer after which the page begins, with the free units that determine its place; null begins at the first. */
  after: { id: string; available: number } | null;
}

/** Returns the seller's published offers with fewer free units than the threshold, scarcest first. */
export async function readLowStock(
  manager: EntityManager,
  seller: Seller,
  { threshold, limit, after }: LowStockPage,
): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT o.id FROM offer o
     JOIN listing l ON l.id = o.listing_id
     CROSS JOIN LATERAL (SELECT available FROM offer_stock WHERE offer_id = o.id) s
     WHERE l.status = 'PUBLISHED' AND s.available < $1 AND ($2 OR l.partner_id = $3)
       AND ($5::uuid IS NULL OR (s.available, o.id) > ($6::int, $5))
     ORDER BY s.available, o.id LIMIT $4`,
    [threshold, seller.managesAll, seller.partnerId, limit, after?.id ?? null, after?.available ?? null],
  );
  return rows.map((row) => row.id);
}
