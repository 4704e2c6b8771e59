import { Random } from './random.js';
import type { Vocabulary } from './vocabulary.js';
import { cities, syllables, vocabularies } from './vocabulary.js';

/** A generated listing with its offer. Ids are UUIDs. */
export interface GeneratedListing {
  id: string;
  language: string;
  kind: 'PRODUCT' | 'TOUR' | 'APP' | 'EVENT';
  slug: string;
  title: string;
  summary: string;
  description: string;
  tags: string[];
  categoryId: string;
  partnerId: string;
  brand: string | null;
  location: string | null;
  difficulty: string | null;
  venueId: string | null;
  startsAt: string | null;
  endsAt: string | null;
  publishedAt: string;
  price: number;
  onHand: number | null;
}

/** Rows that listings refer to. */
export interface Surroundings {
  categories: { id: string; slug: string; name: string; parentId: string | null }[];
  venues: { id: string; name: string; city: string }[];
  partners: { id: string; userId: string }[];
}

const dayMs = 86_400_000;
const kinds = [
  'PRODUCT',
  'PRODUCT',
  'PRODUCT',
  'PRODUCT',
  'PRODUCT',
  'TOUR',
  'TOUR',
  'EVENT',
  'EVENT',
  'APP',
] as const;

/** Generates listings of all kinds in three languages. The same seed gives the same listings at the same time. */
export class ListingGenerator {
  readonly surroundings: Surroundings;
  readonly #random: Random;
  readonly #now: number;
  readonly #brands: readonly string[];
  #count = 0;

  constructor(seed: number, now: Date) {
    this.#random = new Random(seed);
    this.#now = now.getTime();
    this.#brands = Array.from({ length: 400 }, () => this.#name());
    this.surroundings = {
      categories: this.#categories(),
      venues: Array.from({ length: 1_000 }, () => ({
        id: this.#uuid(),
        name: `${this.#name()} Hall`,
        city: this.#random.pickSkewed(cities),
      })),
      partners: Array.from({ length: 2_000 }, () => ({ id: this.#uuid(), userId: this.#uuid() })),
    };
  }

  next(): GeneratedListing {
    const random = this.#random;
    const vocabulary = random.pick(vocabularies);
    const kind = random.pick(kinds);
    const city = random.pickSkewed(cities);
    const venue = random.pick(this.surroundings.venues);
    const starts = this.#now + (1 + random.below(300)) * dayMs;
    const place = kind === 'EVENT' ? venue.city : city;
    this.#count += 1;
    return {
      id: this.#uuid(),
      language: vocabulary.language,
      kind,
      slug: `listing-${this.#count}`,
      title: this.#title(kind, vocabulary, place),
      summary: this.#text(vocabulary, 10),
      description: this.#text(vocabulary, 40 + random.below(40)),
      tags: Array.from(
        new Set([random.pickSkewed(vocabulary.qualities), random.pickSkewed(vocabulary.materials)]),
      ),
      categoryId: random.pickSkewed(this.surroundings.categories).id,
      partnerId: random.pickSkewed(this.surroundings.partners).id,
      brand: kind === 'PRODUCT' ? random.pickSkewed(this.#brands) : null,
      location: kind === 'TOUR' ? city : null,
      difficulty: kind === 'TOUR' ? random.pick(['EASY', 'MODERATE', 'HARD']) : null,
      venueId: kind === 'EVENT' ? venue.id : null,
      startsAt: kind === 'EVENT' ? new Date(starts).toISOString() : null,
      endsAt: kind === 'EVENT' ? new Date(starts + 7_200_000).toISOString() : null,
      publishedAt: new Date(
        this.#now - Math.floor(random.next() ** 2 * 1_500 * dayMs) - random.below(dayMs),
      ).toISOString(),
      price: Math.round(500 * 300 ** random.next()),
      onHand: random.below(10) === 0 ? 0 : 1 + random.below(500),
    };
  }

  #title(kind: GeneratedListing['kind'], vocabulary: Vocabulary, city: string): string {
    const random = this.#random;
    if (kind === 'PRODUCT') {
      const parts = [random.pickSkewed(vocabulary.qualities), random.pickSkewed(vocabulary.goods)];
      if (random.below(2) === 0) parts.push(random.pickSkewed(vocabulary.materials));
      parts.push(
        random.pickSkewed(this.#brands),
        `${random.pick(['X', 'S', 'Pro', 'T'])}${random.below(900)}`,
      );
      return capital(parts.join(' '));
    }
    if (kind === 'APP') return `${this.#name()}: ${random.pickSkewed(vocabulary.tools)}`;
    const subject = random.pickSkewed(kind === 'TOUR' ? vocabulary.walks : vocabulary.shows);
    const who = kind === 'EVENT' ? `: ${this.#name()} ${this.#name()}` : '';
    return capital(`${subject} ${vocabulary.at} ${city}${who}`);
  }

  #text(vocabulary: Vocabulary, length: number): string {
    const random = this.#random;
    const all = Array.from({ length }, () =>
      random.below(30) === 0
        ? random.pickSkewed(vocabulary.materials)
        : random.pickSkewed(vocabulary.fillers),
    );
    return capital(`${all.join(' ')}.`);
  }

  #categories(): Surroundings['categories'] {
    const top = Array.from({ length: 20 }, () => this.#category(null));
    const middle = top.flatMap(({ id }) => Array.from({ length: 8 }, () => this.#category(id)));
    return [...middle, ...middle.flatMap(({ id }) => [this.#category(id), this.#category(id)]), ...top];
  }

  #category(parentId: string | null): Surroundings['categories'][number] {
    const id = this.#uuid();
    return { id, slug: `category-${id.slice(0, 8)}`, name: this.#name(), parentId };
  }

  #name(): string {
    const length = 2 + this.#random.below(2);
    return capital(Array.from({ length }, () => this.#random.pick(syllables)).join(''));
  }

  #uuid(): string {
    const hex = Array.from({ length: 4 }, () =>
      this.#random
        .below(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ).join('');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
