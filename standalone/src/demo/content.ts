/** A person of the demo. All share one password. */
export interface DemoPerson {
  email: string;
  firstName: string;
  lastName: string;
  displayName: string;
  address: {
    label: string;
    recipient: string;
    line1: string;
    city: string;
    postalCode: string;
    countryCode: string;
  } | null;
  /** Whether followers learn what this person buys. */
  sharesActivity: boolean;
  /** E-mail addresses that this person follows. */
  follows: string[];
}

/** An offer of a demo listing. Prices are in euro cents. */
export interface DemoOffer {
  /** The natural key within the listing. */
  title: string;
  price: number;
  upc?: string;
  /** Null: unlimited. Absent: the seats are the stock. */
  onHand?: number | null;
  maxPerOrder?: number;
  /** A tour's departure. */
  startsAt?: DemoTime;
  sections?: string[];
}

/** A time in the future, relative to the day the demo is created. UTC. */
export interface DemoTime {
  inDays: number;
  hour: number;
  minute?: number;
}

interface DemoListingBase {
  /** The natural key. */
  slug: string;
  title: string;
  summary: string;
  /** Markdown. */
  description: string;
  category: DemoCategory['slug'];
  tags: string[];
  /** Colour of the poster, in degrees of the colour wheel. */
  hue: number;
  features: Record<string, string | number | string[]>;
  offers: DemoOffer[];
}

/** A demo listing with the fields of its kind. */
export type DemoListing = DemoListingBase &
  (
    | { kind: 'PRODUCT'; brand: string; weightGrams: number }
    | {
        kind: 'TOUR';
        location: string;
        timeZone: string;
        durationMinutes: number;
        difficulty: 'EASY' | 'MODERATE' | 'HARD';
        itinerary: { name: string; description: string; latitude: number; longitude: number }[];
      }
    | { kind: 'APP'; version: string; platforms: string[]; website: string }
    | { kind: 'EVENT'; venue: string; startsAt: DemoTime; durationMinutes: number; doorsOpenMinutes: number }
  );

/** A category. */
export interface DemoCategory {
  slug: 'travel' | 'culture' | 'making';
  name: string;
}

/** A venue. The name is the natural key. */
export interface DemoVenue {
  name: string;
  address: string;
  city: string;
  countryCode: string;
  timeZone: string;
  latitude: number;
  longitude: number;
  /** For venues without sections. */
  capacity?: number;
  sections?: { name: string; rows: number; seatsPerRow: number; x: number; y: number }[];
}
