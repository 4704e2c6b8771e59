import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Money as MoneyValue } from '@souk/shared/money';
import type { UserErrorData } from '@souk/shared/graph/user-errors';
import type { ListingEntity, ListingImage } from '../entities/listing.js';
import type { OfferEntity } from '../entities/offer.js';
import type { StockMovementEntity } from '../entities/stock-movement.js';
import type { StockMovementConnection as StockMovementConnectionModel, OfferPriceConnection as OfferPriceConnectionModel, OfferAvailability, ImageSize as ImageSizeModel, PartnerReference, ListingConnection as ListingConnectionModel, ListingEdge as ListingEdgeModel, Facet as FacetModel, FacetValue as FacetValueModel } from '../models.js';
import type { OfferPriceEntity } from '../entities/offer-price.js';
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
  /** A day without a time: RFC 3339 full-date, such as 2026-01-31. The field says in which time zone. */
  Date: { input: string; output: string; }
  /**
   * A point in time: RFC 3339, in UTC with milliseconds in output (2026-01-31T12:00:00.000Z); input may have any offset.
   * At most 100 characters.
   */
  DateTime: { input: Date; output: Date; }
  /** An e-mail address as HTML forms accept it; blanks around it are removed. */
  EmailAddress: { input: string; output: string; }
  /** Any JSON value. In input at most 32 levels and 20,000 values. */
  JSON: { input: unknown; output: unknown; }
  /** An integer from -(2^53 - 1) to 2^53 - 1. */
  SafeInt: { input: number; output: number; }
  /** An absolute URL. */
  URL: { input: URL; output: URL | string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** Result of an action with nothing to return. */
export type ActionPayload = {
  __typename?: 'ActionPayload';
  /** Whether it was done; false if there are userErrors. */
  ok: Scalars['Boolean']['output'];
  /** The first 100 where there are more. */
  userErrors: Array<UserError>;
};

/** A postal address. */
export type Address = {
  __typename?: 'Address';
  /** City or town. */
  city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2 code. */
  countryCode: Scalars['String']['output'];
  /** TypeID with the prefix addr. */
  id: Scalars['ID']['output'];
  /** Whether it is the user's default address. */
  isDefault: Scalars['Boolean']['output'];
  /** A name for the user's own use, such as Home; null without one. */
  label: Maybe<Scalars['String']['output']>;
  /** Street and number. */
  line1: Scalars['String']['output'];
  /** Second line, or null. */
  line2: Maybe<Scalars['String']['output']>;
  /** Phone number for the delivery, or null. */
  phone: Maybe<Scalars['String']['output']>;
  /** Postal code as its country writes it; empty in countries without postal codes. */
  postalCode: Scalars['String']['output'];
  /** Name of the person or company. */
  recipient: Scalars['String']['output'];
  /** State, province or region, or null. */
  region: Maybe<Scalars['String']['output']>;
};

/** A correction of an offer's stock. */
export type AdjustStockInput = {
  /** Units to add; negative to remove. Not 0. */
  delta: Scalars['Int']['input'];
  /** Offer.revision as the caller read it: STALE_WRITE if it has another one. Null accepts any. */
  expectedRevision?: InputMaybe<Scalars['Int']['input']>;
  /** The same key again within 24 hours changes nothing and returns the offer. At most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  /** TypeID of an offer with limited stock and without seats. */
  offerId: Scalars['ID']['input'];
  /** Why, for the record. At most 500 characters. */
  reason: Scalars['String']['input'];
};

/** Software; each offer is a licence plan. */
export type App = Listing & {
  __typename?: 'App';
  /**
   * Availability of its offers together: the best status among them, and the sum of their units (null where one is
   * unlimited). NOT_ON_SALE and 0 without an offer on sale. Offers that are not on sale do not count.
   */
  availability: Availability;
  /** The category, or null. */
  category: Maybe<Category>;
  /** Time at which the draft was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The whole text in Markdown, or null. */
  description: Maybe<Scalars['String']['output']>;
  /** Free-form attributes: an app's feature list, a product's dimensions. Null without any. */
  features: Maybe<Scalars['JSON']['output']>;
  /** TypeID with the prefix listing. */
  id: Scalars['ID']['output'];
  /** Pictures, the main one first; at most 20. */
  images: Array<Image>;
  /** Product, tour, app or event. */
  kind: ListingKind;
  /** Language of title, summary, description and tags: a BCP 47 tag, such as en or pt-BR. */
  language: Scalars['String']['output'];
  /** What can be bought; at most 200: createOffer refuses more (INVALID). */
  offers: Array<Offer>;
  /** The seller; null for the platform's own listings. */
  partner: Maybe<Partner>;
  /** Systems that it runs on; at most 20. */
  platforms: Array<Scalars['String']['output']>;
  /** Lowest and highest price of the offers; null without an offer. */
  priceRange: Maybe<PriceRange>;
  /** Time at which it was first published; null before. */
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Increases with every update of the listing itself. Pass it back to change it (STALE_WRITE otherwise). */
  revision: Scalars['Int']['output'];
  /** Description of its web page for search engines and link previews; null: the summary. */
  seoDescription: Maybe<Scalars['String']['output']>;
  /** Title of its web page for search engines and link previews; null: the title. */
  seoTitle: Maybe<Scalars['String']['output']>;
  /** Unique name in addresses: lowercase letters, digits and hyphens, at most 100 characters. */
  slug: Scalars['String']['output'];
  /** Whether it is a draft, on sale or archived. A draft is visible to its owner and catalog:manage only: null to others. */
  status: ListingStatus;
  /** A short text for lists, or null. */
  summary: Maybe<Scalars['String']['output']>;
  /** Free words for search; at most 20. */
  tags: Array<Scalars['String']['output']>;
  /** Name for people. */
  title: Scalars['String']['output'];
  /** Time of the last change of the listing or its prices. */
  updatedAt: Scalars['DateTime']['output'];
  /** Current version as its maker writes it; empty in a draft without one. */
  version: Scalars['String']['output'];
  /** Web page of the app, or null. */
  website: Maybe<Scalars['URL']['output']>;
};

/** An app. In an update, an absent field stays and null clears it. */
export type AppInput = {
  /** What all kinds of listings have. */
  listing: ListingInput;
  /**
   * Systems that it runs on, at most 20; one is needed to publish, so that a published app's cannot be cleared. Each has
   * at most 50 characters.
   */
  platforms?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Current version. Needed to publish, so that a published app's cannot be cleared. At most 50 characters. */
  version?: InputMaybe<Scalars['String']['input']>;
  /** Web page of the app, http or https. At most 2,048 characters as a URL. */
  website?: InputMaybe<Scalars['URL']['input']>;
};

/** Stock of an offer. Public reads may be five seconds old. */
export type Availability = {
  __typename?: 'Availability';
  /** Number of units that can be bought now; null when unlimited. */
  available: Maybe<Scalars['Int']['output']>;
  /** Number of units in stock, including reserved ones; null when unlimited. For the owning partner and catalog:manage. */
  onHand: Maybe<Scalars['Int']['output']>;
  /** Number of units that unpaid checkouts hold. For the owning partner and catalog:manage. */
  reserved: Maybe<Scalars['Int']['output']>;
  /** In stock, scarce, sold out or not on sale. */
  status: AvailabilityStatus;
};

/** Whether an offer can be bought. */
export type AvailabilityStatus =
  /** Units are available. */
  | 'IN_STOCK'
  /** Fewer units are available than the setting catalog.lowStockThreshold (default 5). */
  | 'LOW_STOCK'
  /** The listing is not published, its seller is suspended, or the sale has not begun or has ended. */
  | 'NOT_ON_SALE'
  /** No units are available. */
  | 'SOLD_OUT';

/** A category of listings; categories form a tree. */
export type Category = {
  __typename?: 'Category';
  /** Categories directly below, by name. */
  children: Array<Category>;
  /** TypeID with the prefix category. */
  id: Scalars['ID']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** The category above; null at the top. */
  parent: Maybe<Category>;
  /** The categories from the top down to this one, at most 10. */
  path: Array<Category>;
  /** Unique name in addresses: lowercase letters, digits and hyphens, at most 100 characters. */
  slug: Scalars['String']['output'];
};


/** A category of listings; categories form a tree. */
export type CategoryChildrenArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A category that has listings or categories below it, and so cannot be deleted. */
export type CategoryInUseError = UserError & {
  __typename?: 'CategoryInUseError';
  /** Number of categories directly below it. */
  children: Scalars['Int']['output'];
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Number of listings of the category itself, in every state. */
  listings: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Result of a change of a category. */
export type CategoryPayload = {
  __typename?: 'CategoryPayload';
  /** The category after the change; null if it was refused. */
  category: Maybe<Category>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Kinds of expected refusals, for programs. Output only. Each mutation's description lists the codes that it returns. */
export type ErrorCode =
  /** The state of the object, or of something that depends on it, does not allow the change now. */
  | 'CONFLICT'
  /** The idempotency key was used within the last 24 hours with other arguments (IdempotencyConflictError). */
  | 'IDEMPOTENCY_CONFLICT'
  /** Fewer units are available than requested (InsufficientStockError). */
  | 'INSUFFICIENT_STOCK'
  /** An argument or input field breaks a rule; the message says which. */
  | 'INVALID'
  /** Others refer to the object, so it cannot be deleted (CategoryInUseError for a category). */
  | 'IN_USE'
  /** More units of an offer than one buyer may hold unpaid (MaxPerOrderError). */
  | 'MAX_PER_ORDER'
  /** The object does not exist, or the caller may not see it. */
  | 'NOT_FOUND'
  /** The caller may see the object, but not change or use it. */
  | 'NOT_OWNER'
  /** The caller sells nothing: neither a verified partner nor catalog:manage. */
  | 'PARTNER_NOT_VERIFIED'
  /** A seat is sold, blocked, or held by somebody else (SeatUnavailableError). */
  | 'SEAT_UNAVAILABLE'
  /** Another object of this kind has the slug. */
  | 'SLUG_TAKEN'
  /** The listing or offer was changed since the revision that the caller expects (StaleWriteError). */
  | 'STALE_WRITE'
  /** Too many seats are held by the buyer or from their network (TooManyHoldsError). A checkout needs no hold. */
  | 'TOO_MANY_HOLDS'
  /** Too many pictures, or bytes of pictures, were uploaded within 24 hours. */
  | 'TOO_MANY_UPLOADS'
  /** Another offer has the universal product code. */
  | 'UPC_TAKEN';

/** An event at a venue and a time; each offer is a ticket type, with seats or general admission. */
export type Event = Listing & {
  __typename?: 'Event';
  /**
   * Availability of its offers together: the best status among them, and the sum of their units (null where one is
   * unlimited). NOT_ON_SALE and 0 without an offer on sale. Offers that are not on sale do not count.
   */
  availability: Availability;
  /**
   * The best adjacent free seats in one row and offer. First those that leave no single free seat beside them, then the
   * closest to the front, then to the middle: of the whole map if all seats have a place on it, otherwise by row number
   * and within the row. An empty list if there are none.
   */
  bestAvailable: Array<EventSeat>;
  /** The category, or null. */
  category: Maybe<Category>;
  /** Time at which the draft was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The whole text in Markdown, or null. */
  description: Maybe<Scalars['String']['output']>;
  /** From when tickets are redeemed; null is two hours before the start. */
  doorsOpenAt: Maybe<Scalars['DateTime']['output']>;
  /** End; 1970-01-01T00:00:00Z in a draft without one. */
  endsAt: Scalars['DateTime']['output'];
  /** Free-form attributes: an app's feature list, a product's dimensions. Null without any. */
  features: Maybe<Scalars['JSON']['output']>;
  /** TypeID with the prefix listing. */
  id: Scalars['ID']['output'];
  /** Pictures, the main one first; at most 20. */
  images: Array<Image>;
  /** Product, tour, app or event. */
  kind: ListingKind;
  /** Language of title, summary, description and tags: a BCP 47 tag, such as en or pt-BR. */
  language: Scalars['String']['output'];
  /** What can be bought; at most 200: createOffer refuses more (INVALID). */
  offers: Array<Offer>;
  /** The seller; null for the platform's own listings. */
  partner: Maybe<Partner>;
  /** Lowest and highest price of the offers; null without an offer. */
  priceRange: Maybe<PriceRange>;
  /** Time at which it was first published; null before. */
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Increases with every update of the listing itself. Pass it back to change it (STALE_WRITE otherwise). */
  revision: Scalars['Int']['output'];
  /** All seats in columns, without their states. Seats of a later offer follow those of earlier ones. */
  seatMap: SeatMap;
  /**
   * The states of all seats now, 2 bits each. A hold that ends is free here once the sweep has released it, within
   * seconds.
   */
  seatStates: SeatStates;
  /** Seats by section, row and number; empty for general admission. An event has at most 20,000 seats. */
  seats: Array<EventSeat>;
  /** Description of its web page for search engines and link previews; null: the summary. */
  seoDescription: Maybe<Scalars['String']['output']>;
  /** Title of its web page for search engines and link previews; null: the title. */
  seoTitle: Maybe<Scalars['String']['output']>;
  /** Unique name in addresses: lowercase letters, digits and hyphens, at most 100 characters. */
  slug: Scalars['String']['output'];
  /** Start; 1970-01-01T00:00:00Z in a draft without one. In UTC: its local time is that of the venue's timeZone. */
  startsAt: Scalars['DateTime']['output'];
  /** Whether it is a draft, on sale or archived. A draft is visible to its owner and catalog:manage only: null to others. */
  status: ListingStatus;
  /** A short text for lists, or null. */
  summary: Maybe<Scalars['String']['output']>;
  /** Free words for search; at most 20. */
  tags: Array<Scalars['String']['output']>;
  /** Name for people. */
  title: Scalars['String']['output'];
  /** Time of the last change of the listing or its prices. */
  updatedAt: Scalars['DateTime']['output'];
  /** Where it takes place; a venue with empty fields in a draft without one. */
  venue: Venue;
};


/** An event at a venue and a time; each offer is a ticket type, with seats or general admission. */
export type EventBestAvailableArgs = {
  offerId: InputMaybe<Scalars['ID']['input']>;
  quantity: Scalars['Int']['input'];
};


/** An event at a venue and a time; each offer is a ticket type, with seats or general admission. */
export type EventSeatMapArgs = {
  revision: InputMaybe<Scalars['Int']['input']>;
};


/** An event at a venue and a time; each offer is a ticket type, with seats or general admission. */
export type EventSeatsArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first: InputMaybe<Scalars['Int']['input']>;
  section: InputMaybe<Scalars['String']['input']>;
  status: InputMaybe<SeatStatus>;
};

/** An event. In an update, an absent field stays and null clears it. */
export type EventInput = {
  /** From when tickets are redeemed, not after the start; null is two hours before it. */
  doorsOpenAt?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * End, after the start, and in the future at publication. Needed to publish, so that a published event's cannot be
   * cleared. Cannot be changed once tickets are sold or held.
   */
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** What all kinds of listings have. */
  listing: ListingInput;
  /**
   * Start. Needed to publish, so that a published event's cannot be cleared. Cannot be changed once tickets are sold or
   * held, since they are valid for the time at which they were bought.
   */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * The seller's own venue or one of the platform. Another seller's venue is rejected (NOT_OWNER), also on publication.
   * Needed to publish, so that a published event's cannot be cleared. Cannot be changed while an offer sells seats of it.
   */
  venueId?: InputMaybe<Scalars['ID']['input']>;
};

/** One seat at one event. */
export type EventSeat = {
  __typename?: 'EventSeat';
  /** Whether the caller holds it, by holdSeats, a cart or a checkout. */
  heldByMe: Scalars['Boolean']['output'];
  /** End of the hold; null unless HELD. */
  heldUntil: Maybe<Scalars['DateTime']['output']>;
  /** For other subgraphs: UUID of the user, or digest of the guest's cart, that holds it; null unless HELD. */
  holder: Maybe<Scalars['ID']['output']>;
  /** TypeID with the prefix seat. */
  id: Scalars['ID']['output'];
  /** Number in the row, from 1. */
  number: Scalars['String']['output'];
  /** The ticket type that sells it. */
  offer: Offer;
  /** Label of the row: A is the front, after Z comes AA. */
  row: Scalars['String']['output'];
  /** Name of the venue's section. */
  section: Scalars['String']['output'];
  /** Whether it is free. */
  status: SeatStatus;
  /** Horizontal place on the seat map, in seats; null without a map. */
  x: Maybe<Scalars['Float']['output']>;
  /** Vertical place on the seat map, in seats; null without a map. */
  y: Maybe<Scalars['Float']['output']>;
};

/** Counts of the values of one property over a list of listings. */
export type Facet = {
  __typename?: 'Facet';
  /** Whether the counts are estimates, from a random sample of some 1,000 listings. They are exact up to 2,000 listings. */
  isEstimate: Scalars['Boolean']['output'];
  /** The property. */
  name: FacetName;
  /** The 50 values with the highest counts. */
  values: Array<FacetValue>;
};

/** Properties of listings that facets count. */
export type FacetName =
  /** Listing.category. */
  | 'CATEGORY'
  /** City of the venue, or where a tour begins. */
  | 'CITY'
  /** Months in UTC in which an event starts or a tour departs, such as 2026-12, from the present one on. */
  | 'DATE'
  /** Tour.difficulty. */
  | 'DIFFICULTY'
  /** Listing.kind. */
  | 'KIND'
  /** Listing.partner. */
  | 'PARTNER'
  /**
   * Ranges of the prices of offers, as currency, lowest and highest amount in minor units: EUR:1000:2499, and EUR:100000:
   * without an upper end. They are priceMin and priceMax of a filter.
   */
  | 'PRICE_BAND'
  /** Listing.tags. */
  | 'TAG';

/** A value of a facet. */
export type FacetValue = {
  __typename?: 'FacetValue';
  /** Number of listings that have it. */
  count: Scalars['Int']['output'];
  /** The value for people, in English; of a partner, the TypeID: Partner has the name. */
  label: Scalars['String']['output'];
  /** The partner of a value of PARTNER; null for others. */
  partner: Maybe<Partner>;
  /** The value to filter by: an enum value, a TypeID, or a text. */
  value: Scalars['String']['output'];
};

/** How a unit is fulfilled. */
export type Fulfilment =
  /** A purchase token that is the license. */
  | 'LICENCE'
  /** Shipped to the buyer's address. */
  | 'SHIPMENT'
  /** A purchase token that admits to the event. */
  | 'TICKET'
  /** A purchase token for a place on the tour. */
  | 'TOUR_TOKEN';

/** The idempotency key was used before with other arguments. */
export type IdempotencyConflictError = UserError & {
  __typename?: 'IdempotencyConflictError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Time of its first use. A key is free again after 24 hours. */
  firstUsedAt: Scalars['DateTime']['output'];
  /** The key. */
  idempotencyKey: Scalars['String']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A picture. */
export type Image = {
  __typename?: 'Image';
  /** Text for those who cannot see it, or null. */
  alt: Maybe<Scalars['String']['output']>;
  /** Height in pixels of the largest size; null if unknown. */
  height: Maybe<Scalars['Int']['output']>;
  /** TypeID with the prefix image, of an uploaded picture; null for one that is elsewhere. */
  id: Maybe<Scalars['ID']['output']>;
  /** A tiny blurred preview as a data address, to show until the picture has loaded; null unless it was uploaded. */
  placeholder: Maybe<Scalars['URL']['output']>;
  /** Sizes of an uploaded picture, the smallest first, at most 4; empty for others. */
  sizes: Array<ImageSize>;
  /**
   * Address of the picture: http, https, or data. An uploaded picture has one for each of its sizes and formats; another
   * has a single one, whatever the arguments.
   */
  url: Scalars['URL']['output'];
  /** Width in pixels of the largest size; null if unknown. */
  width: Maybe<Scalars['Int']['output']>;
};


/** A picture. */
export type ImageUrlArgs = {
  format?: InputMaybe<ImageFormat>;
  width: InputMaybe<Scalars['Int']['input']>;
};

/** Formats of uploaded pictures. */
export type ImageFormat =
  /** AVIF, which is smaller where it is supported. */
  | 'AVIF'
  /** WebP, which all current browsers show. */
  | 'WEBP';

/** A picture of a listing: exactly one of url and imageId (INVALID otherwise). */
export type ImageInput = {
  /** Text for those who cannot see it. At most 300 characters. */
  alt?: InputMaybe<Scalars['String']['input']>;
  /** TypeID of a picture that was uploaded (createImageUpload) by the seller of the listing, or is on the listing already. */
  imageId?: InputMaybe<Scalars['ID']['input']>;
  /**
   * An http or https address, or a data address with a PNG, JPEG, GIF, WebP, AVIF or plain SVG image.
   * At most 20,000 characters as a URL.
   */
  url?: InputMaybe<Scalars['URL']['input']>;
};

/** A size of an uploaded picture, as a candidate of srcset in HTML. */
export type ImageSize = {
  __typename?: 'ImageSize';
  /** Height in pixels. */
  height: Scalars['Int']['output'];
  /** Address of the file, whose content never changes. */
  url: Scalars['URL']['output'];
  /** Width in pixels. */
  width: Scalars['Int']['output'];
};


/** A size of an uploaded picture, as a candidate of srcset in HTML. */
export type ImageSizeUrlArgs = {
  format?: InputMaybe<ImageFormat>;
};

/** Permission to upload one picture. */
export type ImageUpload = {
  __typename?: 'ImageUpload';
  /** Until when the address may be used: 15 minutes. */
  expiresAt: Scalars['DateTime']['output'];
  /** TypeID of the picture, for ImageInput.imageId once its file was uploaded. */
  imageId: Scalars['ID']['output'];
  /** Maximum size of the file in bytes. */
  maxBytes: Scalars['Int']['output'];
  /**
   * Where to send the file, as the body of a PUT request, without further headers; secret, and for this picture only. 201 when
   * the picture can be used. The same file may be sent again if the response was lost.
   */
  url: Scalars['URL']['output'];
};

/** Result of createImageUpload. */
export type ImageUploadPayload = {
  __typename?: 'ImageUploadPayload';
  /** The permission; null if it was refused. */
  upload: Maybe<ImageUpload>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** A refusal that carries nothing beyond its code. */
export type InputError = UserError & {
  __typename?: 'InputError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** Fewer units of an offer are available than were requested. */
export type InsufficientStockError = UserError & {
  __typename?: 'InsufficientStockError';
  /** Number of units that are available. */
  available: Scalars['Int']['output'];
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** TypeID of the offer. */
  offerId: Scalars['ID']['output'];
};

/** A thing that is offered for sale. Carts contain its offers. (schema.org: Product, TouristTrip, SoftwareApplication, Event.) */
export type Listing = {
  /**
   * Availability of its offers together: the best status among them, and the sum of their units (null where one is
   * unlimited). NOT_ON_SALE and 0 without an offer on sale. Offers that are not on sale do not count.
   */
  availability: Availability;
  /** The category, or null. */
  category: Maybe<Category>;
  /** Time at which the draft was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The whole text in Markdown, or null. */
  description: Maybe<Scalars['String']['output']>;
  /** Free-form attributes: an app's feature list, a product's dimensions. Null without any. */
  features: Maybe<Scalars['JSON']['output']>;
  /** TypeID with the prefix listing. */
  id: Scalars['ID']['output'];
  /** Pictures, the main one first; at most 20. */
  images: Array<Image>;
  /** Product, tour, app or event. */
  kind: ListingKind;
  /** Language of title, summary, description and tags: a BCP 47 tag, such as en or pt-BR. */
  language: Scalars['String']['output'];
  /** What can be bought; at most 200: createOffer refuses more (INVALID). */
  offers: Array<Offer>;
  /** The seller; null for the platform's own listings. */
  partner: Maybe<Partner>;
  /** Lowest and highest price of the offers; null without an offer. */
  priceRange: Maybe<PriceRange>;
  /** Time at which it was first published; null before. */
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Increases with every update of the listing itself. Pass it back to change it (STALE_WRITE otherwise). */
  revision: Scalars['Int']['output'];
  /** Description of its web page for search engines and link previews; null: the summary. */
  seoDescription: Maybe<Scalars['String']['output']>;
  /** Title of its web page for search engines and link previews; null: the title. */
  seoTitle: Maybe<Scalars['String']['output']>;
  /** Unique name in addresses: lowercase letters, digits and hyphens, at most 100 characters. */
  slug: Scalars['String']['output'];
  /** Whether it is a draft, on sale or archived. A draft is visible to its owner and catalog:manage only: null to others. */
  status: ListingStatus;
  /** A short text for lists, or null. */
  summary: Maybe<Scalars['String']['output']>;
  /** Free words for search; at most 20. */
  tags: Array<Scalars['String']['output']>;
  /** Name for people. */
  title: Scalars['String']['output'];
  /** Time of the last change of the listing or its prices. */
  updatedAt: Scalars['DateTime']['output'];
};

/** A page of listings. */
export type ListingConnection = {
  __typename?: 'ListingConnection';
  /** The items of the page with their cursors. */
  edges: Array<ListingEdge>;
  /**
   * Counts of the values of each property over the whole list, not the page; each without the filter on that property
   * itself, so that it says what another choice would find. Counted only where selected; null with an error if they cannot
   * be counted.
   */
  facets: Maybe<Array<Facet>>;
  /** The items of the page. */
  nodes: Array<Listing>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
  /**
   * Number of items in the whole list, not only on this page: exact up to 10,000, an estimate beyond. Counted only where
   * selected; null with an error if it cannot be counted.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
  /** Whether totalCount is an estimate. Counted only where selected; null with an error if it cannot be counted. */
  totalCountIsEstimate: Maybe<Scalars['Boolean']['output']>;
};

/** An item of a page of listings, with its cursor. */
export type ListingEdge = {
  __typename?: 'ListingEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: Listing;
  /**
   * Rank of a text search, higher is better: 1 or more where title, tags, brand and place have all words, less where some are
   * in summary or description only. Then words of the title count more, and so do newer listings and those that can be
   * bought. Comparable within one search. Null without search words.
   */
  score: Maybe<Scalars['Float']['output']>;
};

/** Restricts a list of listings; all conditions must hold. A field that is null or absent does not restrict. */
export type ListingFilter = {
  /** True for listings with an offer that can be bought now. */
  availableOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only listings of this category and those below it; an unknown id matches nothing. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /**
   * Only listings of the category with this slug and those below it; an unknown slug matches nothing. Not together with
   * categoryId (BAD_USER_INPUT). At most 100 characters.
   */
  categorySlug?: InputMaybe<Scalars['String']['input']>;
  /** Only events at venues in this city and tours that begin there, without regard to case and accents. At most 200 characters. */
  city?: InputMaybe<Scalars['String']['input']>;
  /** Only tours that are this demanding; at most 100 items. */
  difficulties?: InputMaybe<Array<TourDifficulty>>;
  /** Only these kinds; at most 100 items. */
  kinds?: InputMaybe<Array<ListingKind>>;
  /** Only listings of this partner; an unknown id matches nothing. */
  partnerId?: InputMaybe<Scalars['ID']['input']>;
  /** Only listings with an offer at this price or below; in the currency of priceMin (BAD_USER_INPUT otherwise). */
  priceMax?: InputMaybe<MoneyInput>;
  /** Only listings with an offer at this price or above, in this currency. */
  priceMin?: InputMaybe<MoneyInput>;
  /**
   * Words that a listing must have, in any form and without regard to accents; a word that nothing has is corrected if a
   * similar one exists. "Words in quotes" follow each other, -word excludes, OR is between alternatives, everything else is
   * ignored. The first 16 words count. At most 10,000 characters.
   */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Only events, and tours with a departure, that start after this time. */
  startsAfter?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only events, and tours with a departure, that start before this time. */
  startsBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * Only listings with this status; default PUBLISHED. Others require catalog:manage, or are restricted to the calling
   * partner's own.
   */
  status?: InputMaybe<ListingStatus>;
  /** Only listings that have all of these tags; at most 100. Each has at most 200 characters. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** What all kinds of listings have. In an update, an absent field stays and null clears it. */
export type ListingInput = {
  /** TypeID of a category; null for none. */
  categoryId?: InputMaybe<Scalars['ID']['input']>;
  /** The whole text in Markdown. At most 20,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Free-form attributes. At most 20,000 characters as JSON text. */
  features?: InputMaybe<Scalars['JSON']['input']>;
  /** Pictures, the main one first; at most 20. */
  images?: InputMaybe<Array<ImageInput>>;
  /**
   * Language of title, summary, description and tags, as a BCP 47 tag, such as en or pt-BR; en when null. Search finds the
   * forms of a word in ar, ca, da, de, el, en, es, et, eu, fi, fr, ga, hi, hu, hy, id, it, lt, ne, nl, no, pt, ro, ru, sr, sv,
   * ta, tr and yi, and whole words in others. At most 60 characters.
   */
  language?: InputMaybe<Scalars['String']['input']>;
  /** Description of its web page; the summary when null. At most 500 characters. */
  seoDescription?: InputMaybe<Scalars['String']['input']>;
  /** Title of its web page; the title when null. At most 200 characters. */
  seoTitle?: InputMaybe<Scalars['String']['input']>;
  /**
   * Unique name in addresses: lowercase letters, digits and hyphens. Generated from the title when null; in an update
   * only an explicit null generates a new one, and an absent slug stays, also when the title changes.
   * At most 100 characters.
   */
  slug?: InputMaybe<Scalars['String']['input']>;
  /** A short text for lists. At most 500 characters. */
  summary?: InputMaybe<Scalars['String']['input']>;
  /** Free words for search, at most 20; repeated ones count once. Each has at most 50 characters. */
  tags?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Name for people. Required; cannot be cleared. At most 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
};

/** Kinds of listings. */
export type ListingKind =
  /** Software with license plans. */
  | 'APP'
  /** An event at a venue and a time. */
  | 'EVENT'
  /** Physical goods, which are shipped. */
  | 'PRODUCT'
  /** A guided trip with departures. */
  | 'TOUR';

/** Result of a change of a listing. */
export type ListingPayload = {
  __typename?: 'ListingPayload';
  /** The listing after the change; null if it was refused. */
  listing: Maybe<Listing>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** Orders of a list of listings. */
export type ListingSort =
  /** Latest first publication first. */
  | 'NEWEST'
  /** Lowest price first. */
  | 'PRICE_ASC'
  /** Highest lowest price first. */
  | 'PRICE_DESC'
  /**
   * Highest average of the reviews first (Listing.rating), of equal ones the most reviews; listings without reviews last. A
   * review changes the order within 5 s.
   */
  | 'RATING'
  /** Best match of the search words first; NEWEST without search words. */
  | 'RELEVANCE'
  /** Next start or departure first; listings without one last. */
  | 'STARTS_AT'
  /** By title, in alphabetical order. */
  | 'TITLE';

/** States of a listing. */
export type ListingStatus =
  /** No longer on sale; can still be read by id and slug. */
  | 'ARCHIVED'
  /** Not on sale; visible to its owner and catalog:manage only. */
  | 'DRAFT'
  /** On sale, and in lists. */
  | 'PUBLISHED';

/** More of an offer than one buyer may hold without having paid: in one order, or in seats held and open checkouts together. */
export type MaxPerOrderError = UserError & {
  __typename?: 'MaxPerOrderError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** How many the buyer holds already, beside those that were refused. */
  held: Scalars['Int']['output'];
  /** How many units one buyer may hold unpaid. */
  maximum: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** TypeID of the offer. */
  offerId: Scalars['ID']['output'];
};

/** An exact amount in the currency's minor unit (cents; yen have none). */
export type Money = {
  __typename?: 'Money';
  /** Number of minor units; negative where the field says so. */
  amount: Scalars['SafeInt']['output'];
  /** ISO 4217 code, three capital letters. */
  currency: Scalars['String']['output'];
  /** Written for reading, e.g. "€12.50", in the request's Accept-Language. */
  formatted: Scalars['String']['output'];
};

/** An exact amount in the currency's minor unit. */
export type MoneyInput = {
  /** Number of minor units: 1250 EUR is 12.50 euros. */
  amount: Scalars['SafeInt']['input'];
  /** ISO 4217 code. At most 3 characters. */
  currency: Scalars['String']['input'];
};

/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type Mutation = {
  __typename?: 'Mutation';
  /**
   * Adds or removes units, never below the reserved ones. For partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, NOT_FOUND, NOT_OWNER, INVALID (a delta of 0, no reason, unlimited or seated stock, more
   * than 2,000,000,000 units), STALE_WRITE (StaleWriteError), INSUFFICIENT_STOCK (InsufficientStockError),
   * IDEMPOTENCY_CONFLICT (IdempotencyConflictError).
   */
  adjustStock: OfferPayload;
  /**
   * Ends the sale of a listing; it can still be read by id and slug. For partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, NOT_FOUND, NOT_OWNER, INVALID (a draft).
   */
  archiveListing: ListingPayload;
  /**
   * Takes free seats of the seller's own event out of sale, or puts them back, all or none. For partners and
   * catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, NOT_FOUND, NOT_OWNER, INVALID (not 1 to 100 seats), SEAT_UNAVAILABLE
   * (SeatUnavailableError: a seat to block is held or sold).
   */
  blockSeats: SeatHoldPayload;
  /**
   * Creates a draft of an app for the calling partner, or for the platform. For partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, INVALID, NOT_FOUND (category or image), SLUG_TAKEN.
   */
  createApp: ListingPayload;
  /**
   * Creates a category. For catalog:manage.
   * Codes: INVALID (also more than 10 levels), NOT_FOUND (parent), SLUG_TAKEN.
   */
  createCategory: CategoryPayload;
  /**
   * Creates a draft of an event for the calling partner, or for the platform. For partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, INVALID, NOT_FOUND (category, venue or image), NOT_OWNER (another seller's venue),
   * SLUG_TAKEN.
   */
  createEvent: ListingPayload;
  /**
   * Permits the upload of a picture for listings of the calling partner, or of the platform. Send the file to the address
   * that it returns: PNG, JPEG, GIF (its first frame), WebP or AVIF, with at most 40 million pixels; its metadata are removed.
   * A picture that no listing uses is removed after a day. For partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, TOO_MANY_UPLOADS (in 24 hours more than 500 pictures, CATALOG_IMAGES_PER_DAY, or 1 GB,
   * CATALOG_IMAGE_BYTES_PER_DAY).
   */
  createImageUpload: ImageUploadPayload;
  /**
   * Adds an offer to a listing. For partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, NOT_FOUND (listing or section), NOT_OWNER, INVALID (also dates at which it could never be
   * sold, more than 200 offers, or 20,000 seats of an event), CONFLICT (another offer sells the section), UPC_TAKEN.
   */
  createOffer: OfferPayload;
  /**
   * Creates a draft of a product for the calling partner, or for the platform. For partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, INVALID, NOT_FOUND (category or image), SLUG_TAKEN.
   */
  createProduct: ListingPayload;
  /**
   * Creates a draft of a tour for the calling partner, or for the platform. For partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, INVALID, NOT_FOUND (category or image), SLUG_TAKEN.
   */
  createTour: ListingPayload;
  /**
   * Creates a venue of the calling partner, or of the platform, whose venues all sellers may use. For partners and
   * catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, INVALID.
   */
  createVenue: VenuePayload;
  /**
   * Deletes a category without children and listings. For catalog:manage.
   * Codes: NOT_FOUND, IN_USE (CategoryInUseError says of how many).
   */
  deleteCategory: ActionPayload;
  /**
   * Deletes a listing that was never bought, with its offers and seats; archive others. Carts and orders of failed
   * checkouts that refer to it still show its title, and that it is not on sale. For partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, NOT_FOUND, NOT_OWNER, IN_USE (it was bought, or a buyer or an unfinished checkout holds
   * units or seats of it).
   */
  deleteListing: ActionPayload;
  /**
   * For other subgraphs: holds seats for a cart as holdSeats does. Seats that are held under one of the carts' digests
   * become the buyer's.
   * Codes: NOT_FOUND, INVALID, SEAT_UNAVAILABLE (SeatUnavailableError), MAX_PER_ORDER (MaxPerOrderError), TOO_MANY_HOLDS
   * (TooManyHoldsError), as of holdSeats.
   */
  holdCartSeats: SeatHoldPayload;
  /**
   * Holds seats for the caller for 10 minutes (CATALOG_HOLD_MINUTES), all or none; extends seats that the caller already
   * holds, up to 30 minutes in total (CATALOG_HOLD_MAX_MINUTES) from the first hold. Releasing and taking a seat again
   * does not reset the total; leaving it free for the length of a hold does. heldUntil is the actual end.
   * Codes: NOT_FOUND, INVALID (not on sale, or not 1 to 100 seats), SEAT_UNAVAILABLE (SeatUnavailableError: taken, or
   * the total is used up), MAX_PER_ORDER (MaxPerOrderError: more units of an offer than one order may have, including
   * the caller's open checkouts), TOO_MANY_HOLDS (TooManyHoldsError: more than 20 seats of an event,
   * CATALOG_HOLD_MAX_SEATS, including the caller's open checkouts; or in production more seats from the caller's network
   * than 5 times, CATALOG_HOLDERS_PER_NETWORK, maxPerOrder of an offer or those 20 of an event).
   */
  holdSeats: SeatHoldPayload;
  /**
   * Puts a complete listing on sale, also an archived one; a published one stays as it is. For partners and
   * catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, NOT_FOUND, NOT_OWNER (the listing, or its venue, is another seller's), INVALID (each
   * missing field, an event that is over, a listing of which no offer can be sold any more).
   */
  publishListing: ListingPayload;
  /**
   * For other subgraphs: releases those of the seats that the buyer holds for a cart or by holdSeats.
   * Codes: NOT_FOUND, INVALID (not 1 to 100 seats).
   */
  releaseCartSeats: SeatHoldPayload;
  /**
   * Releases seats that the caller holds by holdSeats, all or none.
   * Codes: NOT_FOUND, INVALID (not 1 to 100 seats), NOT_OWNER (another buyer holds one), SEAT_UNAVAILABLE
   * (SeatUnavailableError: sold, blocked, or in a checkout).
   */
  releaseSeats: SeatHoldPayload;
  /**
   * Changes an app. An absent field stays, null clears it; a published app keeps what publishing needs. For partners and
   * catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, INVALID, NOT_FOUND (the listing, a category or an image), NOT_OWNER, SLUG_TAKEN,
   * STALE_WRITE (StaleWriteError).
   */
  updateApp: ListingPayload;
  /**
   * Changes a category. An absent argument stays. For catalog:manage.
   * Codes: INVALID (also more than 10 levels), NOT_FOUND (the category or the parent), CONFLICT (a circle of parents),
   * SLUG_TAKEN.
   */
  updateCategory: CategoryPayload;
  /**
   * Changes an event. An absent field stays, null clears it; a published event keeps what publishing needs. For partners
   * and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, INVALID, NOT_FOUND (the listing, or a category or venue), NOT_OWNER (the listing, or its
   * venue, is another seller's), SLUG_TAKEN, STALE_WRITE (StaleWriteError), CONFLICT (another venue for seats that are on
   * sale, or another time for tickets that are sold or held).
   */
  updateEvent: ListingPayload;
  /**
   * Changes an offer. An absent field stays, null clears it. Open checkouts keep the price at which they began. For
   * partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, NOT_FOUND (the offer or a section), NOT_OWNER, INVALID (also units: adjustStock changes
   * them), CONFLICT (another offer sells the section, seats of a section to remove are not free, or another departure for
   * places that are sold or held), UPC_TAKEN, STALE_WRITE (StaleWriteError).
   */
  updateOffer: OfferPayload;
  /**
   * Changes a product. An absent field stays, null clears it; a published product keeps what publishing needs. For
   * partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, INVALID, NOT_FOUND (the listing, a category or an image), NOT_OWNER, SLUG_TAKEN,
   * STALE_WRITE (StaleWriteError).
   */
  updateProduct: ListingPayload;
  /**
   * Changes a tour. An absent field stays, null clears it; a published tour keeps what publishing needs. For partners and
   * catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, INVALID, NOT_FOUND (the listing, a category or an image), NOT_OWNER, SLUG_TAKEN,
   * STALE_WRITE (StaleWriteError).
   */
  updateTour: ListingPayload;
  /**
   * Replaces the whole venue: an absent field is cleared. Events keep the seats that their offers already sell, also those
   * of sections that the venue no longer has. For partners and catalog:manage.
   * Codes: PARTNER_NOT_VERIFIED, NOT_FOUND, NOT_OWNER, INVALID.
   */
  updateVenue: VenuePayload;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationAdjustStockArgs = {
  input: AdjustStockInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationArchiveListingArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationBlockSeatsArgs = {
  blocked: Scalars['Boolean']['input'];
  seatIds: Array<Scalars['ID']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCreateAppArgs = {
  input: AppInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCreateCategoryArgs = {
  name: Scalars['String']['input'];
  parentId: InputMaybe<Scalars['ID']['input']>;
  slug: InputMaybe<Scalars['String']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCreateEventArgs = {
  input: EventInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCreateOfferArgs = {
  input: OfferInput;
  listingId: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCreateProductArgs = {
  input: ProductInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCreateTourArgs = {
  input: TourInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationCreateVenueArgs = {
  input: VenueInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationDeleteCategoryArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationDeleteListingArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationHoldCartSeatsArgs = {
  cartDigests: Array<Scalars['ID']['input']>;
  seatIds: Array<Scalars['ID']['input']>;
  userId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationHoldSeatsArgs = {
  seatIds: Array<Scalars['ID']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationPublishListingArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationReleaseCartSeatsArgs = {
  cartDigests: Array<Scalars['ID']['input']>;
  seatIds: Array<Scalars['ID']['input']>;
  userId: InputMaybe<Scalars['ID']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationReleaseSeatsArgs = {
  seatIds: Array<Scalars['ID']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateAppArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  input: AppInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateCategoryArgs = {
  id: Scalars['ID']['input'];
  name: InputMaybe<Scalars['String']['input']>;
  parentId: InputMaybe<Scalars['ID']['input']>;
  slug: InputMaybe<Scalars['String']['input']>;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateEventArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  input: EventInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateOfferArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  input: OfferInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateProductArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  input: ProductInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateTourArgs = {
  expectedRevision: InputMaybe<Scalars['Int']['input']>;
  id: Scalars['ID']['input'];
  input: TourInput;
};


/**
 * Changes. Expected refusals come in userErrors, all at once, with the codes that each description lists; a text, list
 * or number beyond its stated bounds is INVALID. Other failures are top-level errors.
 */
export type MutationUpdateVenueArgs = {
  id: Scalars['ID']['input'];
  input: VenueInput;
};

/** The unit of sale: a stocked item, a departure, a license plan, a ticket type. */
export type Offer = {
  __typename?: 'Offer';
  /** Whether it can be bought now, and how many units. */
  availability: Availability;
  /** A higher price that the price is compared with, such as the former or the recommended one; null without one. */
  compareAtPrice: Maybe<Money>;
  /** How a unit is fulfilled. */
  fulfilment: Fulfilment;
  /** TypeID with the prefix offer. */
  id: Scalars['ID']['output'];
  /** The listing that it sells. */
  listing: Listing;
  /** Maximum number of units that one buyer may hold without payment: in one order, and in seats held by holdSeats and open checkouts together (MAX_PER_ORDER). */
  maxPerOrder: Scalars['Int']['output'];
  /** Price of one unit. */
  price: Money;
  /** Its prices, the present one first, then those before. For the owning partner and catalog:manage. */
  priceHistory: Maybe<OfferPriceConnection>;
  /** Increases with every write. Pass it back to change the offer or its stock (STALE_WRITE otherwise). */
  revision: Scalars['Int']['output'];
  /**
   * Until when it is on sale. When null, the sale ends with the start of the event or departure. It never lasts beyond
   * the end of the event.
   */
  salesEndAt: Maybe<Scalars['DateTime']['output']>;
  /** From when it is on sale; null is any time. */
  salesStartAt: Maybe<Scalars['DateTime']['output']>;
  /** Whether a seat must be chosen for each unit. */
  seated: Scalars['Boolean']['output'];
  /** Departure time of a tour's offer; null for others. Its sale ends then. */
  startsAt: Maybe<Scalars['DateTime']['output']>;
  /**
   * All changes of its units, the latest first; they sum to onHand and reserved of its availability. Movements older than 400
   * days are summed up in the opening one. Empty for a seated offer, whose seats are its stock. For the owning partner and
   * catalog:manage.
   */
  stockMovements: Maybe<StockMovementConnection>;
  /** Name for people; the listing's title if it has none of its own. */
  title: Scalars['String']['output'];
  /** Universal product code, unique where present. */
  upc: Maybe<Scalars['String']['output']>;
};


/** The unit of sale: a stocked item, a departure, a license plan, a ticket type. */
export type OfferPriceHistoryArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The unit of sale: a stocked item, a departure, a license plan, a ticket type. */
export type OfferStockMovementsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** An offer of a listing. In an update, an absent field stays and null clears it. */
export type OfferInput = {
  /**
   * A higher price to compare it with, in the same currency; null for none. A price that reaches it is refused (INVALID)
   * unless it is changed or cleared too.
   */
  compareAtPrice?: InputMaybe<MoneyInput>;
  /** Maximum number of units that one buyer may hold unpaid, 1 to 100; 10 when null. */
  maxPerOrder?: InputMaybe<Scalars['Int']['input']>;
  /**
   * Units on hand at creation, 0 to 2,000,000,000; null is unlimited. Rejected (INVALID) by updateOffer (use
   * adjustStock) and for seated offers, whose seats are the stock.
   */
  onHand?: InputMaybe<Scalars['Int']['input']>;
  /**
   * Price of one unit, 0 to 100,000,000,000 minor units, in the currency of the listing's other offers. Required; cannot
   * be cleared.
   */
  price?: InputMaybe<MoneyInput>;
  /**
   * Until when it is on sale: in the future, after salesStartAt, and by the departure or the end of the event. When
   * null, the sale ends with the start of the event or departure.
   */
  salesEndAt?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * From when it is on sale; null is any time. Before the end of the sale: salesEndAt, or else the start of the event or
   * departure.
   */
  salesStartAt?: InputMaybe<Scalars['DateTime']['input']>;
  /**
   * Venue sections that this ticket type sells, at most 100; makes the offer seated. In an update, further ones are added,
   * and those that are left out are removed while all of their seats are free; a seated offer's cannot be cleared, and an
   * offer without seats gets none. Each has at most 100 characters.
   */
  sections?: InputMaybe<Array<Scalars['String']['input']>>;
  /**
   * Departure time, in the future; for a tour's offer only (INVALID for others). Cannot be changed once places are sold or
   * held, since tokens are valid for the departure for which they were bought.
   */
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Name for people; the listing's title when null. At most 200 characters. */
  title?: InputMaybe<Scalars['String']['input']>;
  /** Universal product code: letters, digits and hyphens, unique. At most 64 characters. */
  upc?: InputMaybe<Scalars['String']['input']>;
};

/** Result of a change of an offer. */
export type OfferPayload = {
  __typename?: 'OfferPayload';
  /** The offer after the change; null if it was refused. */
  offer: Maybe<Offer>;
  /** Whether the idempotency key was already used; false for mutations without a key. */
  replayed: Scalars['Boolean']['output'];
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/** A price of an offer, from when it was valid. */
export type OfferPrice = {
  __typename?: 'OfferPrice';
  /** The higher price that it was compared with, or null. */
  compareAtPrice: Maybe<Money>;
  /** Price of one unit. */
  price: Money;
  /** Time from which it was the price, until the next one. */
  validFrom: Scalars['DateTime']['output'];
};

/** A page of an offer's prices. */
export type OfferPriceConnection = {
  __typename?: 'OfferPriceConnection';
  /** The items of the page with their cursors. */
  edges: Array<OfferPriceEdge>;
  /** The items of the page. */
  nodes: Array<OfferPrice>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
  /**
   * Number of items in the whole list, not only on this page: exact up to 10,000, an estimate beyond. Counted only where
   * selected; null with an error if it cannot be counted.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
  /** Whether totalCount is an estimate. Counted only where selected; null with an error if it cannot be counted. */
  totalCountIsEstimate: Maybe<Scalars['Boolean']['output']>;
};

/** An item of a page of prices, with its cursor. */
export type OfferPriceEdge = {
  __typename?: 'OfferPriceEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: OfferPrice;
};

/** Where a page lies in its list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last item; null for an empty page. Pass it as `after` to get the next page. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Whether items follow the page. When paging backward: whether it began at a cursor. */
  hasNextPage: Scalars['Boolean']['output'];
  /** Whether items precede the page. When paging forward: whether it began at a cursor. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item; null for an empty page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** A seller: owns listings and venues, and earns the sales minus the platform's commission. */
export type Partner = {
  __typename?: 'Partner';
  /** TypeID with the prefix partner. */
  id: Scalars['ID']['output'];
  /** The partner's listings, newest first. */
  listings: Maybe<ListingConnection>;
  /** The partner's venues, by name. */
  venues: Maybe<Array<Venue>>;
};


/** A seller: owns listings and venues, and earns the sales minus the platform's commission. */
export type PartnerListingsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  status: InputMaybe<ListingStatus>;
};


/** A seller: owns listings and venues, and earns the sales minus the platform's commission. */
export type PartnerVenuesArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Ways to pay. */
export type PaymentMethod =
  /** A transfer that quotes Payment.reference, recorded by an administrator. */
  | 'BANK_TRANSFER'
  /** A card, charged by the card provider. */
  | 'CREDIT_CARD'
  /** An electronic wallet, recorded by an administrator. */
  | 'E_WALLET'
  /** A transfer to an account number of its own, recorded by an administrator. */
  | 'VIRTUAL_ACCOUNT';

/** Prices of a listing's offers, all in one currency. */
export type PriceRange = {
  __typename?: 'PriceRange';
  /** Price of the most expensive offer. */
  max: Money;
  /** Price of the cheapest offer. */
  min: Money;
};

/** Physical goods. */
export type Product = Listing & {
  __typename?: 'Product';
  /**
   * Availability of its offers together: the best status among them, and the sum of their units (null where one is
   * unlimited). NOT_ON_SALE and 0 without an offer on sale. Offers that are not on sale do not count.
   */
  availability: Availability;
  /** Name of the brand, or null. */
  brand: Maybe<Scalars['String']['output']>;
  /** The category, or null. */
  category: Maybe<Category>;
  /** Time at which the draft was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The whole text in Markdown, or null. */
  description: Maybe<Scalars['String']['output']>;
  /** Free-form attributes: an app's feature list, a product's dimensions. Null without any. */
  features: Maybe<Scalars['JSON']['output']>;
  /** TypeID with the prefix listing. */
  id: Scalars['ID']['output'];
  /** Pictures, the main one first; at most 20. */
  images: Array<Image>;
  /** Product, tour, app or event. */
  kind: ListingKind;
  /** Language of title, summary, description and tags: a BCP 47 tag, such as en or pt-BR. */
  language: Scalars['String']['output'];
  /** What can be bought; at most 200: createOffer refuses more (INVALID). */
  offers: Array<Offer>;
  /** The seller; null for the platform's own listings. */
  partner: Maybe<Partner>;
  /** Lowest and highest price of the offers; null without an offer. */
  priceRange: Maybe<PriceRange>;
  /** Time at which it was first published; null before. */
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Increases with every update of the listing itself. Pass it back to change it (STALE_WRITE otherwise). */
  revision: Scalars['Int']['output'];
  /** Description of its web page for search engines and link previews; null: the summary. */
  seoDescription: Maybe<Scalars['String']['output']>;
  /** Title of its web page for search engines and link previews; null: the title. */
  seoTitle: Maybe<Scalars['String']['output']>;
  /** Unique name in addresses: lowercase letters, digits and hyphens, at most 100 characters. */
  slug: Scalars['String']['output'];
  /** Whether it is a draft, on sale or archived. A draft is visible to its owner and catalog:manage only: null to others. */
  status: ListingStatus;
  /** A short text for lists, or null. */
  summary: Maybe<Scalars['String']['output']>;
  /** Free words for search; at most 20. */
  tags: Array<Scalars['String']['output']>;
  /** Name for people. */
  title: Scalars['String']['output'];
  /** Time of the last change of the listing or its prices. */
  updatedAt: Scalars['DateTime']['output'];
  /** Weight of one unit in grams, or null. */
  weightGrams: Maybe<Scalars['Int']['output']>;
};

/** A product. In an update, an absent field stays and null clears it. */
export type ProductInput = {
  /** Name of the brand. At most 100 characters. */
  brand?: InputMaybe<Scalars['String']['input']>;
  /** What all kinds of listings have. */
  listing: ListingInput;
  /** Weight of one unit in grams, 0 to 100,000,000. */
  weightGrams?: InputMaybe<Scalars['Int']['input']>;
};

/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type Query = {
  __typename?: 'Query';
  /** All categories by name, at every level of the tree. */
  categories: Array<Category>;
  /** One category, by exactly one of id and slug (BAD_USER_INPUT otherwise). */
  category: Maybe<Category>;
  /**
   * One listing, by exactly one of id and slug (BAD_USER_INPUT otherwise). A draft is null to all but its owner and
   * catalog:manage. A slug that it had before finds it too: Listing.slug is the present one. A listing whose seller is
   * suspended is read as an archived one: not in lists, and not on sale.
   */
  listing: Maybe<Listing>;
  /** Listings, forward by first and after, or backward by last and before (BAD_USER_INPUT for both). */
  listings: ListingConnection;
  /**
   * Published offers with few free units, the scarcest first, by id among equally scarce ones: the calling partner's own,
   * or all for catalog:manage. An offer whose stock changes between two pages may be on both of them or on none.
   */
  lowStock: Array<Offer>;
  /** One offer, by exactly one of id and upc (BAD_USER_INPUT otherwise). Null to those who may not see its listing. */
  offer: Maybe<Offer>;
  /**
   * Offers in the order of the ids; null for unknown ids and for offers of drafts. Availability.status is NOT_ON_SALE
   * for every reason not to sell: an archived listing, a sale that has not begun or has ended, an event or departure
   * that has begun, a suspended seller. SOLD_OUT and available speak of stock only.
   */
  offers: Array<Maybe<Offer>>;
  /**
   * Event.seatMap, for caches: a public GET response with this field alone may be stored for a day. Null for an event that
   * does not exist or that the caller may not see.
   */
  seatMap: Maybe<SeatMap>;
  /** Completions of a search term: words of listings in the shop, then titles that begin with it, the best first. */
  suggestListings: Array<Scalars['String']['output']>;
  /** One venue. */
  venue: Maybe<Venue>;
  /** Venues by name. */
  venues: Array<Venue>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryCategoriesArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryCategoryArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  slug: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryListingArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  slug: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryListingsArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  before: InputMaybe<Scalars['String']['input']>;
  filter: InputMaybe<ListingFilter>;
  first: InputMaybe<Scalars['Int']['input']>;
  last: InputMaybe<Scalars['Int']['input']>;
  sort: InputMaybe<ListingSort>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryLowStockArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  afterAvailable: InputMaybe<Scalars['Int']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  threshold: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryOfferArgs = {
  id: InputMaybe<Scalars['ID']['input']>;
  upc: InputMaybe<Scalars['String']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryOffersArgs = {
  ids: Array<Scalars['ID']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QuerySeatMapArgs = {
  eventId: Scalars['ID']['input'];
  revision: InputMaybe<Scalars['Int']['input']>;
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QuerySuggestListingsArgs = {
  limit?: InputMaybe<Scalars['Int']['input']>;
  prefix: Scalars['String']['input'];
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryVenueArgs = {
  id: Scalars['ID']['input'];
};


/**
 * Reads. An object that does not exist, or that the caller may not see, is null. An argument beyond its stated bounds is
 * BAD_USER_INPUT, which names it; so is a range whose lower bound is above the upper one.
 */
export type QueryVenuesArgs = {
  after: InputMaybe<Scalars['ID']['input']>;
  city: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Changes of seat states from one revision to another. */
export type SeatChanges = {
  __typename?: 'SeatChanges';
  /**
   * Pairs [index, state] of the seats that changed, with the numbers of SeatStates: [[17, 1]] says that seat 17 is HELD.
   * At most 500; more are sent as states. Empty for a confirmation that nothing changed.
   */
  changes: Array<Array<Scalars['Int']['output']>>;
  /** SeatMap.revision of the map whose indexes the changes have. It changes only in an event with states. */
  mapRevision: Scalars['Int']['output'];
  /** The revision that they lead to, as in SeatStates. */
  revision: Scalars['String']['output'];
  /**
   * The revision that the changes begin at; null if states is set. A receiver whose own states are older than this has
   * missed something and reads Event.seatStates again; one whose states are as new as revision, or newer, ignores the
   * event.
   */
  since: Maybe<Scalars['String']['output']>;
  /** All states instead of changes, packed as in SeatStates; null if changes lead here from since. */
  states: Maybe<Scalars['String']['output']>;
};

/** Result of a change of seats. */
export type SeatHoldPayload = {
  __typename?: 'SeatHoldPayload';
  /** Earliest end of the holds that holdSeats set; null for other mutations. */
  heldUntil: Maybe<Scalars['DateTime']['output']>;
  /** The seats after the change, at most 100; null if it was refused. */
  seats: Maybe<Array<EventSeat>>;
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
};

/**
 * The seats of an event in columns. A seat's index, from 0, is its position in the lists of SeatMap.seats, in
 * SeatStates.states and in SeatChanges.changes.
 */
export type SeatMap = {
  __typename?: 'SeatMap';
  /** Number of this map, from 0. Another revision may give other seats the same indexes: its states do not fit this map. */
  revision: Scalars['Int']['output'];
  /** Rows in the order of their seats. */
  rows: SeatMapRows;
  /** Seats by index. */
  seats: SeatMapSeats;
  /** Sections in the order of their seats. */
  sections: SeatMapSections;
};

/** The rows of a seat map; all lists have one entry for each row, at most 20,000. */
export type SeatMapRows = {
  __typename?: 'SeatMapRows';
  /** Index of the row's first seat. The row ends before the first seat of the next row. */
  firstSeats: Array<Scalars['Int']['output']>;
  /** Label of the row: A is the front, after Z comes AA. */
  labels: Array<Scalars['String']['output']>;
  /** Position of the row's section in SeatMap.sections, from 0. */
  sections: Array<Scalars['Int']['output']>;
};

/** The seats of a seat map; all lists have one entry for each seat, at most 20,000. */
export type SeatMapSeats = {
  __typename?: 'SeatMapSeats';
  /** TypeID of the seat, for holdSeats and carts. */
  ids: Array<Scalars['ID']['output']>;
  /** Number in the row, from 1. */
  numbers: Array<Scalars['Int']['output']>;
  /** Horizontal place on the map, in seats; null for a seat without one. */
  x: Array<Maybe<Scalars['Float']['output']>>;
  /** Vertical place on the map, in seats; null for a seat without one. */
  y: Array<Maybe<Scalars['Float']['output']>>;
};

/** The sections of a seat map; all lists have one entry for each section, at most 20,000. */
export type SeatMapSections = {
  __typename?: 'SeatMapSections';
  /** Name of the venue's section. */
  names: Array<Scalars['String']['output']>;
  /** TypeID of the offer that sells the section. */
  offerIds: Array<Scalars['ID']['output']>;
};

/** The states of an event's seats at one revision. */
export type SeatStates = {
  __typename?: 'SeatStates';
  /** SeatMap.revision of the map whose indexes the states have. */
  mapRevision: Scalars['Int']['output'];
  /**
   * Identifies these states: HISTORY.NUMBER. Revisions of one history are ordered by the number. A revision of another
   * history says nothing about this one.
   */
  revision: Scalars['String']['output'];
  /**
   * Base64 (RFC 4648, with padding) of bytes with four seats each. Seat i is in byte i / 4 (integer division), in the two
   * bits from bit 2 * (i mod 4), the lowest bit being 0: 0 AVAILABLE, 1 HELD, 2 SOLD, 3 BLOCKED. Bits beyond the last seat are 0. For
   * example "5AE=" is the bytes 0xE4 0x01: seats 0 to 4 are AVAILABLE, HELD, SOLD, BLOCKED, HELD. In JavaScript, for
   * bytes = Uint8Array.from(atob(states), (c) => c.charCodeAt(0)), the state is (bytes[i >> 2] >> (2 * (i & 3))) & 3.
   */
  states: Scalars['String']['output'];
};

/** States of a seat. */
export type SeatStatus =
  /** Free. */
  | 'AVAILABLE'
  /** Not for sale: the seller blocked it. */
  | 'BLOCKED'
  /** Held for one buyer until heldUntil. */
  | 'HELD'
  /** Sold. */
  | 'SOLD';

/** Seats that are sold, blocked, or held by somebody else. */
export type SeatUnavailableError = UserError & {
  __typename?: 'SeatUnavailableError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** TypeIDs of these seats; the first 100 if there are more. */
  seatIds: Array<Scalars['ID']['output']>;
};

/** The object was changed since the caller read it. Read it again before changing it. */
export type StaleWriteError = UserError & {
  __typename?: 'StaleWriteError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** The revision that the object has now. */
  currentRevision: Scalars['Int']['output'];
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A change of an offer's units. */
export type StockMovement = {
  __typename?: 'StockMovement';
  /** TypeID of the checkout that moved the units; null for OPENING and ADJUST. */
  checkoutId: Maybe<Scalars['ID']['output']>;
  /** Time of the movement; of OPENING, the creation of the offer, or the end of the movements that it sums up. */
  createdAt: Scalars['DateTime']['output'];
  /** What changed them. */
  kind: StockMovementKind;
  /** Units added to those on hand, negative: removed; 0 for an offer with unlimited stock. */
  onHand: Scalars['Int']['output'];
  /** Why the seller adjusted the stock; null for other kinds. */
  reason: Maybe<Scalars['String']['output']>;
  /** Units added to those reserved, negative: removed. */
  reserved: Scalars['Int']['output'];
};

/** A page of an offer's stock movements. */
export type StockMovementConnection = {
  __typename?: 'StockMovementConnection';
  /** The items of the page with their cursors. */
  edges: Array<StockMovementEdge>;
  /** The items of the page. */
  nodes: Array<StockMovement>;
  /** Whether there are further pages, and the cursors of this one. */
  pageInfo: PageInfo;
  /**
   * Number of items in the whole list, not only on this page: exact up to 10,000, an estimate beyond. Counted only where
   * selected; null with an error if it cannot be counted.
   */
  totalCount: Maybe<Scalars['Int']['output']>;
  /** Whether totalCount is an estimate. Counted only where selected; null with an error if it cannot be counted. */
  totalCountIsEstimate: Maybe<Scalars['Boolean']['output']>;
};

/** An item of a page of stock movements, with its cursor. */
export type StockMovementEdge = {
  __typename?: 'StockMovementEdge';
  /** Position of the item in the list: pass it as `after` to continue behind it. Opaque. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: StockMovement;
};

/** Kinds of stock movements. */
export type StockMovementKind =
  /** The seller added or removed units (adjustStock). */
  | 'ADJUST'
  /** The units of a new offer, and the sum of movements that are not kept any more. */
  | 'OPENING'
  /** Reserved units are free again: the checkout failed, or its hold expired. */
  | 'RELEASE'
  /** A checkout reserved units. */
  | 'RESERVE'
  /** Sold units came back: the order was canceled, or its checkout failed after the sale. */
  | 'RETURN'
  /** Reserved units were sold. */
  | 'SELL';

/** Live data over Server-Sent Events or WebSocket (graphql-transport-ws). */
export type Subscription = {
  __typename?: 'Subscription';
  /**
   * A listing, each time the availability of one of its offers or seats changes. FORBIDDEN for a listing that the caller
   * may not see.
   */
  availabilityChanged: Listing;
  /**
   * Changes of an event's seats, those within 100 ms in one event. Without after it sends what happens from now on, and
   * every 15 seconds or so a confirmation without changes: subscribe, then read Event.seatStates, and apply events by
   * SeatChanges.since. All subscribers share this stream, and one that is slow may miss events. With after the stream is
   * the caller's own and misses nothing. FORBIDDEN for an event that the caller may not see.
   */
  seatsChanged: SeatChanges;
};


/** Live data over Server-Sent Events or WebSocket (graphql-transport-ws). */
export type SubscriptionAvailabilityChangedArgs = {
  listingId: Scalars['ID']['input'];
};


/** Live data over Server-Sent Events or WebSocket (graphql-transport-ws). */
export type SubscriptionSeatsChangedArgs = {
  after: InputMaybe<Scalars['String']['input']>;
  eventId: Scalars['ID']['input'];
};

/** Too many failures of late. */
export type TooManyAttemptsError = UserError & {
  __typename?: 'TooManyAttemptsError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
  /** Earliest time at which another attempt makes sense. */
  retryAt: Scalars['DateTime']['output'];
};

/** More seats than one buyer or one network may hold without a checkout. */
export type TooManyHoldsError = UserError & {
  __typename?: 'TooManyHoldsError';
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path of the argument or input field that caused the refusal, at most 10 steps; null if no single one did. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** How many are held already, beside those that were refused. */
  held: Scalars['Int']['output'];
  /** How many seats may be held. */
  maximum: Scalars['Int']['output'];
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A guided trip; each offer is a departure. */
export type Tour = Listing & {
  __typename?: 'Tour';
  /**
   * Availability of its offers together: the best status among them, and the sum of their units (null where one is
   * unlimited). NOT_ON_SALE and 0 without an offer on sale. Offers that are not on sale do not count.
   */
  availability: Availability;
  /** The category, or null. */
  category: Maybe<Category>;
  /** Time at which the draft was created. */
  createdAt: Scalars['DateTime']['output'];
  /** The whole text in Markdown, or null. */
  description: Maybe<Scalars['String']['output']>;
  /** How demanding it is; MODERATE in a draft without one. */
  difficulty: TourDifficulty;
  /** Duration in minutes; 0 in a draft without one. */
  durationMinutes: Scalars['Int']['output'];
  /** Free-form attributes: an app's feature list, a product's dimensions. Null without any. */
  features: Maybe<Scalars['JSON']['output']>;
  /** TypeID with the prefix listing. */
  id: Scalars['ID']['output'];
  /** Pictures, the main one first; at most 20. */
  images: Array<Image>;
  /** Key points in walking order; at most 100. */
  itinerary: Array<TourStop>;
  /** Product, tour, app or event. */
  kind: ListingKind;
  /** Language of title, summary, description and tags: a BCP 47 tag, such as en or pt-BR. */
  language: Scalars['String']['output'];
  /** Where it begins, such as a city; empty in a draft without one. */
  location: Scalars['String']['output'];
  /** What can be bought; at most 200: createOffer refuses more (INVALID). */
  offers: Array<Offer>;
  /** The seller; null for the platform's own listings. */
  partner: Maybe<Partner>;
  /** Lowest and highest price of the offers; null without an offer. */
  priceRange: Maybe<PriceRange>;
  /** Time at which it was first published; null before. */
  publishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Increases with every update of the listing itself. Pass it back to change it (STALE_WRITE otherwise). */
  revision: Scalars['Int']['output'];
  /** Description of its web page for search engines and link previews; null: the summary. */
  seoDescription: Maybe<Scalars['String']['output']>;
  /** Title of its web page for search engines and link previews; null: the title. */
  seoTitle: Maybe<Scalars['String']['output']>;
  /** Unique name in addresses: lowercase letters, digits and hyphens, at most 100 characters. */
  slug: Scalars['String']['output'];
  /** Whether it is a draft, on sale or archived. A draft is visible to its owner and catalog:manage only: null to others. */
  status: ListingStatus;
  /** A short text for lists, or null. */
  summary: Maybe<Scalars['String']['output']>;
  /** Free words for search; at most 20. */
  tags: Array<Scalars['String']['output']>;
  /**
   * IANA time zone of its departures, such as Europe/Lisbon, in which their local times are written. Null if it is unknown:
   * then write them in UTC, and say so.
   */
  timeZone: Maybe<Scalars['String']['output']>;
  /** Name for people. */
  title: Scalars['String']['output'];
  /** Time of the last change of the listing or its prices. */
  updatedAt: Scalars['DateTime']['output'];
};

/** How demanding a tour is. */
export type TourDifficulty =
  /** For everybody. */
  | 'EASY'
  /** For fit and experienced people. */
  | 'HARD'
  /** For people of average fitness. */
  | 'MODERATE';

/** A tour. In an update, an absent field stays and null clears it. */
export type TourInput = {
  /** How demanding it is; MODERATE when null. */
  difficulty?: InputMaybe<TourDifficulty>;
  /** Duration in minutes, 1 to 527,040 (a year). Needed to publish, so that a published tour's cannot be cleared. */
  durationMinutes?: InputMaybe<Scalars['Int']['input']>;
  /** Key points in walking order; at most 100. */
  itinerary?: InputMaybe<Array<TourStopInput>>;
  /** What all kinds of listings have. */
  listing: ListingInput;
  /**
   * Where it begins; what precedes the first comma is found as its city. Needed to publish, so that a published tour's
   * cannot be cleared. At most 200 characters.
   */
  location?: InputMaybe<Scalars['String']['input']>;
  /** IANA time zone of its departures, such as Europe/Lisbon; null if it is unknown. At most 60 characters. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** A key point of a tour. */
export type TourStop = {
  __typename?: 'TourStop';
  /** What there is to see, or null. */
  description: Maybe<Scalars['String']['output']>;
  /** Degrees north, -90 to 90 (WGS 84). */
  latitude: Scalars['Float']['output'];
  /** Degrees east, -180 to 180 (WGS 84). */
  longitude: Scalars['Float']['output'];
  /** Name of the place. */
  name: Scalars['String']['output'];
};

/** A key point of a tour. */
export type TourStopInput = {
  /** What there is to see. At most 2,000 characters. */
  description?: InputMaybe<Scalars['String']['input']>;
  /** Degrees north, -90 to 90 (WGS 84). */
  latitude: Scalars['Float']['input'];
  /** Degrees east, -180 to 180 (WGS 84). */
  longitude: Scalars['Float']['input'];
  /** Name of the place. At most 200 characters. */
  name: Scalars['String']['input'];
};

/** An expected refusal that the caller can act on. Implementations carry the numbers that a client needs. */
export type UserError = {
  /** The kind of refusal, for programs. */
  code: ErrorCode;
  /** Path into the input, e.g. ["input", "items", "0", "quantity"]; 10 steps at most. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** Explanation for people, in English. */
  message: Scalars['String']['output'];
};

/** A place where events are held. */
export type Venue = {
  __typename?: 'Venue';
  /** Street address. */
  address: Scalars['String']['output'];
  /** Number of visitors; the number of seats if there are sections. */
  capacity: Scalars['Int']['output'];
  /** City or town. */
  city: Scalars['String']['output'];
  /** ISO 3166-1 alpha-2 code. */
  countryCode: Scalars['String']['output'];
  /** TypeID with the prefix venue. */
  id: Scalars['ID']['output'];
  /** Degrees north, -90 to 90 (WGS 84), or null. */
  latitude: Maybe<Scalars['Float']['output']>;
  /** Degrees east, -180 to 180 (WGS 84), or null. */
  longitude: Maybe<Scalars['Float']['output']>;
  /** Name for people. */
  name: Scalars['String']['output'];
  /** The seller who may hold events here; null for the platform's venues, which all sellers may use. */
  partner: Maybe<Partner>;
  /** Blocks of seats; at most 100. Empty for general admission. */
  sections: Array<VenueSection>;
  /**
   * IANA time zone, such as Europe/Lisbon, in which local times of its events are written. Null if it is unknown: then write
   * them in UTC, and say so.
   */
  timeZone: Maybe<Scalars['String']['output']>;
};

/** A venue. An update replaces all of it: a field that is absent or null is cleared. */
export type VenueInput = {
  /** Street address. At most 300 characters. */
  address: Scalars['String']['input'];
  /** Number of visitors without seats, 0 to 1,000,000; ignored if there are sections, whose seats are counted. */
  capacity?: InputMaybe<Scalars['Int']['input']>;
  /** City or town. At most 100 characters. */
  city: Scalars['String']['input'];
  /** ISO 3166-1 alpha-2 code, two capital letters. At most 2 characters. */
  countryCode: Scalars['String']['input'];
  /** Degrees north, -90 to 90 (WGS 84). */
  latitude?: InputMaybe<Scalars['Float']['input']>;
  /** Degrees east, -180 to 180 (WGS 84). */
  longitude?: InputMaybe<Scalars['Float']['input']>;
  /** Name for people. At most 200 characters. */
  name: Scalars['String']['input'];
  /** Blocks of seats, at most 100 with 20,000 seats in all. */
  sections?: InputMaybe<Array<VenueSectionInput>>;
  /**
   * IANA time zone, such as Europe/Lisbon. When null, that of the country if all of the country has one time, else unknown.
   * At most 60 characters.
   */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** Result of a change of a venue. */
export type VenuePayload = {
  __typename?: 'VenuePayload';
  /** Expected refusals, all at once; empty on success. The first 100 if there are more. */
  userErrors: Array<UserError>;
  /** The venue after the change; null if it was refused. */
  venue: Maybe<Venue>;
};

/** A block of seats of a venue. */
export type VenueSection = {
  __typename?: 'VenueSection';
  /** Name, unique in the venue. */
  name: Scalars['String']['output'];
  /** Number of rows. */
  rows: Scalars['Int']['output'];
  /** Number of seats of each row. */
  seatsPerRow: Scalars['Int']['output'];
  /** Horizontal place of the first seat on the seat map, where a seat is one unit wide; null without a map. */
  x: Maybe<Scalars['Float']['output']>;
  /** Vertical place of the first seat on the seat map, where a seat is one unit deep; null without a map. */
  y: Maybe<Scalars['Float']['output']>;
};

/** A block of seats of a venue. */
export type VenueSectionInput = {
  /** Name, unique in the venue. At most 100 characters. */
  name: Scalars['String']['input'];
  /** Number of rows, 1 to 500. */
  rows: Scalars['Int']['input'];
  /** Number of seats of each row, 1 to 500. */
  seatsPerRow: Scalars['Int']['input'];
  /** Horizontal place of the first seat on the seat map, where a seat is one unit wide. */
  x?: InputMaybe<Scalars['Float']['input']>;
  /** Vertical place of the first seat on the seat map, where a seat is one unit deep. */
  y?: InputMaybe<Scalars['Float']['input']>;
};

/** Who may get an answer that is kept. */
export type CacheControl__Scope =
  /** Nobody but the caller: it is never kept. */
  | 'PRIVATE'
  /** Everybody. */
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
  CategoryInUseError: ResolverTypeWrapper<CategoryInUseError>;
  CategoryPayload: ResolverTypeWrapper<Omit<CategoryPayload, 'category' | 'userErrors'> & { category?: Maybe<ResolversTypes['Category']>, userErrors: Array<ResolversTypes['UserError']> }>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  EmailAddress: ResolverTypeWrapper<Scalars['EmailAddress']['output']>;
  ErrorCode: ErrorCode;
  Event: ResolverTypeWrapper<ListingEntity>;
  EventInput: EventInput;
  EventSeat: ResolverTypeWrapper<EventSeatEntity>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Facet: ResolverTypeWrapper<FacetModel>;
  FacetName: FacetName;
  FacetValue: ResolverTypeWrapper<FacetValueModel>;
  Fulfilment: Fulfilment;
  IdempotencyConflictError: ResolverTypeWrapper<UserErrorData>;
  Image: ResolverTypeWrapper<ListingImage>;
  ImageFormat: ImageFormat;
  ImageInput: ImageInput;
  ImageSize: ResolverTypeWrapper<ImageSizeModel>;
  ImageUpload: ResolverTypeWrapper<ImageUpload>;
  ImageUploadPayload: ResolverTypeWrapper<Omit<ImageUploadPayload, 'userErrors'> & { userErrors: Array<ResolversTypes['UserError']> }>;
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
  OfferPrice: ResolverTypeWrapper<OfferPriceEntity>;
  OfferPriceConnection: ResolverTypeWrapper<OfferPriceConnectionModel>;
  OfferPriceEdge: ResolverTypeWrapper<Omit<OfferPriceEdge, 'node'> & { node: ResolversTypes['OfferPrice'] }>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Partner: ResolverTypeWrapper<PartnerReference>;
  PaymentMethod: PaymentMethod;
  PriceRange: ResolverTypeWrapper<Omit<PriceRange, 'max' | 'min'> & { max: ResolversTypes['Money'], min: ResolversTypes['Money'] }>;
  Product: ResolverTypeWrapper<ListingEntity>;
  ProductInput: ProductInput;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SafeInt: ResolverTypeWrapper<Scalars['SafeInt']['output']>;
  SeatChanges: ResolverTypeWrapper<SeatChanges>;
  SeatHoldPayload: ResolverTypeWrapper<Omit<SeatHoldPayload, 'seats' | 'userErrors'> & { seats?: Maybe<Array<ResolversTypes['EventSeat']>>, userErrors: Array<ResolversTypes['UserError']> }>;
  SeatMap: ResolverTypeWrapper<SeatMap>;
  SeatMapRows: ResolverTypeWrapper<SeatMapRows>;
  SeatMapSeats: ResolverTypeWrapper<SeatMapSeats>;
  SeatMapSections: ResolverTypeWrapper<SeatMapSections>;
  SeatStates: ResolverTypeWrapper<SeatStates>;
  SeatStatus: SeatStatus;
  SeatUnavailableError: ResolverTypeWrapper<UserErrorData>;
  StaleWriteError: ResolverTypeWrapper<StaleWriteError>;
  StockMovement: ResolverTypeWrapper<StockMovementEntity>;
  StockMovementConnection: ResolverTypeWrapper<StockMovementConnectionModel>;
  StockMovementEdge: ResolverTypeWrapper<Omit<StockMovementEdge, 'node'> & { node: ResolversTypes['StockMovement'] }>;
  StockMovementKind: StockMovementKind;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TooManyAttemptsError: ResolverTypeWrapper<UserErrorData>;
  TooManyHoldsError: ResolverTypeWrapper<UserErrorData>;
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
  CategoryInUseError: CategoryInUseError;
  CategoryPayload: Omit<CategoryPayload, 'category' | 'userErrors'> & { category?: Maybe<ResolversParentTypes['Category']>, userErrors: Array<ResolversParentTypes['UserError']> };
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  EmailAddress: Scalars['EmailAddress']['output'];
  Event: ListingEntity;
  EventInput: EventInput;
  EventSeat: EventSeatEntity;
  Float: Scalars['Float']['output'];
  Facet: FacetModel;
  FacetValue: FacetValueModel;
  IdempotencyConflictError: UserErrorData;
  Image: ListingImage;
  ImageInput: ImageInput;
  ImageSize: ImageSizeModel;
  ImageUpload: ImageUpload;
  ImageUploadPayload: Omit<ImageUploadPayload, 'userErrors'> & { userErrors: Array<ResolversParentTypes['UserError']> };
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
  OfferPrice: OfferPriceEntity;
  OfferPriceConnection: OfferPriceConnectionModel;
  OfferPriceEdge: Omit<OfferPriceEdge, 'node'> & { node: ResolversParentTypes['OfferPrice'] };
  PageInfo: PageInfo;
  Partner: PartnerReference;
  PriceRange: Omit<PriceRange, 'max' | 'min'> & { max: ResolversParentTypes['Money'], min: ResolversParentTypes['Money'] };
  Product: ListingEntity;
  ProductInput: ProductInput;
  Query: Record<PropertyKey, never>;
  SafeInt: Scalars['SafeInt']['output'];
  SeatChanges: SeatChanges;
  SeatHoldPayload: Omit<SeatHoldPayload, 'seats' | 'userErrors'> & { seats?: Maybe<Array<ResolversParentTypes['EventSeat']>>, userErrors: Array<ResolversParentTypes['UserError']> };
  SeatMap: SeatMap;
  SeatMapRows: SeatMapRows;
  SeatMapSeats: SeatMapSeats;
  SeatMapSections: SeatMapSections;
  SeatStates: SeatStates;
  SeatUnavailableError: UserErrorData;
  StaleWriteError: StaleWriteError;
  StockMovement: StockMovementEntity;
  StockMovementConnection: StockMovementConnectionModel;
  StockMovementEdge: Omit<StockMovementEdge, 'node'> & { node: ResolversParentTypes['StockMovement'] };
  Subscription: Record<PropertyKey, never>;
  TooManyAttemptsError: UserErrorData;
  TooManyHoldsError: UserErrorData;
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
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  features?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  images?: Resolver<Array<ResolversTypes['Image']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ListingKind'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  platforms?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seoDescription?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seoTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  path?: Resolver<Array<ResolversTypes['Category']>, ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CategoryInUseErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryInUseError'] = ResolversParentTypes['CategoryInUseError']> = {
  children?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  listings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CategoryPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CategoryPayload'] = ResolversParentTypes['CategoryPayload']> = {
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface EmailAddressScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['EmailAddress'], any> {
  name: 'EmailAddress';
}

export type EventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event'], FederationReferenceType extends FederationReferenceTypes['Event'] = FederationReferenceTypes['Event']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Event']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType>;
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
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seatMap?: Resolver<ResolversTypes['SeatMap'], ParentType, ContextType, Partial<EventSeatMapArgs>>;
  seatStates?: Resolver<ResolversTypes['SeatStates'], ParentType, ContextType>;
  seats?: Resolver<Array<ResolversTypes['EventSeat']>, ParentType, ContextType, Partial<EventSeatsArgs>>;
  seoDescription?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seoTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  holder?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
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
  isEstimate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['FacetName'], ParentType, ContextType>;
  values?: Resolver<Array<ResolversTypes['FacetValue']>, ParentType, ContextType>;
};

export type FacetValueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FacetValue'] = ResolversParentTypes['FacetValue']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
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
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  placeholder?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  sizes?: Resolver<Array<ResolversTypes['ImageSize']>, ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType, RequireFields<ImageUrlArgs, 'format'>>;
  width?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type ImageSizeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageSize'] = ResolversParentTypes['ImageSize']> = {
  height?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType, RequireFields<ImageSizeUrlArgs, 'format'>>;
  width?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ImageUploadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageUpload'] = ResolversParentTypes['ImageUpload']> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  imageId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  maxBytes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
};

export type ImageUploadPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageUploadPayload'] = ResolversParentTypes['ImageUploadPayload']> = {
  upload?: Resolver<Maybe<ResolversTypes['ImageUpload']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
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
  facets?: Resolver<Maybe<Array<ResolversTypes['Facet']>>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Listing']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
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
  createImageUpload?: Resolver<ResolversTypes['ImageUploadPayload'], ParentType, ContextType>;
  createOffer?: Resolver<ResolversTypes['OfferPayload'], ParentType, ContextType, RequireFields<MutationCreateOfferArgs, 'input' | 'listingId'>>;
  createProduct?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationCreateProductArgs, 'input'>>;
  createTour?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationCreateTourArgs, 'input'>>;
  createVenue?: Resolver<ResolversTypes['VenuePayload'], ParentType, ContextType, RequireFields<MutationCreateVenueArgs, 'input'>>;
  deleteCategory?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDeleteCategoryArgs, 'id'>>;
  deleteListing?: Resolver<ResolversTypes['ActionPayload'], ParentType, ContextType, RequireFields<MutationDeleteListingArgs, 'id'>>;
  holdCartSeats?: Resolver<ResolversTypes['SeatHoldPayload'], ParentType, ContextType, RequireFields<MutationHoldCartSeatsArgs, 'cartDigests' | 'seatIds'>>;
  holdSeats?: Resolver<ResolversTypes['SeatHoldPayload'], ParentType, ContextType, RequireFields<MutationHoldSeatsArgs, 'seatIds'>>;
  publishListing?: Resolver<ResolversTypes['ListingPayload'], ParentType, ContextType, RequireFields<MutationPublishListingArgs, 'id'>>;
  releaseCartSeats?: Resolver<ResolversTypes['SeatHoldPayload'], ParentType, ContextType, RequireFields<MutationReleaseCartSeatsArgs, 'cartDigests' | 'seatIds'>>;
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
  compareAtPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  fulfilment?: Resolver<ResolversTypes['Fulfilment'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  listing?: Resolver<ResolversTypes['Listing'], ParentType, ContextType>;
  maxPerOrder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  priceHistory?: Resolver<Maybe<ResolversTypes['OfferPriceConnection']>, ParentType, ContextType, RequireFields<OfferPriceHistoryArgs, 'first'>>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  salesEndAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  salesStartAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  seated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  stockMovements?: Resolver<Maybe<ResolversTypes['StockMovementConnection']>, ParentType, ContextType, RequireFields<OfferStockMovementsArgs, 'first'>>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  upc?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OfferPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OfferPayload'] = ResolversParentTypes['OfferPayload']> = {
  offer?: Resolver<Maybe<ResolversTypes['Offer']>, ParentType, ContextType>;
  replayed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type OfferPriceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OfferPrice'] = ResolversParentTypes['OfferPrice']> = {
  compareAtPrice?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  validFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type OfferPriceConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OfferPriceConnection'] = ResolversParentTypes['OfferPriceConnection']> = {
  edges?: Resolver<Array<ResolversTypes['OfferPriceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['OfferPrice']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type OfferPriceEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OfferPriceEdge'] = ResolversParentTypes['OfferPriceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OfferPrice'], ParentType, ContextType>;
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
  listings?: Resolver<Maybe<ResolversTypes['ListingConnection']>, ParentType, ContextType, RequireFields<PartnerListingsArgs, 'first'>>;
  venues?: Resolver<Maybe<Array<ResolversTypes['Venue']>>, ParentType, ContextType, RequireFields<PartnerVenuesArgs, 'first'>>;
};

export type PriceRangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PriceRange'] = ResolversParentTypes['PriceRange']> = {
  max?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  min?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type ProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Product'] = ResolversParentTypes['Product'], FederationReferenceType extends FederationReferenceTypes['Product'] = FederationReferenceTypes['Product']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Product']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType>;
  brand?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  description?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  features?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  images?: Resolver<Array<ResolversTypes['Image']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['ListingKind'], ParentType, ContextType>;
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seoDescription?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seoTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  category?: Resolver<Maybe<ResolversTypes['Category']>, ParentType, ContextType, Partial<QueryCategoryArgs>>;
  listing?: Resolver<Maybe<ResolversTypes['Listing']>, ParentType, ContextType, Partial<QueryListingArgs>>;
  listings?: Resolver<ResolversTypes['ListingConnection'], ParentType, ContextType, Partial<QueryListingsArgs>>;
  lowStock?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType, RequireFields<QueryLowStockArgs, 'first'>>;
  offer?: Resolver<Maybe<ResolversTypes['Offer']>, ParentType, ContextType, Partial<QueryOfferArgs>>;
  offers?: Resolver<Array<Maybe<ResolversTypes['Offer']>>, ParentType, ContextType, RequireFields<QueryOffersArgs, 'ids'>>;
  seatMap?: Resolver<Maybe<ResolversTypes['SeatMap']>, ParentType, ContextType, RequireFields<QuerySeatMapArgs, 'eventId'>>;
  suggestListings?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType, RequireFields<QuerySuggestListingsArgs, 'limit' | 'prefix'>>;
  venue?: Resolver<Maybe<ResolversTypes['Venue']>, ParentType, ContextType, RequireFields<QueryVenueArgs, 'id'>>;
  venues?: Resolver<Array<ResolversTypes['Venue']>, ParentType, ContextType, RequireFields<QueryVenuesArgs, 'first'>>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export type SeatChangesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatChanges'] = ResolversParentTypes['SeatChanges']> = {
  changes?: Resolver<Array<Array<ResolversTypes['Int']>>, ParentType, ContextType>;
  mapRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  since?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  states?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SeatHoldPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatHoldPayload'] = ResolversParentTypes['SeatHoldPayload']> = {
  heldUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  seats?: Resolver<Maybe<Array<ResolversTypes['EventSeat']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type SeatMapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMap'] = ResolversParentTypes['SeatMap']> = {
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<ResolversTypes['SeatMapRows'], ParentType, ContextType>;
  seats?: Resolver<ResolversTypes['SeatMapSeats'], ParentType, ContextType>;
  sections?: Resolver<ResolversTypes['SeatMapSections'], ParentType, ContextType>;
};

export type SeatMapRowsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMapRows'] = ResolversParentTypes['SeatMapRows']> = {
  firstSeats?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  labels?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  sections?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SeatMapSeatsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMapSeats'] = ResolversParentTypes['SeatMapSeats']> = {
  ids?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  numbers?: Resolver<Array<ResolversTypes['Int']>, ParentType, ContextType>;
  x?: Resolver<Array<Maybe<ResolversTypes['Float']>>, ParentType, ContextType>;
  y?: Resolver<Array<Maybe<ResolversTypes['Float']>>, ParentType, ContextType>;
};

export type SeatMapSectionsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMapSections'] = ResolversParentTypes['SeatMapSections']> = {
  names?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  offerIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type SeatStatesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatStates'] = ResolversParentTypes['SeatStates']> = {
  mapRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  states?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type SeatUnavailableErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatUnavailableError'] = ResolversParentTypes['SeatUnavailableError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seatIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StaleWriteErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StaleWriteError'] = ResolversParentTypes['StaleWriteError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  currentRevision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StockMovementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovement'] = ResolversParentTypes['StockMovement']> = {
  checkoutId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['StockMovementKind'], ParentType, ContextType>;
  onHand?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StockMovementConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovementConnection'] = ResolversParentTypes['StockMovementConnection']> = {
  edges?: Resolver<Array<ResolversTypes['StockMovementEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['StockMovement']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  totalCountIsEstimate?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type StockMovementEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StockMovementEdge'] = ResolversParentTypes['StockMovementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StockMovement'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  availabilityChanged?: SubscriptionResolver<ResolversTypes['Listing'], "availabilityChanged", ParentType, ContextType, RequireFields<SubscriptionAvailabilityChangedArgs, 'listingId'>>;
  seatsChanged?: SubscriptionResolver<ResolversTypes['SeatChanges'], "seatsChanged", ParentType, ContextType, RequireFields<SubscriptionSeatsChangedArgs, 'eventId'>>;
};

export type TooManyAttemptsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyAttemptsError'] = ResolversParentTypes['TooManyAttemptsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooManyHoldsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TooManyHoldsError'] = ResolversParentTypes['TooManyHoldsError']> = {
  code?: Resolver<ResolversTypes['ErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maximum?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TourResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Tour'] = ResolversParentTypes['Tour'], FederationReferenceType extends FederationReferenceTypes['Tour'] = FederationReferenceTypes['Tour']> = {
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Tour']> | FederationReferenceType, FederationReferenceType, ContextType>;
  availability?: Resolver<ResolversTypes['Availability'], ParentType, ContextType>;
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
  language?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  location?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offers?: Resolver<Array<ResolversTypes['Offer']>, ParentType, ContextType>;
  partner?: Resolver<Maybe<ResolversTypes['Partner']>, ParentType, ContextType>;
  priceRange?: Resolver<Maybe<ResolversTypes['PriceRange']>, ParentType, ContextType>;
  publishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seoDescription?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seoTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  slug?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ListingStatus'], ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  tags?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  timeZone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  __resolveType: TypeResolveFn<'CategoryInUseError' | 'IdempotencyConflictError' | 'InputError' | 'InsufficientStockError' | 'MaxPerOrderError' | 'SeatUnavailableError' | 'StaleWriteError' | 'TooManyAttemptsError' | 'TooManyHoldsError', ParentType, ContextType>;
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
  timeZone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  CategoryInUseError?: CategoryInUseErrorResolvers<ContextType>;
  CategoryPayload?: CategoryPayloadResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  EmailAddress?: GraphQLScalarType;
  Event?: EventResolvers<ContextType>;
  EventSeat?: EventSeatResolvers<ContextType>;
  Facet?: FacetResolvers<ContextType>;
  FacetValue?: FacetValueResolvers<ContextType>;
  IdempotencyConflictError?: IdempotencyConflictErrorResolvers<ContextType>;
  Image?: ImageResolvers<ContextType>;
  ImageSize?: ImageSizeResolvers<ContextType>;
  ImageUpload?: ImageUploadResolvers<ContextType>;
  ImageUploadPayload?: ImageUploadPayloadResolvers<ContextType>;
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
  OfferPrice?: OfferPriceResolvers<ContextType>;
  OfferPriceConnection?: OfferPriceConnectionResolvers<ContextType>;
  OfferPriceEdge?: OfferPriceEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Partner?: PartnerResolvers<ContextType>;
  PriceRange?: PriceRangeResolvers<ContextType>;
  Product?: ProductResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  SeatChanges?: SeatChangesResolvers<ContextType>;
  SeatHoldPayload?: SeatHoldPayloadResolvers<ContextType>;
  SeatMap?: SeatMapResolvers<ContextType>;
  SeatMapRows?: SeatMapRowsResolvers<ContextType>;
  SeatMapSeats?: SeatMapSeatsResolvers<ContextType>;
  SeatMapSections?: SeatMapSectionsResolvers<ContextType>;
  SeatStates?: SeatStatesResolvers<ContextType>;
  SeatUnavailableError?: SeatUnavailableErrorResolvers<ContextType>;
  StaleWriteError?: StaleWriteErrorResolvers<ContextType>;
  StockMovement?: StockMovementResolvers<ContextType>;
  StockMovementConnection?: StockMovementConnectionResolvers<ContextType>;
  StockMovementEdge?: StockMovementEdgeResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  TooManyAttemptsError?: TooManyAttemptsErrorResolvers<ContextType>;
  TooManyHoldsError?: TooManyHoldsErrorResolvers<ContextType>;
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
