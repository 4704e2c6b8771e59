import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Money as MoneyValue } from '@souk/shared/money';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { ListingEntity } from '../entities/listing.js';
import type { OfferEntity } from '../entities/offer.js';
import type { OfferAvailability, PartnerReference, ListingConnection as ListingConnectionModel, ListingEdge as ListingEdgeModel } from '../models.js';
import type { EventSeatEntity } from '../entities/event-seat.js';
import type { VenueEntity } from '../entities/venue.js';
import type { CategoryEntity } from '../entities/category.js';
import type { Context } from '../context.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  DateTime: { input: Date; output: Date; }
  EmailAddress: { input: string; output: string; }
  JSON: { input: unknown; output: unknown; }
  /** An integer up to 2^53 - 1. */
  SafeInt: { input: number; output: number; }
  URL: { input: URL; output: URL | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** For actions with nothing to return. */
export type ActionPayload = {
  __typename?: 'ActionPayload';
  ok: Scalars['Boolean']['output'];
  /** The first 100 where there are more. */
  userErrors: Array<UserError>;
};

export type Address = {
  __typename?: 'Address';
  /** Empty in countries whose addresses name no city. */
  city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2. */
  countryCode: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  isDefault: Scalars['Boolean']['output'];
  label: Maybe<Scalars['String']['output']>;
  line1: Scalars['String']['output'];
  line2: Maybe<Scalars['String']['output']>;
  phone: Maybe<Scalars['String']['output']>;
  /** Empty in countries without postal codes. */
  postalCode: Scalars['String']['output'];
  recipient: Scalars['String']['output'];
  region: Maybe<Scalars['String']['output']>;
};

export type AdjustStockInput = {
  /** Units to add; negative to remove. */
  delta: Scalars['Int']['input'];
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** At most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  offerId: Scalars['ID']['input'];
  /** At most 500 characters. */
  reason: Scalars['String']['input'];
};

/** Software; each offer is a licence plan. */
export type App = Listing & {
  __typename?: 'App';
  category: Maybe<Category>;
  createdAt: Scalars['DateTime']['output'];
  description: Maybe<Scalars['String']['output']>;
  features: Maybe<Scalars['JSON']['output']>;
  id: Scalars['ID']['output'];
  images: Array<Image>;
  kind: ListingKind;
  offers: Array<Offer>;
  partner: Maybe<Partner>;
  /** 20 at most. */
  platforms: Array<Scalars['String']['output']>;
  priceRange: Maybe<PriceRange>;
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  slug: Scalars['String']['output'];
  status: ListingStatus;
  summary: Maybe<Scalars['String']['output']>;
  tags: Array<Scalars['String']['output']>;
  title: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
  version: Scalars['String']['output'];
  website: Maybe<Scalars['URL']['output']>;
};

export type AppInput = {
  listing: ListingInput;
  /** Each has at most 50 characters. */
  platforms?: InputMaybe<Array<Scalars['String']['input']>>;
  /** At most 50 characters. */
  version?: InputMaybe<Scalars['String']['input']>;
  /** At most 2,048 characters as a URL. */
  website?: InputMaybe<Scalars['URL']['input']>;
};

export type Availability = {
  __typename?: 'Availability';
  /** Null when unlimited. */
  available: Maybe<Scalars['Int']['output']>;
  /** onHand and reserved: for the owning partner and catalog:manage. */
  onHand: Maybe<Scalars['Int']['output']>;
  reserved: Maybe<Scalars['Int']['output']>;
  status: AvailabilityStatus;
};

export type AvailabilityStatus =
  | 'IN_STOCK'
  | 'LOW_STOCK'
  /** The listing is not published, its seller is suspended, or the sale has not begun or has ended. */
  | 'NOT_ON_SALE'
  | 'SOLD_OUT';

export type Category = {
  __typename?: 'Category';
  /** By name. first is 1,000 at most; the next page begins after the id of a category. */
  children: Array<Category>;
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  parent: Maybe<Category>;
  slug: Scalars['String']['output'];
};


export type CategoryChildrenArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type CategoryPayload = {
  __typename?: 'CategoryPayload';
  category: Maybe<Category>;
  userErrors: Array<UserError>;
};

export type ErrorCode =
  | 'CONFLICT'
  | 'IDEMPOTENCY_CONFLICT'
  | 'INSUFFICIENT_STOCK'
  | 'INVALID'
  | 'IN_USE'
  | 'MAX_PER_ORDER'
  | 'NOT_FOUND'
  | 'NOT_OWNER'
  | 'PARTNER_NOT_VERIFIED'
  | 'SEAT_UNAVAILABLE'
  | 'SLUG_TAKEN'
  | 'STALE_WRITE'
  /** Too many seats of an offer are held from the caller's network. A checkout needs no hold. */
  | 'TOO_MANY_HOLDS'
  | 'UPC_TAKEN';

/** An event at a venue and a time; each offer is a ticket type, with seats or general admission. */
export type Event = Listing & {
  __typename?: 'Event';
  /** The best adjacent free seats, or an empty list. quantity is 1 to 100. */
  bestAvailable: Array<EventSeat>;
  category: Maybe<Category>;
  createdAt: Scalars['DateTime']['output'];
  description: Maybe<Scalars['String']['output']>;
  doorsOpenAt: Maybe<Scalars['DateTime']['output']>;
  endsAt: Scalars['DateTime']['output'];
  features: Maybe<Scalars['JSON']['output']>;
  id: Scalars['ID']['output'];
  images: Array<Image>;
  kind: ListingKind;
  offers: Array<Offer>;
  partner: Maybe<Partner>;
  priceRange: Maybe<PriceRange>;
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * Empty for general admission. By section, row and number. An event has 20,000 seats at most, all of which come where
   * first is left out; the next page begins after the id of a seat.
   */
  seats: Array<EventSeat>;
  slug: Scalars['String']['output'];
  startsAt: Scalars['DateTime']['output'];
  status: ListingStatus;
  summary: Maybe<Scalars['String']['output']>;
  tags: Array<Scalars['String']['output']>;
  title: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
  venue: Venue;
};


/** An event at a venue and a time; each offer is a ticket type, with seats or general admission. */
export type EventBestAvailableArgs = {
  offerId: InputMaybe<Scalars['ID']['input']>;
  quantity: Scalars['Int']['input'];
};


/** An event at a venue and a time; each offer is a ticket type, with seats or general admission. */
export type EventSeatsArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first: InputMaybe<Scalars['Int']['input']>;
  section: InputMaybe<Scalars['String']['input']>;
  status: InputMaybe<SeatStatus>;
};

export type EventInput = {
  /** By startsAt. */
  doorsOpenAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** After startsAt; in the future at publication. */
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  listing: ListingInput;
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** The seller's own venue or one of the platform. Another seller's venue is rejected (NOT_OWNER), also on publication. */
  venueId?: InputMaybe<Scalars['ID']['input']>;
};

/** One seat at one event. */
export type EventSeat = {
  __typename?: 'EventSeat';
  heldByMe: Scalars['Boolean']['output'];
  /** Set while HELD. */
  heldUntil: Maybe<Scalars['DateTime']['output']>;
  id: Scalars['ID']['output'];
  number: Scalars['String']['output'];
  offer: Offer;
  row: Scalars['String']['output'];
  section: Scalars['String']['output'];
  status: SeatStatus;
  x: Maybe<Scalars['Float']['output']>;
  y: Maybe<Scalars['Float']['output']>;
};

export type Facet = {
  __typename?: 'Facet';
  /** kind, category, tag, priceBand, city, partner */
  name: Scalars['String']['output'];
  /** The 50 with the highest counts. */
  values: Array<FacetValue>;
};

export type FacetValue = {
  __typename?: 'FacetValue';
  count: Scalars['Int']['output'];
  label: Scalars['String']['output'];
  value: Scalars['String']['output'];
};

/** How a unit is fulfilled. */
export type Fulfilment =
  | 'LICENCE'
  | 'SHIPMENT'
  | 'TICKET'
  | 'TOUR_TOKEN';

/** The key was used before with other arguments. */
export type IdempotencyConflictError = UserError & {
  __typename?: 'IdempotencyConflictError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  firstUsedAt: Scalars['DateTime']['output'];
  idempotencyKey: Scalars['String']['output'];
  message: Scalars['String']['output'];
};

export type Image = {
  __typename?: 'Image';
  alt: Maybe<Scalars['String']['output']>;
  height: Maybe<Scalars['Int']['output']>;
  url: Scalars['URL']['output'];
  width: Maybe<Scalars['Int']['output']>;
};

export type ImageInput = {
  /** At most 300 characters. */
  alt?: InputMaybe<Scalars['String']['input']>;
  /** At most 20,000 characters as a URL. */
  url: Scalars['URL']['input'];
};

/** A refusal that carries nothing beyond its code. */
export type InputError = UserError & {
  __typename?: 'InputError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type InsufficientStockError = UserError & {
  __typename?: 'InsufficientStockError';
  available: Scalars['Int']['output'];
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  offerId: Scalars['ID']['output'];
};

/** A thing that is offered for sale. Carts contain its offers. (schema.org: Product, TouristTrip, SoftwareApplication, Event.) */
export type Listing = {
  category: Maybe<Category>;
  createdAt: Scalars['DateTime']['output'];
  /** Markdown. */
  description: Maybe<Scalars['String']['output']>;
  /** Free-form attributes: an app's feature list, a product's dimensions. */
  features: Maybe<Scalars['JSON']['output']>;
  id: Scalars['ID']['output'];
  /** 20 at most. */
  images: Array<Image>;
  kind: ListingKind;
  /** 200 at most: createOffer refuses more (INVALID). */
  offers: Array<Offer>;
  partner: Maybe<Partner>;
  priceRange: Maybe<PriceRange>;
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  slug: Scalars['String']['output'];
  status: ListingStatus;
  summary: Maybe<Scalars['String']['output']>;
  /** 20 at most. */
  tags: Array<Scalars['String']['output']>;
  title: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
};

export type ListingConnection = {
  __typename?: 'ListingConnection';
  edges: Array<ListingEdge>;
  /** Counts over the whole result, not the page. */
  facets: Array<Facet>;
  nodes: Array<Listing>;
  pageInfo: PageInfo;
  totalCount: Scalars['Int']['output'];
};

export type ListingEdge = {
  __typename?: 'ListingEdge';
  cursor: Scalars['String']['output'];
  node: Listing;
  /** Rank of a text search, higher is better. */
  score: Maybe<Scalars['Float']['output']>;
};

export type ListingFilter = {
  availableOnly?: InputMaybe<Scalars['Boolean']['input']>;
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** At most 200 characters. */
  city?: InputMaybe<Scalars['String']['input']>;
  kinds?: InputMaybe<Array<ListingKind>>;
  partnerId?: InputMaybe<Scalars['ID']['input']>;
  priceMax?: InputMaybe<MoneyInput>;
  priceMin?: InputMaybe<MoneyInput>;
  /** Words, with stemming and tolerance for misspelling. At most 200 characters. */
  search?: InputMaybe<Scalars['String']['input']>;
  startsAfter?: InputMaybe<Scalars['DateTime']['input']>;
  startsBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Statuses other than PUBLISHED require catalog:manage or ownership. */
  status?: InputMaybe<ListingStatus>;
  /** Each has at most 200 characters. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

export type ListingInput = {
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** At most 20,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** At most 20,000 characters as JSON text. */
  features?: InputMaybe<Scalars['JSON']['input']>;
  images?: InputMaybe<Array<ImageInput>>;
  /** At most 100 characters. */
  slug?: InputMaybe<Scalars['String']['input']>;
  /** At most 500 characters. */
  summary?: InputMaybe<Scalars['String']['input']>;
  /** Each has at most 50 characters. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** At most 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
};

export type ListingKind =
  | 'APP'
  | 'EVENT'
  | 'PRODUCT'
  | 'TOUR';

export type ListingPayload = {
  __typename?: 'ListingPayload';
  listing: Maybe<Listing>;
  userErrors: Array<UserError>;
};

export type ListingSort =
  | 'NEWEST'
  | 'PRICE_ASC'
  | 'PRICE_DESC'
  | 'RELEVANCE'
  | 'STARTS_AT'
  | 'TITLE';

export type ListingStatus =
  | 'ARCHIVED'
  | 'DRAFT'
  | 'PUBLISHED';

/** More of an offer than one buyer may hold without having paid: in one order, or in seats held and open checkouts together. */
export type MaxPerOrderError = UserError & {
  __typename?: 'MaxPerOrderError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  /** How many the buyer holds already, beside those that were refused. */
  held: Scalars['Int']['output'];
  /** How many units one buyer may hold unpaid. */
  maximum: Scalars['Int']['output'];
  message: Scalars['String']['output'];
  offerId: Scalars['ID']['output'];
};

/** An exact amount in the currency's minor unit (cents; yen have none). */
export type Money = {
  __typename?: 'Money';
  amount: Scalars['SafeInt']['output'];
  /** ISO 4217. */
  currency: Scalars['String']['output'];
  /** Written for reading, e.g. "€12.50", in the request's Accept-Language. */
  formatted: Scalars['String']['output'];
};

export type MoneyInput = {
  amount: Scalars['SafeInt']['input'];
  /** At most 3 characters. */
  currency: Scalars['String']['input'];
};

/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type Mutation = {
  __typename?: 'Mutation';
  adjustStock: OfferPayload;
  archiveListing: ListingPayload;
  blockSeats: SeatHoldPayload;
  createApp: ListingPayload;
  createCategory: CategoryPayload;
  createEvent: ListingPayload;
  /**
   * Error codes: NOT_FOUND, NOT_OWNER, PARTNER_NOT_VERIFIED, INVALID (dates at which the offer could never be sold among
   * them), CONFLICT (a section that another offer sells), UPC_TAKEN.
   */
  createOffer: OfferPayload;
  createProduct: ListingPayload;
  createTour: ListingPayload;
  createVenue: VenuePayload;
  deleteCategory: ActionPayload;
  /** Deletes a listing that was never bought (IN_USE otherwise: archive it). */
  deleteListing: ActionPayload;
  /**
   * Holds seats for 10 minutes (CATALOG_HOLD_MINUTES), all or none; extends seats that the caller already holds, up to 30 minutes in total (CATALOG_HOLD_MAX_MINUTES) from the first hold. Releasing and taking a seat again does not reset the total; leaving it free for the length of a hold does. heldUntil is the actual end.
   * Error codes: NOT_FOUND, INVALID (not on sale), SEAT_UNAVAILABLE (SeatUnavailableError: taken, or the total is used up), MAX_PER_ORDER (MaxPerOrderError: more units of an offer than one order may have, including the caller's open checkouts), TOO_MANY_HOLDS (seats of an offer that are held from the caller's network, in production at most 5 times maxPerOrder: CATALOG_HOLDERS_PER_NETWORK).
   */
  holdSeats: SeatHoldPayload;
  /**
   * Error codes: NOT_FOUND, NOT_OWNER, PARTNER_NOT_VERIFIED, INVALID (each missing field, an event that is over, a listing
   * of which no offer can be sold any more).
   */
  publishListing: ListingPayload;
  releaseSeats: SeatHoldPayload;
  updateApp: ListingPayload;
  updateCategory: CategoryPayload;
  updateEvent: ListingPayload;
  updateOffer: OfferPayload;
  updateProduct: ListingPayload;
  updateTour: ListingPayload;
  /** Replaces the whole venue; events already on sale keep their seats. */
  updateVenue: VenuePayload;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationAdjustStockArgs = {
  input: AdjustStockInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationArchiveListingArgs = {
  id: Scalars['ID']['input'];
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationBlockSeatsArgs = {
  blocked: Scalars['Boolean']['input'];
  seatIds: Array<Scalars['ID']['input']>;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationCreateAppArgs = {
  input: AppInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationCreateCategoryArgs = {
  name: Scalars['String']['input'];
  parentId: InputMaybe<Scalars['ID']['input']>;
  slug: InputMaybe<Scalars['String']['input']>;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationCreateEventArgs = {
  input: EventInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationCreateOfferArgs = {
  input: OfferInput;
  listingId: Scalars['ID']['input'];
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationCreateProductArgs = {
  input: ProductInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationCreateTourArgs = {
  input: TourInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationCreateVenueArgs = {
  input: VenueInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationDeleteCategoryArgs = {
  id: Scalars['ID']['input'];
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationDeleteListingArgs = {
  id: Scalars['ID']['input'];
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationHoldSeatsArgs = {
  seatIds: Array<Scalars['ID']['input']>;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationPublishListingArgs = {
  id: Scalars['ID']['input'];
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationReleaseSeatsArgs = {
  seatIds: Array<Scalars['ID']['input']>;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationUpdateAppArgs = {
  id: Scalars['ID']['input'];
  input: AppInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationUpdateCategoryArgs = {
  id: Scalars['ID']['input'];
  name: InputMaybe<Scalars['String']['input']>;
  parentId: InputMaybe<Scalars['ID']['input']>;
  slug: InputMaybe<Scalars['String']['input']>;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationUpdateEventArgs = {
  id: Scalars['ID']['input'];
  input: EventInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationUpdateOfferArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  input: OfferInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationUpdateProductArgs = {
  id: Scalars['ID']['input'];
  input: ProductInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationUpdateTourArgs = {
  id: Scalars['ID']['input'];
  input: TourInput;
};


/** Catalog mutations require catalog:manage, or a verified partner who owns the listing. */
export type MutationUpdateVenueArgs = {
  id: Scalars['ID']['input'];
  input: VenueInput;
};

/** The unit of sale: a stocked item, a departure, a licence plan, a ticket type. */
export type Offer = {
  __typename?: 'Offer';
  availability: Availability;
  fulfilment: Fulfilment;
  id: Scalars['ID']['output'];
  listing: Listing;
  /** Maximum number of units that one buyer may hold without payment: in one order, and in seats held by holdSeats and open checkouts together (MAX_PER_ORDER). */
  maxPerOrder: Scalars['Int']['output'];
  price: Money;
  /** Increases with every write. Pass it back to change the offer or its stock (STALE_WRITE otherwise). */
  revision: Scalars['Int']['output'];
  /** When null, the sale ends with the start of the event or departure. It never lasts beyond the end of the event. */
  salesEndAt: Maybe<Scalars['DateTime']['output']>;
  salesStartAt: Maybe<Scalars['DateTime']['output']>;
  /** Whether a seat must be chosen for each unit. */
  seated: Scalars['Boolean']['output'];
  /** Departure time of a tour's offer. */
  startsAt: Maybe<Scalars['DateTime']['output']>;
  title: Scalars['String']['output'];
  /** Universal product code, unique where present. */
  upc: Maybe<Scalars['String']['output']>;
};

export type OfferInput = {
  /** 1 to 100; default 10. */
  maxPerOrder?: InputMaybe<Scalars['Int']['input']>;
  /** Units on hand at creation; null is unlimited. Rejected (INVALID) by updateOffer (use adjustStock) and for seated offers, whose seats are the stock. */
  onHand?: InputMaybe<Scalars['Int']['input']>;
  price?: InputMaybe<MoneyInput>;
  /** In the future, after salesStartAt, and by the departure or the end of the event. When null, the sale ends with the start of the event or departure. */
  salesEndAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before the end of the sale: salesEndAt, or else the start of the event or departure. */
  salesStartAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Venue sections that this ticket type sells; makes the offer seated. Each has at most 100 characters. */
  sections?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Departure time, in the future; for a tour's offer only. */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** At most 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** At most 64 characters. */
  upc?: InputMaybe<Scalars['String']['input']>;
};

export type OfferPayload = {
  __typename?: 'OfferPayload';
  offer: Maybe<Offer>;
  /** True if the idempotency key was already used; false for mutations without a key. */
  replayed: Scalars['Boolean']['output'];
  userErrors: Array<UserError>;
};

export type PageInfo = {
  __typename?: 'PageInfo';
  endCursor: Maybe<Scalars['String']['output']>;
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor: Maybe<Scalars['String']['output']>;
};

export type Partner = {
  __typename?: 'Partner';
  id: Scalars['ID']['output'];
  listings: ListingConnection;
  /** By name. first is 500 at most; the next page begins after the id of a venue. */
  venues: Array<Venue>;
};


export type PartnerListingsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status: InputMaybe<ListingStatus>;
};


export type PartnerVenuesArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type PaymentMethod =
  | 'BANK_TRANSFER'
  | 'CREDIT_CARD'
  | 'E_WALLET'
  | 'VIRTUAL_ACCOUNT';

export type PriceRange = {
  __typename?: 'PriceRange';
  max: Money;
  min: Money;
};

/** Physical goods. */
export type Product = Listing & {
  __typename?: 'Product';
  brand: Maybe<Scalars['String']['output']>;
  category: Maybe<Category>;
  createdAt: Scalars['DateTime']['output'];
  description: Maybe<Scalars['String']['output']>;
  features: Maybe<Scalars['JSON']['output']>;
  id: Scalars['ID']['output'];
  images: Array<Image>;
  kind: ListingKind;
  offers: Array<Offer>;
  partner: Maybe<Partner>;
  priceRange: Maybe<PriceRange>;
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  slug: Scalars['String']['output'];
  status: ListingStatus;
  summary: Maybe<Scalars['String']['output']>;
  tags: Array<Scalars['String']['output']>;
  title: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
  weightGrams: Maybe<Scalars['Int']['output']>;
};

export type ProductInput = {
  /** At most 100 characters. */
  brand?: InputMaybe<Scalars['String']['input']>;
  listing: ListingInput;
  weightGrams?: InputMaybe<Scalars['Int']['input']>;
};

export type Query = {
  __typename?: 'Query';
  /** All categories by name, at every level of the tree. first is 1,000 at most; the next page begins after the id of a category. */
  categories: Array<Category>;
  listing: Maybe<Listing>;
  listings: ListingConnection;
  /** Offers with fewer free units than the threshold, or than the setting catalog.lowStockThreshold. first is 100 at most. */
  lowStock: Array<Offer>;
  offer: Maybe<Offer>;
  /**
   * In the order of the ids, 100 at most; null for unknown ids and for offers of drafts. Availability.status is
   * NOT_ON_SALE for every reason not to sell: an archived listing, a sale that has not begun or has ended, an event or
   * departure that has begun, a suspended seller. SOLD_OUT and available speak of stock only.
   */
  offers: Array<Maybe<Offer>>;
  /** Completions of a search term. limit is 100 at most. */
  suggestListings: Array<Scalars['String']['output']>;
  venue: Maybe<Venue>;
  /** By name. first is 500 at most; the next page begins after the id of a venue. */
  venues: Array<Venue>;
};


export type QueryCategoriesArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


export type QueryListingArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  slug: InputMaybe<Scalars['String']['input']>;
};


export type QueryListingsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<ListingFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  sort: InputMaybe<ListingSort>;
};


export type QueryLowStockArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  threshold: InputMaybe<Scalars['Int']['input']>;
};


export type QueryOfferArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  upc: InputMaybe<Scalars['String']['input']>;
};


export type QueryOffersArgs = {
  ids: Array<Scalars['ID']['input']>;
};


export type QuerySuggestListingsArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  prefix: Scalars['String']['input'];
};


export type QueryVenueArgs = {
  id: Scalars['ID']['input'];
};


export type QueryVenuesArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  city: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type SeatHoldPayload = {
  __typename?: 'SeatHoldPayload';
  heldUntil: Maybe<Scalars['DateTime']['output']>;
  seats: Maybe<Array<EventSeat>>;
  userErrors: Array<UserError>;
};

export type SeatStatus =
  | 'AVAILABLE'
  | 'BLOCKED'
  | 'HELD'
  | 'SOLD';

export type SeatUnavailableError = UserError & {
  __typename?: 'SeatUnavailableError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  /** The first 100 where there are more. */
  seatIds: Array<Scalars['ID']['output']>;
};

export type Subscription = {
  __typename?: 'Subscription';
  /** The listing's offers and seats, each time their availability changes. */
  availabilityChanged: Listing;
};


export type SubscriptionAvailabilityChangedArgs = {
  listingId: Scalars['ID']['input'];
};

/** Too much was tried of late. */
export type TooManyAttemptsError = UserError & {
  __typename?: 'TooManyAttemptsError';
  code: ErrorCode;
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
  /** When it makes sense to try again. */
  retryAt: Scalars['DateTime']['output'];
};

/** A guided trip; each offer is a departure. */
export type Tour = Listing & {
  __typename?: 'Tour';
  category: Maybe<Category>;
  createdAt: Scalars['DateTime']['output'];
  description: Maybe<Scalars['String']['output']>;
  difficulty: TourDifficulty;
  durationMinutes: Scalars['Int']['output'];
  features: Maybe<Scalars['JSON']['output']>;
  id: Scalars['ID']['output'];
  images: Array<Image>;
  /** Key points in walking order; 100 at most. */
  itinerary: Array<TourStop>;
  kind: ListingKind;
  location: Scalars['String']['output'];
  offers: Array<Offer>;
  partner: Maybe<Partner>;
  priceRange: Maybe<PriceRange>;
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  slug: Scalars['String']['output'];
  status: ListingStatus;
  summary: Maybe<Scalars['String']['output']>;
  tags: Array<Scalars['String']['output']>;
  title: Scalars['String']['output'];
  updatedAt: Scalars['DateTime']['output'];
};

export type TourDifficulty =
  | 'EASY'
  | 'HARD'
  | 'MODERATE';

export type TourInput = {
  difficulty?: InputMaybe<TourDifficulty>;
  durationMinutes?: InputMaybe<Scalars['Int']['input']>;
  itinerary?: InputMaybe<Array<TourStopInput>>;
  listing: ListingInput;
  /** At most 200 characters. */
  location?: InputMaybe<Scalars['String']['input']>;
};

export type TourStop = {
  __typename?: 'TourStop';
  description: Maybe<Scalars['String']['output']>;
  latitude: Scalars['Float']['output'];
  longitude: Scalars['Float']['output'];
  name: Scalars['String']['output'];
};

export type TourStopInput = {
  /** At most 2,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  latitude: Scalars['Float']['input'];
  longitude: Scalars['Float']['input'];
  /** At most 200 characters. */
  name: Scalars['String']['input'];
};

/** A refusal the caller can act on. Implementations carry the numbers a client needs. */
export type UserError = {
  code: ErrorCode;
  /** Path into the input, e.g. ["input", "items", "0", "quantity"]; 10 steps at most. */
  field: Maybe<Array<Scalars['String']['output']>>;
  message: Scalars['String']['output'];
};

export type Venue = {
  __typename?: 'Venue';
  address: Scalars['String']['output'];
  capacity: Scalars['Int']['output'];
  city: Scalars['String']['output'];
  countryCode: Scalars['String']['output'];
  id: Scalars['ID']['output'];
  latitude: Maybe<Scalars['Float']['output']>;
  longitude: Maybe<Scalars['Float']['output']>;
  name: Scalars['String']['output'];
  /** The seller who may hold events here; null for the platform's venues, which all sellers may use. */
  partner: Maybe<Partner>;
  /** 100 at most. */
  sections: Array<VenueSection>;
};

export type VenueInput = {
  /** At most 300 characters. */
  address: Scalars['String']['input'];
  /** Capacity without seats; the number of seats if there are sections. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
  /** At most 100 characters. */
  city: Scalars['String']['input'];
  /** At most 2 characters. */
  countryCode: Scalars['String']['input'];
  latitude?: InputMaybe<Scalars['Float']['input']>;
  longitude?: InputMaybe<Scalars['Float']['input']>;
  /** At most 200 characters. */
  name: Scalars['String']['input'];
  sections?: InputMaybe<Array<VenueSectionInput>>;
};

export type VenuePayload = {
  __typename?: 'VenuePayload';
  userErrors: Array<UserError>;
  venue: Maybe<Venue>;
};

export type VenueSection = {
  __typename?: 'VenueSection';
  name: Scalars['String']['output'];
  rows: Scalars['Int']['output'];
  seatsPerRow: Scalars['Int']['output'];
  /** Place on the seat map, for drawing. */
  x: Maybe<Scalars['Float']['output']>;
  y: Maybe<Scalars['Float']['output']>;
};

export type VenueSectionInput = {
  /** At most 100 characters. */
  name: Scalars['String']['input'];
  rows: Scalars['Int']['input'];
  seatsPerRow: Scalars['Int']['input'];
  x?: InputMaybe<Scalars['Float']['input']>;
  y?: InputMaybe<Scalars['Float']['input']>;
};

export type CacheControl__Scope =
  | 'PRIVATE'
  | 'PUBLIC';



export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  App: App;
  Category: Category;
  Event: Event;
  EventSeat: EventSeat;
  Listing: Listing;
  Offer: Offer;
  Partner: Partner;
  Product: Product;
  Tour: Tour;
  Venue: Venue;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  App:
    ( { __typename: 'App' }
    & GraphQLRecursivePick<FederationTypes['App'], {"id":true}> );
  Category:
    ( { __typename: 'Category' }
    & GraphQLRecursivePick<FederationTypes['Category'], {"id":true}> );
  Event:
    ( { __typename: 'Event' }
    & GraphQLRecursivePick<FederationTypes['Event'], {"id":true}> );
  EventSeat:
    ( { __typename: 'EventSeat' }
    & GraphQLRecursivePick<FederationTypes['EventSeat'], {"id":true}> );
  Listing:
    ( { __typename: 'Listing' }
    & GraphQLRecursivePick<FederationTypes['Listing'], {"id":true}> );
  Offer:
    ( { __typename: 'Offer' }
    & ( GraphQLRecursivePick<FederationTypes['Offer'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Offer'], {"upc":true}> ) );
  Partner:
    ( { __typename: 'Partner' }
    & GraphQLRecursivePick<FederationTypes['Partner'], {"id":true}> );
  Product:
    ( { __typename: 'Product' }
    & GraphQLRecursivePick<FederationTypes['Product'], {"id":true}> );
  Tour:
    ( { __typename: 'Tour' }
    & GraphQLRecursivePick<FederationTypes['Tour'], {"id":true}> );
  Venue:
    ( { __typename: 'Venue' }
    & GraphQLRecursivePick<FederationTypes['Venue'], {"id":true}> );
};



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  ActionPayload: ResolverTypeWrapper<Omit<ActionPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
  Address: ResolverTypeWrapper<Address>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AdjustStockInput: AdjustStockInput;
  App: ResolverTypeWrapper<ListingEntity>;
  AppInput: AppInput;
  Availability: ResolverTypeWrapper<OfferAvailability>;
  AvailabilityStatus: AvailabilityStatus;
  Category: ResolverTypeWrapper<CategoryEntity>;
  CategoryPayload: ResolverTypeWrapper<Omit<CategoryPayload, 'category' | 'userErrors'> & { category?: Maybe<ResolversTypes['Category']>, userErrors: Array<ResolversTypes['UserError']> }>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  ErrorCode: ErrorCode;
  Event: ResolverTypeWrapper<ListingEntity>;
  EventInput: EventInput;
  EventSeat: ResolverTypeWrapper<EventSeatEntity>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Facet: ResolverTypeWrapper<Facet>;
  FacetValue: ResolverTypeWrapper<FacetValue>;
  Fulfilment: Fulfilment;
  IdempotencyConflictError: ResolverTypeWrapper<UserErrorData>;
  Image: ResolverTypeWrapper<Image>;
  ImageInput: ImageInput;
  InputError: ResolverTypeWrapper<UserErrorData>;
  InsufficientStockError: ResolverTypeWrapper<UserErrorData>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  Listing: ResolverTypeWrapper<ListingEntity>;
  ListingConnection: ResolverTypeWrapper<ListingConnectionModel>;
  ListingEdge: ResolverTypeWrapper<ListingEdgeModel>;
  ListingFilter: ListingFilter;
  ListingInput: ListingInput;
  ListingKind: ListingKind;
  ListingPayload: ResolverTypeWrapper<Omit<ListingPayload, 'listing' | 'userErrors'> & { listing?: Maybe<ResolversTypes['Listing']>, userErrors: Array<ResolversTypes['UserError']> }>;
  ListingSort: ListingSort;
  ListingStatus: ListingStatus;
  MaxPerOrderError: ResolverTypeWrapper<UserErrorData>;
  Money: ResolverTypeWrapper<MoneyValue>;
  MoneyInput: MoneyInput;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Offer: ResolverTypeWrapper<OfferEntity>;
  OfferInput: OfferInput;
  OfferPayload: ResolverTypeWrapper<Omit<OfferPayload, 'offer' | 'userErrors'> & { offer?: Maybe<ResolversTypes['Offer']>, userErrors: Array<ResolversTypes['UserError']> }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Partner: ResolverTypeWrapper<PartnerReference>;
  PaymentMethod: PaymentMethod;
  PriceRange: ResolverTypeWrapper<Omit<PriceRange, 'max' | 'min'> & { max: ResolversTypes['Money'], min: ResolversTypes['Money'] }>;
  Product: ResolverTypeWrapper<ListingEntity>;
  ProductInput: ProductInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SeatHoldPayload: ResolverTypeWrapper<Omit<SeatHoldPayload, 'seats' | 'userErrors'> & { seats?: Maybe<Array<ResolversTypes['EventSeat']>>, userErrors: Array<ResolversTypes['UserError']> }>;
  SeatStatus: SeatStatus;
  SeatUnavailableError: ResolverTypeWrapper<UserErrorData>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorData>;
  Tour: ResolverTypeWrapper<ListingEntity>;
  TourDifficulty: TourDifficulty;
  TourInput: TourInput;
  TourStop: ResolverTypeWrapper<TourStop>;
  TourStopInput: TourStopInput;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UserError: ResolverTypeWrapper<UserErrorData>;
  Venue: ResolverTypeWrapper<VenueEntity>;
  VenueInput: VenueInput;
  VenuePayload: ResolverTypeWrapper<Omit<VenuePayload, 'userErrors' | 'venue'> & { userErrors: Array<ResolversTypes['UserError']>, venue?: Maybe<ResolversTypes['Venue']> }>;
  VenueSection: ResolverTypeWrapper<VenueSection>;
  VenueSectionInput: VenueSectionInput;
  cacheControl__Scope: CacheControl__Scope;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  ActionPayload: Omit<ActionPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
  Address: Address;
  String: Scalars['String']['output'];
  ID: Scalars['ID']['output'];
  AdjustStockInput: AdjustStockInput;
  App: ListingEntity;
  AppInput: AppInput;
  Availability: OfferAvailability;
  Category: CategoryEntity;
  CategoryPayload: Omit<CategoryPayload, 'category' | 'userErrors'> & { category?: Maybe<ResolversParentTypes['Category']>, userErrors: Array<ResolversParentTypes['UserError']> };
  DateTime: Scalars['DateTime']['output'];
  EmailAddress: Scalars['EmailAddress']['output'];
  Event: ListingEntity;
  EventInput: EventInput;
  EventSeat: EventSeatEntity;
  Float: Scalars['Float']['output'];
  Facet: Facet;
  FacetValue: FacetValue;
  IdempotencyConflictError: UserErrorData;
  Image: Image;
  ImageInput: ImageInput;
  InputError: UserErrorData;
  InsufficientStockError: UserErrorData;
  JSON: Scalars['JSON']['output'];
  Listing: ListingEntity;
  ListingConnection: ListingConnectionModel;
  ListingEdge: ListingEdgeModel;
  ListingFilter: ListingFilter;
  ListingInput: ListingInput;
  ListingPayload: Omit<ListingPayload, 'listing' | 'userErrors'> & { listing?: Maybe<ResolversParentTypes['Listing']>, userErrors: Array<ResolversParentTypes['UserError']> };
  MaxPerOrderError: UserErrorData;
  Money: MoneyValue;
  MoneyInput: MoneyInput;
  Mutation: Record<PropertyKey, never>;
  Offer: OfferEntity;
  OfferInput: OfferInput;
  OfferPayload: Omit<OfferPayload, 'offer' | 'userErrors'> & { offer?: Maybe<ResolversParentTypes['Offer']>, userErrors: Array<ResolversParentTypes['UserError']> };
  PageInfo: PageInfo;
  Partner: PartnerReference;
  PriceRange: Omit<PriceRange, 'max' | 'min'> & { max: ResolversParentTypes['Money'], min: ResolversParentTypes['Money'] };
  Product: ListingEntity;
  ProductInput: ProductInput;
  Query: Record<PropertyKey, never>;
  SafeInt: Scalars['SafeInt']['output'];
  SeatHoldPayload: Omit<SeatHoldPayload, 'seats' | 'userErrors'> & { seats?: Maybe<Array<ResolversParentTypes['EventSeat']>>, userErrors: Array<ResolversParentTypes['UserError']> };
  SeatUnavailableError: UserErrorData;
  Subscription: Record<PropertyKey, never>;
  TooManyAttemptsError: UserErrorData;
  Tour: ListingEntity;
  TourInput: TourInput;
  TourStop: TourStop;
  TourStopInput: TourStopInput;
  URL: Scalars['URL']['output'];
  UserError: UserErrorData;
  Venue: VenueEntity;
  VenueInput: VenueInput;
  VenuePayload: Omit<VenuePayload, 'userErrors' | 'venue'> & { userErrors: Array<ResolversParentTypes['UserError']>, venue?: Maybe<ResolversParentTypes['Venue']> };
  VenueSection: VenueSection;
  VenueSectionInput: VenueSectionInput;
  Boolean: Scalars['Boolean']['output'];
  Int: Scalars['Int']['output'];
};

export type CacheControlDirectiveArgs = {
  inheritMaxAge: Maybe<Scalars['Boolean']['input']>;
  maxAge: Maybe<Scalars['Int']['input']>;
  scope: Maybe<CacheControl__Scope>;
};

export type CacheControlDirectiveResolver<Result, Parent, ContextType = Context, Args = CacheControlDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type LengthDirectiveArgs = {
  max: Scalars['Int']['input'];
  multiline?: Scalars['Boolean']['input'];
  opaque?: Scalars['Boolean']['input'];
};

export type LengthDirectiveResolver<Result, Parent, ContextType = Context, Args = LengthDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type ActionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActionPayload'] = ResolversParentTypes['ActionPayload']> = {
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type AddressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address']> = {
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  recipient?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AppResolvers<ContextType = Context, ParentType extends ResolversParentTypes['App'] = ResolversParentTypes['App'], FederationReferenceType extends FederationReferenceTypes['App'] = FederationReferenceTypes['App']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['App']> | FederationReferenceType, FederationReferenceType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  features?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  images?: Resolver<Array<ResolversTypes['Image']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ListingKind'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  platforms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ListingStatus'], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  website?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AvailabilityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Availability'] = ResolversParentTypes['Availability']> = {
  available?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  onHand?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reserved?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AvailabilityStatus'], ParentType, ContextType>;
};

export type CategoryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Category'] = ResolversParentTypes['Category'], FederationReferenceType extends FederationReferenceTypes['Category'] = FederationReferenceTypes['Category']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Category']> | FederationReferenceType, FederationReferenceType, ContextType>;
  children?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<CategoryChildrenArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parent?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CategoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryPayload'] = ResolversParentTypes['CategoryPayload']> = {
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event'], FederationReferenceType extends FederationReferenceTypes['Event'] = FederationReferenceTypes['Event']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Event']> | FederationReferenceType, FederationReferenceType, ContextType>;
  bestAvailable?: Resolver<Array<ResolversTypes['EventSeat']>, ParentType, ContextType, RequireFields<EventBestAvailableArgs, 'quantity'>>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  doorsOpenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  features?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  images?: Resolver<Array<ResolversTypes['Image']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ListingKind'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  seats?: Resolver<Array<ResolversTypes['EventSeat']>, ParentType, ContextType, Partial<EventSeatsArgs>>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ListingStatus'], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  venue?: Resolver<ResolversTypes['Venue'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventSeatResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EventSeat'] = ResolversParentTypes['EventSeat'], FederationReferenceType extends FederationReferenceTypes['EventSeat'] = FederationReferenceTypes['EventSeat']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['EventSeat']> | FederationReferenceType, FederationReferenceType, ContextType>;
  heldByMe?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  heldUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offer?: Resolver<ResolversTypes['Offer'], ParentType, ContextType>;
  row?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  section?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SeatStatus'], ParentType, ContextType>;
  x?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  y?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type FacetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Facet'] = ResolversParentTypes['Facet']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  values?: Resolver<Array<ResolversTypes['FacetValue']>, ParentType, ContextType>;
};

export type FacetValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FacetValue'] = ResolversParentTypes['FacetValue']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type IdempotencyConflictErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IdempotencyConflictError'] = ResolversParentTypes['IdempotencyConflictError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  firstUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  idempotencyKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Image'] = ResolversParentTypes['Image']> = {
  alt?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  height?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type InputErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InputError'] = ResolversParentTypes['InputError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InsufficientStockErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InsufficientStockError'] = ResolversParentTypes['InsufficientStockError']> = {
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type ListingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Listing'] = ResolversParentTypes['Listing'], FederationReferenceType extends FederationReferenceTypes['Listing'] = FederationReferenceTypes['Listing']> = {
  __resolveType: TypeResolveFn<'App' | 'Event' | 'Product' | 'Tour', ParentType, ContextType>;
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Listing']> | FederationReferenceType, FederationReferenceType, ContextType>;
};

export type ListingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingConnection'] = ResolversParentTypes['ListingConnection']> = {
  edges?: Resolver<Array<ResolversTypes['ListingEdge']>, ParentType, ContextType>;
  facets?: Resolver<Array<ResolversTypes['Facet']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Listing']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ListingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingEdge'] = ResolversParentTypes['ListingEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Listing'], ParentType, ContextType>;
  score?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type ListingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ListingPayload'] = ResolversParentTypes['ListingPayload']> = {
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type MaxPerOrderErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MaxPerOrderError'] = ResolversParentTypes['MaxPerOrderError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offerId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = {
  amount?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  formatted?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  adjustStock?: Resolver<ResolversTypes['OfferPayload'], ParentType, ContextType, RequireFields<MutationAdjustStockArgs, 'input'>>;
  archiveListing?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationArchiveListingArgs, 'id'>>;
  blockSeats?: Resolver<ResolversTypes['SeatHoldPayload'], ParentType, ContextType, RequireFields<MutationBlockSeatsArgs, 'blocked' | 'seatIds'>>;
  createApp?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationCreateAppArgs, 'input'>>;
  createCategory?: Resolver<ResolversTypes['CategoryPayload'], ParentType, ContextType, RequireFields<MutationCreateCategoryArgs, 'name'>>;
  createEvent?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationCreateEventArgs, 'input'>>;
  createOffer?: Resolver<ResolversTypes['OfferPayload'], ParentType, ContextType, RequireFields<MutationCreateOfferArgs, 'input' | 'listingId'>>;
  createProduct?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationCreateProductArgs, 'input'>>;
  createTour?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationCreateTourArgs, 'input'>>;
  createVenue?: Resolver<ResolversTypes['VenuePayload'], ParentType, ContextType, RequireFields<MutationCreateVenueArgs, 'input'>>;
  deleteCategory?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDeleteCategoryArgs, 'id'>>;
  deleteListing?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDeleteListingArgs, 'id'>>;
  holdSeats?: Resolver<ResolversTypes['SeatHoldPayload'], ParentType, ContextType, RequireFields<MutationHoldSeatsArgs, 'seatIds'>>;
  publishListing?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationPublishListingArgs, 'id'>>;
  releaseSeats?: Resolver<ResolversTypes['SeatHoldPayload'], ParentType, ContextType, RequireFields<MutationReleaseSeatsArgs, 'seatIds'>>;
  updateApp?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationUpdateAppArgs, 'id' | 'input'>>;
  updateCategory?: Resolver<ResolversTypes['CategoryPayload'], ParentType, ContextType, RequireFields<MutationUpdateCategoryArgs, 'id'>>;
  updateEvent?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationUpdateEventArgs, 'id' | 'input'>>;
  updateOffer?: Resolver<ResolversTypes['OfferPayload'], ParentType, ContextType, RequireFields<MutationUpdateOfferArgs, 'id' | 'input'>>;
  updateProduct?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationUpdateProductArgs, 'id' | 'input'>>;
  updateTour?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationUpdateTourArgs, 'id' | 'input'>>;
  updateVenue?: Resolver<ResolversTypes['VenuePayload'], ParentType, ContextType, RequireFields<MutationUpdateVenueArgs, 'id' | 'input'>>;
};

export type OfferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Offer'] = ResolversParentTypes['Offer'], FederationReferenceType extends FederationReferenceTypes['Offer'] = FederationReferenceTypes['Offer']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Offer']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType>;
  fulfilment?: Resolver<ResolversTypes['Fulfilment'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  listing?: Resolver<ResolversTypes['Listing'], ParentType, ContextType>;
  maxPerOrder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  salesEndAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  salesStartAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  seated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  upc?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OfferPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OfferPayload'] = ResolversParentTypes['OfferPayload']> = {
  offer?: Resolver<Maybe<ResolversTypes['Offer']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PartnerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Partner'] = ResolversParentTypes['Partner'], FederationReferenceType extends FederationReferenceTypes['Partner'] = FederationReferenceTypes['Partner']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Partner']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  listings?: Resolver<ResolversTypes['ListingConnection'], ParentType, ContextType, RequireFields<PartnerListingsArgs, 'first'>>;
  venues?: Resolver<Array<ResolversTypes['Venue']>, ParentType, ContextType, RequireFields<PartnerVenuesArgs, 'first'>>;
};

export type PriceRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceRange'] = ResolversParentTypes['PriceRange']> = {
  max?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  min?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  features?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  images?: Resolver<Array<ResolversTypes['Image']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ListingKind'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ListingStatus'], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  weightGrams?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  categories?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType, RequireFields<QueryCategoriesArgs, 'first'>>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType, Partial<QueryListingArgs>>;
  listings?: Resolver<ResolversTypes['ListingConnection'], ParentType, ContextType, Partial<QueryListingsArgs>>;
  lowStock?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType, RequireFields<QueryLowStockArgs, 'first'>>;
  offer?: Resolver<Maybe<ResolversTypes['Offer']>, ParentType, ContextType, Partial<QueryOfferArgs>>;
  offers?: Resolver<Array<Maybe<ResolversTypes['Offer']>>, ParentType, ContextType, RequireFields<QueryOffersArgs, 'ids'>>;
  suggestListings?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QuerySuggestListingsArgs, 'limit' | 'prefix'>>;
  venue?: Resolver<Maybe<ResolversTypes['Venue']>, ParentType, ContextType, RequireFields<QueryVenueArgs, 'id'>>;
  venues?: Resolver<Array<ResolversTypes['Venue']>, ParentType, ContextType, RequireFields<QueryVenuesArgs, 'first'>>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SeatHoldPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatHoldPayload'] = ResolversParentTypes['SeatHoldPayload']> = {
  heldUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  seats?: Resolver<Maybe<Array<ResolversTypes['EventSeat']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SeatUnavailableErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatUnavailableError'] = ResolversParentTypes['SeatUnavailableError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seatIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  availabilityChanged?: SubscriptionResolver<ResolversTypes['Listing'], "availabilityChanged", ParentType, ContextType, RequireFields<SubscriptionAvailabilityChangedArgs, 'listingId'>>;
};

export type TooManyAttemptsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyAttemptsError'] = ResolversParentTypes['TooManyAttemptsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TourResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tour'] = ResolversParentTypes['Tour'], FederationReferenceType extends FederationReferenceTypes['Tour'] = FederationReferenceTypes['Tour']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tour']> | FederationReferenceType, FederationReferenceType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  difficulty?: Resolver<ResolversTypes['TourDifficulty'], ParentType, ContextType>;
  durationMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  features?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  images?: Resolver<Array<ResolversTypes['Image']>, ParentType, ContextType>;
  itinerary?: Resolver<Array<ResolversTypes['TourStop']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ListingKind'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ListingStatus'], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TourStopResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TourStop'] = ResolversParentTypes['TourStop']> = {
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'IdempotencyConflictError' | 'InputError' | 'InsufficientStockError' | 'MaxPerOrderError' | 'SeatUnavailableError' | 'TooManyAttemptsError', ParentType, ContextType>;
};

export type VenueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Venue'] = ResolversParentTypes['Venue'], FederationReferenceType extends FederationReferenceTypes['Venue'] = FederationReferenceTypes['Venue']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Venue']> | FederationReferenceType, FederationReferenceType, ContextType>;
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  capacity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  latitude?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  longitude?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  sections?: Resolver<Array<ResolversTypes['VenueSection']>, ParentType, ContextType>;
};

export type VenuePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VenuePayload'] = ResolversParentTypes['VenuePayload']> = {
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
  venue?: Resolver<Maybe<ResolversTypes['Venue']>, ParentType, ContextType>;
};

export type VenueSectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['VenueSection'] = ResolversParentTypes['VenueSection']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rows?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seatsPerRow?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  x?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  y?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  ActionPayload?: ActionPayloadResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  App?: AppResolvers<ContextType>;
  Availability?: AvailabilityResolvers<ContextType>;
  Category?: CategoryResolvers<ContextType>;
  CategoryPayload?: CategoryPayloadResolvers<ContextType>;
  DateTime?: GraphQLScalarType;
  EmailAddress?: GraphQLScalarType;
  Event?: EventResolvers<ContextType>;
  EventSeat?: EventSeatResolvers<ContextType>;
  Facet?: FacetResolvers<ContextType>;
  FacetValue?: FacetValueResolvers<ContextType>;
  IdempotencyConflictError?: IdempotencyConflictErrorResolvers<ContextType>;
  Image?: ImageResolvers<ContextType>;
  InputError?: InputErrorResolvers<ContextType>;
  InsufficientStockError?: InsufficientStockErrorResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  Listing?: ListingResolvers<ContextType>;
  ListingConnection?: ListingConnectionResolvers<ContextType>;
  ListingEdge?: ListingEdgeResolvers<ContextType>;
  ListingPayload?: ListingPayloadResolvers<ContextType>;
  MaxPerOrderError?: MaxPerOrderErrorResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Offer?: OfferResolvers<ContextType>;
  OfferPayload?: OfferPayloadResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Partner?: PartnerResolvers<ContextType>;
  PriceRange?: PriceRangeResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SeatHoldPayload?: SeatHoldPayloadResolvers<ContextType>;
  SeatUnavailableError?: SeatUnavailableErrorResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TooManyAttemptsError?: TooManyAttemptsErrorResolvers<ContextType>;
  Tour?: TourResolvers<ContextType>;
  TourStop?: TourStopResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UserError?: UserErrorResolvers<ContextType>;
  Venue?: VenueResolvers<ContextType>;
  VenuePayload?: VenuePayloadResolvers<ContextType>;
  VenueSection?: VenueSectionResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
  length?: LengthDirectiveResolver<any, any, ContextType>;
};
