import { demoCategories, demoVenues } from './places.js';
import { demoFollowsBack, demoPeople } from './people.js';
import { poster } from './poster.js';
import { demoListings } from './seed-catalog.js';

describe('the demo data', () => {
  it('has at least 12 listings of all four kinds in three categories', () => {
    expect(demoListings.length).toBeGreaterThanOrEqual(12);
    expect(new Set(demoListings.map(({ kind }) => kind))).toEqual(
      new Set(['PRODUCT', 'TOUR', 'APP', 'EVENT']),
    );
    expect(new Set(demoListings.map(({ category }) => category))).toEqual(
      new Set(demoCategories.map(({ slug }) => slug)),
    );
    expect(demoCategories).toHaveLength(3);
  });

  it('has a tour with three departures, a seated event in a hall of two sections, licence plans, and a book', () => {
    expect(
      demoListings.some(
        ({ kind, offers }) => kind === 'TOUR' && offers.filter(({ startsAt }) => startsAt).length === 3,
      ),
    ).toBe(true);
    const seated = demoListings.filter(({ offers }) => offers.some(({ sections }) => sections));
    expect(seated).toHaveLength(1);
    const [event] = seated;
    const venue = demoVenues.find(({ name }) => event?.kind === 'EVENT' && event.venue === name);
    expect(event?.offers.flatMap(({ sections }) => sections ?? []).sort()).toEqual(
      venue?.sections?.map(({ name }) => name).sort(),
    );
    expect(venue?.sections).toHaveLength(2);
    expect(demoListings.some(({ kind, offers }) => kind === 'APP' && offers.length > 1)).toBe(true);
    expect(demoListings.some(({ tags }) => tags.includes('book'))).toBe(true);
  });

  it('has unique natural keys', () => {
    const unique = (keys: readonly unknown[]): void => expect(new Set(keys).size).toBe(keys.length);
    unique(demoListings.map(({ slug }) => slug));
    unique(demoListings.flatMap(({ offers }) => offers.flatMap(({ upc }) => upc ?? [])));
    unique(demoVenues.map(({ name }) => name));
    unique(demoPeople.map(({ email }) => email));
    for (const { offers } of demoListings) unique(offers.map(({ title }) => title));
  });

  it('refers only to existing venues and people', () => {
    const venues = demoVenues.map(({ name }) => name);
    for (const listing of demoListings) if (listing.kind === 'EVENT') expect(venues).toContain(listing.venue);
    const emails = demoPeople.map(({ email }) => email);
    for (const { follows } of demoPeople) expect(emails).toEqual(expect.arrayContaining(follows));
    for (const { email, follows } of demoFollowsBack)
      expect(emails).toEqual(expect.arrayContaining([email, follows]));
  });

  it('has valid UPCs on shipped items, and on nothing else', () => {
    for (const { kind, offers } of demoListings) {
      for (const { upc } of offers) {
        if (kind !== 'PRODUCT') expect(upc).toBeUndefined();
        else expect(checkDigitHolds(upc ?? '')).toBe(true);
      }
    }
    // The rule itself, on a number that is known and on one that is wrong.
    expect(checkDigitHolds('4006381333931')).toBe(true);
    expect(checkDigitHolds('4006381333932')).toBe(false);
  });

  it('draws a distinct, well-formed picture for each listing', () => {
    const pictures = demoListings.map(({ title, hue }) => poster(title, hue));
    expect(new Set(pictures).size).toBe(demoListings.length);
    for (const picture of pictures) expect(new URL(picture).protocol).toBe('data:');
    expect(decodeURIComponent(poster('Salt & <Pepper>', 10))).toContain('Salt &amp; &lt;Pepper&gt;');
  });
});

/** EAN-13: digits at even places count three times; all together is a multiple of ten. */
function checkDigitHolds(code: string): boolean {
  if (!/^\d{13}$/.test(code)) return false;
  const sum = Array.from(code).reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return sum % 10 === 0;
}
