import { z } from 'zod';
import { defineCommand } from '../command.js';
import type { EventPayload } from '../event.js';
import { defineEvent } from '../event.js';
import { fulfilment, instant, leavingPerson, money, nothing, obstacles, uuid } from './values.js';

/** One line of the buyer's request. */
export const requestedLine = z.object({
  lineId: uuid,
  offerId: uuid,
  quantity: z.int().min(1),
  /** One for each unit of a seated offer, else empty. */
  seatIds: z.array(uuid).max(100),
});

/** One line as catalog quotes it; the order stores it, so that later changes of the offer have no effect on it. */
export const quotedLine = z.object({
  lineId: uuid,
  offerId: uuid,
  listingId: uuid,
  partnerId: uuid.nullable(),
  title: z.string(),
  upc: z.string().nullable(),
  quantity: z.int().min(1),
  unitPrice: money,
  seatIds: z.array(uuid),
  fulfilment,
  /** From when until when a unit may be redeemed, by the rulings; null is any time. */
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
});

/** A quoted line's type. */
export type QuotedLine = z.infer<typeof quotedLine>;

/** The commands that catalog handles. */
export const catalogCommands = {
  /**
   * Step RESERVE_ITEMS: quotes every line, compares the sum with expectedTotal, holds units and seats until
   * holdUntil. All or nothing. Rejections: NOT_FOUND, NOT_ON_SALE, SEAT_REQUIRED, MAX_PER_ORDER (MaxPerOrderError:
   * offerId as TypeID, maximum, held; of what the buyer holds unpaid by hand and in all checkouts), CURRENCY_MISMATCH, INSUFFICIENT_STOCK (InsufficientStockError: offerId as TypeID, available),
   * SEAT_UNAVAILABLE (SeatUnavailableError: seatIds as TypeIDs), PRICE_CHANGED (PriceChangedError: expected, actual).
   */
  reserveItems: defineCommand('catalog', 'reserveItems', {
    payload: z.object({
      userId: uuid,
      /** Digests of carts that the buyer filled as a guest: seats that are held under them are theirs. */
      cartDigests: z.array(uuid).max(100).nullish(),
      lines: z.array(requestedLine).min(1).max(100),
      expectedTotal: money.nullable(),
      holdUntil: instant,
    }),
    output: z.object({
      lines: z.array(quotedLine),
      total: money,
      /** When the checkout must be paid at the latest; absent in answers of before there was a limit. */
      payBy: instant.nullish(),
    }),
  }),
  /** Undo of reserveItems: what is still held goes back; what is already back stays back. */
  releaseItems: defineCommand('catalog', 'releaseItems', { payload: nothing, output: nothing }),
  /** Sent when a payment begins to wait: extends the hold to the payment's deadline. */
  extendHold: defineCommand('catalog', 'extendHold', {
    payload: z.object({ holdUntil: instant }),
    output: nothing,
  }),
  /**
   * Step CONFIRM_ITEMS: the hold becomes a sale, also where the offer is no longer on sale, since it was promised and may
   * be paid. A hold that ended meanwhile is taken anew where stock allows: INSUFFICIENT_STOCK or SEAT_UNAVAILABLE otherwise.
   */
  confirmItems: defineCommand('catalog', 'confirmItems', {
    payload: z.object({ userId: uuid }),
    output: nothing,
  }),
  /** Undo of confirmItems: units return to stock, seats become free. */
  returnItems: defineCommand('catalog', 'returnItems', { payload: nothing, output: nothing }),
  /** Step RETURN_ITEMS of a cancellation: what was sold to the order's checkout returns to stock, seats become free. */
  returnSoldItems: defineCommand('catalog', 'returnSoldItems', {
    payload: z.object({ checkoutId: uuid }),
    output: nothing,
  }),
  /**
   * Step RETURN_ITEMS of the cancellation of a part of an order: some of what was sold to the order's checkout returns to
   * stock, their seats become free.
   */
  returnSoldUnits: defineCommand('catalog', 'returnSoldUnits', {
    payload: z.object({
      checkoutId: uuid,
      lines: z
        .array(
          z.object({
            lineId: uuid,
            quantity: z.int().min(1),
            /** One for each unit of a seated offer, else empty. */
            seatIds: z.array(uuid).max(100),
          }),
        )
        .min(1)
        .max(100),
    }),
    output: nothing,
  }),
  /** Step VALIDATE_LISTINGS of a deletion: events and departures to come, of which units are sold. */
  validateDeletion: defineCommand('catalog', 'validateDeletion', {
    payload: leavingPerson,
    output: obstacles,
  }),
  /**
   * Step ERASE_CATALOG of a deletion: erases the personal data of a person. Figures stay. Repeating it has no further effect.
   */
  erasePerson: defineCommand('catalog', 'erasePerson', { payload: leavingPerson, output: nothing }),
};

/**
 * A listing after the change: what a search index needs to find, filter and sort it. Other content is read by id. The
 * prices are those of its offers; null without offers. Whether its seller may sell is in account's partnerStatusChanged,
 * the city of an event in venueUpdated. Sales and holds publish no event: an index that filters by availability reads it.
 */
const listingState = z.object({
  listingId: uuid,
  kind: z.enum(['PRODUCT', 'TOUR', 'APP', 'EVENT']),
  status: z.enum(['DRAFT', 'PUBLISHED', 'ARCHIVED']),
  /** Null: the platform's own. */
  partnerId: uuid.nullable(),
  slug: z.string(),
  title: z.string(),
  /** BCP 47 tag; absent in events of before listings had a language. */
  language: z.string().nullish(),
  summary: z.string().nullable(),
  categoryId: uuid.nullable(),
  tags: z.array(z.string()).max(20),
  priceRange: z.object({ min: money, max: money }).nullable(),
  /** Counts the updates of the listing itself. */
  revision: z.int().min(1),
  /** The texts that a search reads besides title, summary and tags; null where it has none, or is of another kind. */
  description: z.string().nullable(),
  brand: z.string().nullable(),
  /** Where a tour begins; what precedes the first comma is its city. That of an event is its venue's. */
  location: z.string().nullable(),
  venueId: uuid.nullable(),
  difficulty: z.enum(['EASY', 'MODERATE', 'HARD']).nullable(),
  /** Times of an event; departures are in the offers. */
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
  /** The first publication, by which lists are sorted; null before. */
  publishedAt: instant.nullable(),
});

/** An offer after the change, with its listing. */
const offerState = z.object({
  offerId: uuid,
  upc: z.string().nullable(),
  title: z.string(),
  price: money,
  /** A higher price to compare it with; null without one. */
  compareAtPrice: money.nullable(),
  /** Units in stock; null: unlimited, or the seats are the stock. */
  onHand: z.int().min(0).nullable(),
  seated: z.boolean(),
  /** Departure of a tour; null for others. */
  startsAt: instant.nullable(),
  salesStartAt: instant.nullable(),
  salesEndAt: instant.nullable(),
  listing: listingState,
});

/** An offer that people may wait for, with the titles by which they know it. */
const offerNews = z.object({
  offerId: uuid,
  listingId: uuid,
  /** Of the offer. */
  title: z.string(),
  listingTitle: z.string(),
});

/** An event or a departure that starts soon. */
export const approachingStart = z.object({
  listingId: uuid,
  /** The offer of a departure; null for an event. */
  offerId: uuid.nullable(),
  /** Of the listing. */
  title: z.string(),
  startsAt: instant,
  /** IANA time zone of the place; null if it is unknown. */
  timeZone: z.string().nullable(),
});

/** A venue after the change. */
const venueState = z.object({
  venueId: uuid,
  /** Null: the platform's own. */
  partnerId: uuid.nullable(),
  name: z.string(),
  city: z.string(),
  countryCode: z.string().length(2),
  /** IANA time zone; null if it is unknown. */
  timeZone: z.string().nullable(),
  capacity: z.int().min(0),
});

/** A category after the change. */
const categoryState = z.object({
  categoryId: uuid,
  name: z.string(),
  slug: z.string(),
  parentId: uuid.nullable(),
});

/** Names of the fields that a change has changed. */
const changed = z.array(z.string()).min(1).max(100);

const listingSeats = z.object({ listingId: uuid, seatIds: z.array(uuid).min(1).max(100) });

/** The events that catalog publishes. The aggregate of a listing's, an offer's and a seat's events is the listing. */
export const catalogEvents = {
  /** A seller created a draft of a listing. */
  listingCreated: defineEvent('catalog', 'listingCreated', listingState),
  /** A seller changed a listing. */
  listingUpdated: defineEvent('catalog', 'listingUpdated', listingState.extend({ changed })),
  /** A listing that was never bought is gone, with its offers. */
  listingDeleted: defineEvent('catalog', 'listingDeleted', z.object({ listingId: uuid })),
  /** A listing is in the shop from now on. */
  listingPublished: defineEvent('catalog', 'listingPublished', listingState),
  /** A listing is not sold any more. */
  listingArchived: defineEvent('catalog', 'listingArchived', listingState),
  /** A seller created an offer; the price range of its listing may have changed. */
  offerCreated: defineEvent('catalog', 'offerCreated', offerState),
  /** A seller changed an offer, not its units; the price range of its listing may have changed. */
  offerUpdated: defineEvent('catalog', 'offerUpdated', offerState.extend({ changed })),
  /** A seller added or removed units. Sales and holds are no adjustments. */
  stockAdjusted: defineEvent(
    'catalog',
    'stockAdjusted',
    z.object({
      offerId: uuid,
      listingId: uuid,
      /** Units added; negative: removed. */
      delta: z.int(),
      /** Units in stock after it, with the reserved ones. */
      onHand: z.int().min(0),
      reason: z.string(),
    }),
  ),
  /**
   * An offer on sale of which no unit was available has one again. Published within a minute, at most once a minute for each
   * offer, and not if it is sold out again by then.
   */
  offerRestocked: defineEvent('catalog', 'offerRestocked', offerNews),
  /** A seller lowered the price of an offer on sale. */
  offerPriceLowered: defineEvent(
    'catalog',
    'offerPriceLowered',
    offerNews.extend({
      price: money,
      /** The price before it, in the same currency. */
      previousPrice: money,
    }),
  ),
  /** A buyer holds seats, or holds them for longer. */
  seatsHeld: defineEvent(
    'catalog',
    'seatsHeld',
    listingSeats.extend({
      /** Null: a guest, for a cart. */
      userId: uuid.nullable(),
      /** The earliest end of the holds. */
      heldUntil: instant,
    }),
  ),
  /**
   * A user's hold of seats outside of a checkout ends within three minutes. Published once for each end of a hold; guests
   * have nobody to remind.
   */
  seatHoldEnding: defineEvent(
    'catalog',
    'seatHoldEnding',
    z.object({
      listingId: uuid,
      /** Of the event. */
      title: z.string(),
      userId: uuid,
      seatIds: z.array(uuid).min(1).max(1_000),
      /** The earliest end of the holds. */
      heldUntil: instant,
    }),
  ),
  /**
   * An event, or a departure of a tour, starts within a day, by the clocks at its place. Published once for each start, and
   * again when it is moved. The aggregate is the listing.
   */
  startApproaching: defineEvent('catalog', 'startApproaching', approachingStart),
  /** A buyer released seats; `seatHoldsExpired` says it of holds that expire. */
  seatsReleased: defineEvent('catalog', 'seatsReleased', listingSeats.extend({ userId: uuid.nullable() })),
  /** Holds before a checkout expired. A seat that another buyer holds at once is in their `seatsHeld` only. */
  seatHoldsExpired: defineEvent(
    'catalog',
    'seatHoldsExpired',
    z.object({
      listingId: uuid,
      seatIds: z.array(uuid).min(1).max(1_000),
      /** The user, or a digest of a guest's cart. */
      holderId: uuid,
    }),
  ),
  /**
   * The units and seats of a checkout went back to stock, because its time was over. A checkout that is paid nevertheless takes it
   * again, where stock allows. The aggregate is the checkout.
   */
  reservationExpired: defineEvent(
    'catalog',
    'reservationExpired',
    z.object({
      checkoutId: uuid,
      /** The buyer; null for checkouts that an older version reserved. */
      userId: uuid.nullable(),
      lines: z
        .array(
          z.object({
            offerId: uuid,
            quantity: z.int().min(1),
            /** Empty for units. */ seatIds: z.array(uuid),
          }),
        )
        .min(1)
        .max(1_000),
    }),
  ),
  /** A seller took seats from sale. */
  seatsBlocked: defineEvent('catalog', 'seatsBlocked', listingSeats),
  /** A seller put blocked seats on sale again. */
  seatsUnblocked: defineEvent('catalog', 'seatsUnblocked', listingSeats),
  /** A seller created a venue. The aggregate is the venue. */
  venueCreated: defineEvent('catalog', 'venueCreated', venueState),
  /** A seller replaced a venue. The aggregate is the venue. */
  venueUpdated: defineEvent('catalog', 'venueUpdated', venueState.extend({ changed })),
  /** A category was created. The aggregate is the category. */
  categoryCreated: defineEvent('catalog', 'categoryCreated', categoryState),
  /** A category was renamed or moved. The aggregate is the category. */
  categoryUpdated: defineEvent('catalog', 'categoryUpdated', categoryState.extend({ changed })),
  /** A category without listings is gone. The aggregate is the category. */
  categoryDeleted: defineEvent('catalog', 'categoryDeleted', z.object({ categoryId: uuid })),
  /** A seller may upload a picture. The aggregate is the image. */
  imageUploadCreated: defineEvent(
    'catalog',
    'imageUploadCreated',
    z.object({ imageId: uuid, /** Null: the platform's own. */ partnerId: uuid.nullable() }),
  ),
  /** A picture was uploaded and stored. The aggregate is the image. */
  imageUploaded: defineEvent(
    'catalog',
    'imageUploaded',
    z.object({
      imageId: uuid,
      /** Null: the platform's own. */
      partnerId: uuid.nullable(),
      /** Pixels of the largest stored size. */
      width: z.int().min(1),
      height: z.int().min(1),
      /** Size of the uploaded file. */
      bytes: z.int().min(1),
    }),
  ),
};

/** A listing after a change. */
export type ListingState = EventPayload<typeof catalogEvents.listingCreated>;

/** A venue after a change. */
export type VenueState = EventPayload<typeof catalogEvents.venueCreated>;

/** An offer after a change. */
export type OfferState = EventPayload<typeof catalogEvents.offerCreated>;
