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

/** Replaces catalog for order's queries. */
export class FakeCatalog {
  readonly offers = new Map<string, FakeOffer>();
  /** Sold seats; TypeIDs. */
  readonly sold = new Set<string>();
  /** Unknown seats; TypeIDs. All others belong to the latest seated offer. */
  readonly missing = new Set<string>();
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

  readonly execute: SubgraphExecutor = ({ variables = {} }) => {
    this.queries += 1;
    if (this.away) return Promise.reject(new Error('catalog is away'));
    if ('seats' in variables)
      return Promise.resolve({ data: { _entities: this.#seats(variables['seats'] as { id: string }[]) } });
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

  #seats(references: readonly { id: string }[]): (object | null)[] {
    const offer = [...this.offers.values()].findLast(({ seated }) => seated);
    return references.map(({ id }) =>
      !offer || this.missing.has(id)
        ? null
        : {
            id,
            status: this.sold.has(id) ? 'SOLD' : 'AVAILABLE',
            heldByMe: false,
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
