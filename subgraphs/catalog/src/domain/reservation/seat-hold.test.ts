import { seatStatus } from './seat-hold.js';

const now = new Date('2026-06-01T12:00:00Z');
const earlier = new Date('2026-06-01T11:59:59.999Z');
const later = new Date('2026-06-01T12:00:00.001Z');

describe('seatStatus', () => {
  it.each([
    ['HELD', later, 'HELD'],
    ['HELD', now, 'AVAILABLE'],
    ['HELD', earlier, 'AVAILABLE'],
    ['AVAILABLE', null, 'AVAILABLE'],
    ['SOLD', null, 'SOLD'],
    ['BLOCKED', null, 'BLOCKED'],
  ] as const)('%s until %s is %s', (status, heldUntil, expected) => {
    expect(seatStatus({ status, heldUntil }, now)).toBe(expected);
  });
});
