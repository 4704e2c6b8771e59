import { availabilityStatus, hasSaleAhead, isOnSale } from './availability.js';

const now = new Date('2026-06-01T12:00:00Z');
const before = new Date('2026-06-01T11:59:59Z');
const after = new Date('2026-06-01T12:00:01Z');
const offer = { salesStartAt: null, salesEndAt: null, startsAt: null };
const muchLater = new Date('2026-06-03T12:00:00Z');
const product = { status: 'PUBLISHED' as const, isSellerActive: true, startsAt: null, endsAt: null };
const event = { ...product, startsAt: after, endsAt: muchLater };

describe('isOnSale', () => {
  it.each([
    ['a published product', offer, product, true],
    ['a draft', offer, { ...product, status: 'DRAFT' as const }, false],
    ['an archived listing', offer, { ...product, status: 'ARCHIVED' as const }, false],
    ['sales that have begun', { ...offer, salesStartAt: now }, product, true],
    ['sales that have not begun', { ...offer, salesStartAt: after }, product, false],
    ['sales that end later', { ...offer, salesEndAt: after }, product, true],
    ['sales that end now', { ...offer, salesEndAt: now }, product, false],
    ['a departure ahead', { ...offer, startsAt: after }, product, true],
    ['a departure that is gone', { ...offer, startsAt: before }, product, false],
    ['a suspended seller', offer, { ...product, isSellerActive: false }, false],
    ['an event ahead', offer, event, true],
    ['an event that starts now', offer, { ...event, startsAt: now }, false],
    [
      'an event that has started, sold until later',
      { ...offer, salesEndAt: after },
      { ...event, startsAt: before },
      true,
    ],
    [
      'an event that has started, sold until now',
      { ...offer, salesEndAt: now },
      { ...event, startsAt: before },
      false,
    ],
    [
      'an event that is over',
      { ...offer, salesEndAt: muchLater },
      { ...event, startsAt: before, endsAt: now },
      false,
    ],
    [
      'a departure that is gone, sold until later',
      { ...offer, startsAt: before, salesEndAt: after },
      product,
      false,
    ],
  ])('%s', (_name, itsOffer, listing, expected) => {
    expect(isOnSale(itsOffer, listing, now)).toBe(expected);
  });
});

describe('hasSaleAhead', () => {
  it.each([
    ['no dates', offer, product, true],
    ['sales that begin later', { ...offer, salesStartAt: after }, product, true],
    ['sales that have ended', { ...offer, salesEndAt: now }, product, false],
    ['sales that begin with the event', { ...offer, salesStartAt: after }, event, false],
    [
      'sales that begin during the event',
      { ...offer, salesStartAt: after, salesEndAt: muchLater },
      event,
      true,
    ],
    ['a departure that is gone', { ...offer, startsAt: before }, product, false],
  ])('%s', (_name, itsOffer, listing, expected) => {
    expect(hasSaleAhead(itsOffer, listing, now)).toBe(expected);
  });
});

describe('availabilityStatus', () => {
  it.each([
    [false, 10, 'NOT_ON_SALE'],
    [false, null, 'NOT_ON_SALE'],
    [true, null, 'IN_STOCK'],
    [true, 0, 'SOLD_OUT'],
    [true, 1, 'LOW_STOCK'],
    [true, 4, 'LOW_STOCK'],
    [true, 5, 'IN_STOCK'],
  ])('on sale %s with %s units: %s', (onSale, available, expected) => {
    expect(availabilityStatus(onSale, available, 5)).toBe(expected);
  });
});
