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
  /** E-mail addresses of those whom this person follows. */
  follows: string[];
}

/** An offer of a demo listing. Prices are in euro cents. */
export interface DemoOffer {
  /** The natural key within the listing. */
  title: string;
  price: number;
  upc?: string;
  /** Null is unlimited; left out where seats are the stock. */
  onHand?: number | null;
  maxPerOrder?: number;
  /** A tour's departure. */
  startsAt?: DemoTime;
  sections?: string[];
}

/** A time that lies ahead on whatever day the demo is made. UTC. */
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

/** Something that the demo sells, with what its kind has beside the rest. */
export type DemoListing = DemoListingBase &
  (
    | { kind: 'PRODUCT'; brand: string; weightGrams: number }
    | {
        kind: 'TOUR';
        location: string;
        durationMinutes: number;
        difficulty: 'EASY' | 'MODERATE' | 'HARD';
        itinerary: { name: string; description: string; latitude: number; longitude: number }[];
      }
    | { kind: 'APP'; version: string; platforms: string[]; website: string }
    | { kind: 'EVENT'; venue: string; startsAt: DemoTime; durationMinutes: number; doorsOpenMinutes: number }
  );

/** A shelf. */
export interface DemoCategory {
  slug: 'travel' | 'culture' | 'making';
  name: string;
}

/** A place of events. The name is the natural key. */
export interface DemoVenue {
  name: string;
  address: string;
  city: string;
  countryCode: string;
  latitude: number;
  longitude: number;
  /** Where there are no sections. */
  capacity?: number;
  sections?: { name: string; rows: number; seatsPerRow: number; x: number; y: number }[];
}
