import { z } from 'zod';
import type { Rejection } from '@souk/shared/errors';
import { asError, Rejections } from '@souk/shared/errors';
import { fulfilment, money } from '@souk/shared/contracts/values';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import { toApiId } from '@souk/shared/ids';
import { Batcher } from '@souk/shared/async/batcher';
import type { Log } from '@souk/shared/log';
import { admissionAnswer, admissionQuery, toAdmission } from './catalog-admission.js';
import type { SeatMutation } from './catalog-seats.js';
import { sellerQuery, sellersAnswer, toSellers } from './catalog-sellers.js';
import {
  readRefusals,
  seatHoldAnswer,
  seatMutations,
  seatQuery,
  seatsAnswer,
  toCatalogSeats,
} from './catalog-seats.js';
import { time, typeId } from './catalog-values.js';
import { SubgraphCaller } from './subgraph-caller.js';
import type {
  Admission,
  CatalogOffer,
  CatalogPort,
  CatalogSeat,
  OfferReference,
  RequestSource,
  SeatHolder,
} from './domain/catalog-port.js';

const called = { name: 'catalog', unavailable: 'Offers are unavailable at present. Try again.' };

const offerFields = `id title upc maxPerOrder seated fulfilment salesStartAt salesEndAt
  price { amount currency } availability { status available } listing { id title status }`;

/** Maximum number of seats or listings per query, below the subgraph's limit of representations. */
const entitiesAtOnce = 1_000;
/** Catalog's limit of `offers(ids:)`. */
const offersAtOnce = 100;
const questionsAtOnce = 4;

const offerAnswer = z.object({
  id: typeId('offer'),
  title: z.string(),
  upc: z.string().nullable(),
  price: money,
  maxPerOrder: z.int().min(1),
  seated: z.boolean(),
  fulfilment,
  salesStartAt: time,
  salesEndAt: time,
  availability: z.object({ status: z.string(), available: z.int().nullable() }),
  listing: z.object({ id: typeId('listing'), title: z.string(), status: z.string() }),
});

const answer = z.record(
  z.string(),
  z.union([z.array(offerAnswer.nullable()), offerAnswer, z.null()]).optional(),
);

type Answer = z.infer<typeof answer>;

/** A pending lookup of an offer. */
interface WantedOffer {
  reference: OfferReference;
  found: (offer: CatalogOffer | null) => void;
  failed: (error: Error) => void;
}

/**
 * Calls catalog with a timeout, one retry and a circuit breaker. Calls are anonymous: order names the holder of seats. A
 * repeated hold or release changes nothing more.
 */
export class CatalogClient implements CatalogPort {
  readonly #catalog: SubgraphCaller;
  // Offers look the same to every caller, so concurrent lookups share one query.
  readonly #offers = new Batcher<WantedOffer>({
    run: (wanted) => this.#look(wanted),
    maxBatch: offersAtOnce,
    parallel: questionsAtOnce,
  });

  constructor(execute: SubgraphExecutor, options: { gatewaySecret: string | null; log: Log }) {
    this.#catalog = new SubgraphCaller(called, execute, options);
  }

  async find(wanted: readonly OfferReference[]): Promise<(CatalogOffer | null)[]> {
    return Promise.all(
      wanted.map(
        (reference) =>
          new Promise<CatalogOffer | null>((found, failed) => this.#offers.add({ reference, found, failed })),
      ),
    );
  }

  async findSeats(seatIds: readonly string[]): Promise<ReadonlyMap<string, CatalogSeat>> {
    const found = await Promise.all(
      partsOf(seatIds).map((part) => {
        const seats = part.map((id) => ({ __typename: 'EventSeat', id: toApiId('seat', id) }));
        return this.#catalog.ask({ query: seatQuery, variables: { seats }, source: null }, seatsAnswer);
      }),
    );
    return toCatalogSeats(found);
  }

  async findSellers(listingIds: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const found = await Promise.all(
      partsOf(listingIds).map((part) => {
        const listings = part.map((id) => ({ __typename: 'Listing', id: toApiId('listing', id) }));
        return this.#catalog.ask(
          { query: sellerQuery, variables: { listings }, source: null },
          sellersAnswer,
        );
      }),
    );
    return toSellers(found);
  }

  async findAdmission({
    offerId,
    seatId,
  }: {
    offerId: string;
    seatId: string | null;
  }): Promise<Admission | null> {
    const seats = seatId === null ? [] : [{ __typename: 'EventSeat', id: toApiId('seat', seatId) }];
    const variables = { ids: [toApiId('offer', offerId)], seats };
    return toAdmission(
      await this.#catalog.ask({ query: admissionQuery, variables, source: null }, admissionAnswer),
    );
  }

  async holdSeats(seatIds: readonly string[], holder: SeatHolder, source: RequestSource): Promise<void> {
    Rejections.throwIfAny(await this.#changeSeats('holdCartSeats', seatIds, holder, source));
  }

  async releaseSeats(seatIds: readonly string[], holder: SeatHolder, source: RequestSource): Promise<void> {
    await this.#changeSeats('releaseCartSeats', seatIds, holder, source);
  }

  async #changeSeats(
    mutation: SeatMutation,
    seatIds: readonly string[],
    { userId, cartDigests }: SeatHolder,
    source: RequestSource,
  ): Promise<Rejection[]> {
    const variables = { seatIds: seatIds.map((id) => toApiId('seat', id)), userId, cartDigests };
    const answered = await this.#catalog.ask(
      { query: seatMutations[mutation], variables, source },
      seatHoldAnswer,
    );
    return readRefusals(answered);
  }

  async #look(wanted: readonly WantedOffer[]): Promise<void> {
    try {
      const offers = await this.#findTogether(wanted.map(({ reference }) => reference));
      wanted.forEach(({ found }, index) => found(offers[index] ?? null));
    } catch (error) {
      for (const { failed } of wanted) failed(asError(error));
    }
  }

  async #findTogether(wanted: readonly OfferReference[]): Promise<(CatalogOffer | null)[]> {
    const ids = [
      ...new Set(wanted.flatMap((reference) => ('offerId' in reference ? [reference.offerId] : []))),
    ];
    const upcs = [...new Set(wanted.flatMap((reference) => ('upc' in reference ? [reference.upc] : [])))];
    const variables = {
      ids: ids.map((id) => toApiId('offer', id)),
      ...Object.fromEntries(upcs.map((upc, index) => [`u${index}`, upc])),
    };
    const question = { query: queryFor(upcs.length), variables, source: null };
    const data: Answer = await this.#catalog.ask(question, answer);
    return wanted.map((reference) =>
      'offerId' in reference
        ? listed(data['offers'], ids.indexOf(reference.offerId))
        : single(data[`u${upcs.indexOf(reference.upc)}`]),
    );
  }

  /** Stops the circuit breaker's timers. */
  close(): void {
    this.#catalog.close();
  }
}

/** The distinct ids, divided among queries. */
function partsOf(all: readonly string[]): string[][] {
  const ids = [...new Set(all)];
  return Array.from({ length: Math.ceil(ids.length / entitiesAtOnce) }, (_, part) =>
    ids.slice(part * entitiesAtOnce, (part + 1) * entitiesAtOnce),
  );
}

/**
 * Builds one document per number of UPCs: catalog lists offers by id, but finds them by UPC one at a time.
 */
function queryFor(upcs: number): string {
  const numbers = Array.from({ length: upcs }, (_, index) => `u${index}`);
  const variables = ['$ids: [ID!]!', ...numbers.map((name) => `$${name}: String!`)].join(', ');
  const byUpc = numbers.map((name) => `${name}: offer(upc: $${name}) { ...Offer }`).join(' ');
  return `query Offers(${variables}) { offers(ids: $ids) { ...Offer } ${byUpc} } fragment Offer on Offer { ${offerFields} }`;
}

function listed(found: Answer[string], index: number): CatalogOffer | null {
  const offer = Array.isArray(found) ? found[index] : null;
  return offer ? toOffer(offer) : null;
}

function single(found: Answer[string]): CatalogOffer | null {
  return found && !Array.isArray(found) ? toOffer(found) : null;
}

function toOffer(offer: z.infer<typeof offerAnswer>): CatalogOffer {
  const { availability, listing } = offer;
  return {
    offerId: offer.id,
    listingId: listing.id,
    title: `${listing.title}: ${offer.title}`,
    upc: offer.upc,
    unitAmount: offer.price.amount,
    currency: offer.price.currency,
    maxPerOrder: offer.maxPerOrder,
    seated: offer.seated,
    fulfilment: offer.fulfilment,
    salesStartAt: offer.salesStartAt,
    salesEndAt: offer.salesEndAt,
    onSale: listing.status === 'PUBLISHED' && availability.status !== 'NOT_ON_SALE',
    available: availability.status === 'SOLD_OUT' ? 0 : availability.available,
  };
}
