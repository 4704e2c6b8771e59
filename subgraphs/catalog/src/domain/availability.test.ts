import { availabilityStatus, isOnSale } from './availability.js';

const now = new Date('2026-06-01T12:00:00Z');
const before = new Date('2026-06-01T11:59:59Z');
const after = new Date('2026-06-01T12:00:01Z');
const offer = { salesStartAt: null, salesEndAt: null, startsAt: null };
const product = { status: 'PUBLISHED' as const, kind: 'PRODUCT' as const, startsAt: null };
const event = { status: 'PUBLISHED' as const, kind: 'EVENT' as const, startsAt: after };

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
    ['an event ahead', offer, event, true],
    ['an event that starts now', offer, { ...event, startsAt: now }, false],
  ])('%s', (_name, itsOffer, listing, expected) => {
    expect(isOnSale(itsOffer, listing, now)).toBe(expected);
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
