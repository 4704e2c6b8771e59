import { z } from 'zod';
import { asError, Unavailable } from '@souk/shared/errors';
import { gatewaySecretHeader } from '@souk/shared/auth/gateway-secret';
import { fulfilment, money } from '@souk/shared/contracts/values';
import { timeoutHeader } from '@souk/shared/graph/request-work';
import type { SubgraphExecutor } from '@souk/shared/graph/server';
import { fromApiId, toApiId } from '@souk/shared/ids';
import { Batcher } from '@souk/shared/async/batcher';
import { CircuitBreaker } from '@souk/shared/async/circuit-breaker';
import { withRetries } from '@souk/shared/async/retry';
import type { Log } from '@souk/shared/log';
import type { CatalogOffer, CatalogPort, CatalogSeat, OfferReference } from './domain/catalog-port.js';

const timeoutMs = 2_000;
const unavailable = 'Offers are unavailable at present. Try again.';
const resetTimeoutMs = 3_000;

/** Statuses that block every buyer. A HELD seat is available to its holder. */
const takenStatuses: ReadonlySet<string> = new Set(['SOLD', 'BLOCKED']);

const offerFields = `id title upc maxPerOrder seated fulfilment salesStartAt salesEndAt
  price { amount currency } availability { status available } listing { id title status }`;

const seatQuery = `query Seats($seats: [_Any!]!) {
  _entities(representations: $seats) { ... on EventSeat { id status heldByMe offer { id } } }
}`;

/** Maximum number of seats per query, below the subgraph's limit of representations. */
const seatsAtOnce = 1_000;
/** Catalog's limit of `offers(ids:)`. */
const offersAtOnce = 100;
const questionsAtOnce = 4;

const typeId = (type: 'offer' | 'listing' | 'seat'): z.ZodType<string> =>
  z.string().transform((id, context) => {
    const uuid = fromApiId(type, id);
    if (uuid === null) context.addIssue(`not the id of a ${type}`);
    return uuid ?? z.NEVER;
  });

const time = z
  .union([z.string(), z.date()])
  .nullable()
  .transform((value) => (value === null ? null : new Date(value)));

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

interface Question {
  query: string;
  variables: Record<string, unknown>;
  /** The caller's authorization header; null for an anonymous query. */
  authorization: string | null;
}

const seatAnswer = z.object({
  _entities: z.array(
    z
      .object({
        id: typeId('seat'),
        status: z.string(),
        heldByMe: z.boolean(),
        offer: z.object({ id: typeId('offer') }),
      })
      .nullable(),
  ),
});

/**
 * Queries catalog with a timeout, one retry and a circuit breaker. Offers are queried anonymously; seats with
 * the caller's token if present, because only the holder sees their own hold.
 */
export class CatalogClient implements CatalogPort {
  readonly #breaker = new CircuitBreaker({
    name: 'catalog',
    openMessage: unavailable,
    minCalls: 5,
    timeoutMs,
    resetTimeoutMs,
  });
  readonly #execute: SubgraphExecutor;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #log: Log;
  // Offers look the same to every caller, so concurrent lookups share one query.
  readonly #offers = new Batcher<WantedOffer>({
    run: (wanted) => this.#look(wanted),
    maxBatch: offersAtOnce,
    parallel: questionsAtOnce,
  });

  constructor(execute: SubgraphExecutor, options: { gatewaySecret: string | null; log: Log }) {
    this.#execute = execute;
    this.#log = options.log;
    this.#headers = {
      // Catalog can stop working after this time.
      [timeoutHeader]: String(timeoutMs),
      ...(options.gatewaySecret !== null && { [gatewaySecretHeader]: options.gatewaySecret }),
    };
  }

  async find(wanted: readonly OfferReference[]): Promise<(CatalogOffer | null)[]> {
    return Promise.all(
      wanted.map(
        (reference) =>
          new Promise<CatalogOffer | null>((found, failed) => this.#offers.add({ reference, found, failed })),
      ),
    );
  }

  async findSeats(
    seatIds: readonly string[],
    authorization: string | null = null,
  ): Promise<ReadonlyMap<string, CatalogSeat>> {
    const ids = [...new Set(seatIds)];
    const parts = Array.from({ length: Math.ceil(ids.length / seatsAtOnce) }, (_, part) =>
      ids.slice(part * seatsAtOnce, (part + 1) * seatsAtOnce),
    );
    const found = await Promise.all(
      parts.map((part) => {
        const seats = part.map((id) => ({ __typename: 'EventSeat', id: toApiId('seat', id) }));
        return this.#query({ query: seatQuery, variables: { seats }, authorization }, seatAnswer);
      }),
    );
    return new Map(
      found
        .flatMap(({ _entities }) => _entities)
        .flatMap((seat) => (seat ? [[seat.id, { offerId: seat.offer.id, taken: isTaken(seat) }]] : [])),
    );
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
    const question = { query: queryFor(upcs.length), variables, authorization: null };
    const data: Answer = await this.#query(question, answer);
    return wanted.map((reference) =>
      'offerId' in reference
        ? listed(data['offers'], ids.indexOf(reference.offerId))
        : single(data[`u${upcs.indexOf(reference.upc)}`]),
    );
  }

  /** Stops the circuit breaker's timers. */
  close(): void {
    this.#breaker.close();
  }

  async #query<Data>(question: Question, shape: z.ZodType<Data>): Promise<Data> {
    try {
      return await withRetries(() => this.#breaker.call(() => this.#send(question, shape)), {
        retries: 1,
        isRetryable: () => !this.#breaker.isOpen,
      });
    } catch (error) {
      this.#log.warn({ err: error }, 'catalog does not answer');
      throw new Unavailable(unavailable, Math.ceil(resetTimeoutMs / 1_000));
    }
  }

  async #send<Data>({ query, variables, authorization }: Question, shape: z.ZodType<Data>): Promise<Data> {
    const send = async (more: object): ReturnType<SubgraphExecutor> =>
      this.#execute({ query, variables, headers: { ...this.#headers, ...more } });
    const response = await send(authorization === null ? {} : { authorization });
    // If the session has just ended, the caller is anonymous; catalog is not at fault.
    return shape.parse(dataOf(isRefused(response) ? await send({}) : response));
  }
}

function isTaken({ status, heldByMe }: { status: string; heldByMe: boolean }): boolean {
  return takenStatuses.has(status) || (status === 'HELD' && !heldByMe);
}

function isRefused({ errors }: Awaited<ReturnType<SubgraphExecutor>>): boolean {
  return errors?.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED') ?? false;
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

function dataOf({ data, errors }: Awaited<ReturnType<SubgraphExecutor>>): unknown {
  if (errors && errors.length > 0) throw new Error(`Catalog response: ${errors[0]?.message ?? 'an error'}`);
  return data;
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
