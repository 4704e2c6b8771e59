import type { SubgraphExecutor } from '@souk/shared/graph/server';
import { fromApiId, newId, toApiId } from '@souk/shared/ids';

/** An offer of the fake catalog. */
export interface FakeOffer {
  /** UUID. */
  uuid: string;
  /** TypeID. */
  id: string;
  listingUuid: string;
  partnerUuid: string | null;
  upc: string | null;
  amount: number;
  currency: string;
  maxPerOrder: number;
  seated: boolean;
  fulfilment: 'SHIPMENT' | 'TOUR_TOKEN' | 'LICENCE' | 'TICKET';
  available: number | null;
  status: string;
  listingStatus: string;
  salesStartAt: string | null;
  salesEndAt: string | null;
}

interface SeatChange {
  seatIds: string[];
  userId: string | null;
  cartDigests: string[];
}

/** Replaces catalog for order's calls. */
export class FakeCatalog {
  readonly offers = new Map<string, FakeOffer>();
  /** Sold seats; TypeIDs. */
  readonly sold = new Set<string>();
  /** Unknown seats; TypeIDs. All others belong to the latest seated offer. */
  readonly missing = new Set<string>();
  /** Holders of seats by TypeID. A test that clears it lets all holds end. */
  readonly holds = new Map<string, string>();
  /** End of all holds. */
  heldUntil = new Date(Date.now() + 600_000);
  /** Number of queries so far. */
  queries = 0;
  away = false;

  offer(over: Partial<FakeOffer> = {}): FakeOffer {
    const uuid = newId();
    const offer: FakeOffer = {
      uuid,
      id: toApiId('offer', uuid),
      listingUuid: newId(),
      partnerUuid: null,
      upc: null,
      amount: 1_000,
      currency: 'EUR',
      maxPerOrder: 10,
      seated: false,
      fulfilment: 'LICENCE',
      available: 100,
      status: 'IN_STOCK',
      listingStatus: 'PUBLISHED',
      salesStartAt: null,
      salesEndAt: null,
      ...over,
    };
    this.offers.set(uuid, offer);
    return offer;
  }

  readonly execute: SubgraphExecutor = ({ query, variables = {} }) => {
    this.queries += 1;
    if (this.away) return Promise.reject(new Error('catalog is away'));
    if ('cartDigests' in variables)
      return Promise.resolve({ data: { change: this.#change(query, variables as unknown as SeatChange) } });
    if (query.includes('Admission')) return Promise.resolve({ data: this.#admission() });
    if ('seats' in variables)
      return Promise.resolve({ data: { _entities: this.#seats(variables['seats'] as { id: string }[]) } });
    if ('listings' in variables)
      return Promise.resolve({
        data: { _entities: this.#listings(variables['listings'] as { id: string }[]) },
      });
    const { ids, ...upcs } = variables as { ids: string[] } & Record<string, string>;
    const byUpc = Object.entries(upcs).map(([name, upc]) => [
      name,
      shown([...this.offers.values()].find((offer) => offer.upc === upc)),
    ]);
    return Promise.resolve({
      data: {
        offers: ids.map((id) => shown(this.offers.get(fromApiId('offer', id) ?? ''))),
        ...(Object.fromEntries(byUpc) as object),
      },
    });
  };

  /** Every offer is for the same event, which starts in a day. */
  #admission(): Record<string, unknown> {
    const venue = { name: 'Coliseu', address: 'Rua 1', city: 'Lisboa', timeZone: 'Europe/Lisbon' };
    const [startsAt, endsAt] = [24, 26].map((hours) =>
      new Date(Date.now() + hours * 3_600_000).toISOString(),
    );
    return { offers: [{ startsAt: null, listing: { startsAt, endsAt, venue } }], _entities: [] };
  }

  #change(query: string, { seatIds, userId, cartDigests }: SeatChange): object {
    const own = [...(userId === null ? [] : [userId]), ...cartDigests];
    const isOwn = (id: string): boolean => own.includes(this.holds.get(id) ?? '');
    if (query.includes('releaseCartSeats')) {
      for (const id of seatIds) if (isOwn(id)) this.holds.delete(id);
      return { userErrors: [] };
    }
    const taken = seatIds.filter((id) => this.sold.has(id) || (this.holds.has(id) && !isOwn(id)));
    if (taken.length > 0)
      return {
        userErrors: [
          {
            __typename: 'SeatUnavailableError',
            code: 'SEAT_UNAVAILABLE',
            message: 'A seat is no longer available.',
            seatIds: taken,
          },
        ],
      };
    for (const id of seatIds) this.holds.set(id, own[0] ?? '');
    return { userErrors: [] };
  }

  #listings(references: readonly { id: string }[]): (object | null)[] {
    return references.map(({ id }) => {
      const offer = [...this.offers.values()].find(
        ({ listingUuid }) => toApiId('listing', listingUuid) === id,
      );
      if (!offer || offer.listingStatus === 'DRAFT') return null;
      const { partnerUuid } = offer;
      return { id, partner: partnerUuid === null ? null : { id: toApiId('partner', partnerUuid) } };
    });
  }

  #seats(references: readonly { id: string }[]): (object | null)[] {
    const offer = [...this.offers.values()].findLast(({ seated }) => seated);
    return references.map(({ id }) =>
      !offer || this.missing.has(id)
        ? null
        : {
            id,
            status: this.sold.has(id) ? 'SOLD' : this.holds.has(id) ? 'HELD' : 'AVAILABLE',
            holder: this.holds.get(id) ?? null,
            heldUntil: this.holds.has(id) ? this.heldUntil : null,
            offer: { id: offer.id },
          },
    );
  }
}

function shown(offer: FakeOffer | undefined): object | null {
  if (!offer) return null;
  const { id, upc, amount, currency, maxPerOrder, seated, fulfilment, salesStartAt, salesEndAt } = offer;
  return {
    id,
    upc,
    title: 'Standard',
    maxPerOrder,
    seated,
    fulfilment,
    salesStartAt,
    salesEndAt,
    price: { amount, currency },
    availability: { status: offer.status, available: offer.available },
    listing: { id: toApiId('listing', offer.listingUuid), title: 'A thing', status: offer.listingStatus },
  };
}
