import type { StatusTransition } from './order-status.js';
import {
  allowedTransitions,
  validateTransitions,
  isManualTransition,
  orderTransitions,
  sourcesOf,
} from './order-status.js';

const digital = { ships: false, shipped: false, redeemed: false };
const goods = { ships: true, shipped: false, redeemed: false };

describe('the transitions of an order', () => {
  it.each([
    ['PENDING', digital, ['PAID', 'CANCELLED']],
    ['PAID', digital, ['PROCESSING', 'COMPLETED', 'CANCELLED']],
    ['PAID', goods, ['PROCESSING', 'CANCELLED']],
    ['PROCESSING', goods, ['COMPLETED', 'CANCELLED']],
    ['PAID', { ...goods, redeemed: true }, ['PROCESSING']],
    ['PROCESSING', { ...goods, shipped: true }, ['COMPLETED']],
    ['PROCESSING', { ...goods, redeemed: true }, ['COMPLETED']],
    ['COMPLETED', digital, ['CANCELLED']],
    ['COMPLETED', { ...digital, redeemed: true }, []],
    ['COMPLETED', goods, []],
    ['CANCELLED', digital, []],
  ] as const)('from %s, %j: %j', (status, facts, expected) => {
    expect(allowedTransitions(status, facts)).toEqual(expected);
  });

  it('are looked up backwards as well', () => {
    expect(sourcesOf('CANCELLED', digital)).toEqual(['PENDING', 'PAID', 'PROCESSING', 'COMPLETED']);
    expect(sourcesOf('COMPLETED', goods)).toEqual(['PROCESSING']);
  });

  it('are manual for shipments only', () => {
    const byHand = orderTransitions.filter(({ from, to }) => isManualTransition(from, to));
    expect(byHand.map(({ from, to }) => [from, to])).toEqual([
      ['PAID', 'PROCESSING'],
      ['PROCESSING', 'COMPLETED'],
    ]);
    expect(isManualTransition('PENDING', 'COMPLETED')).toBe(false);
  });

  it('pass the validation at startup', () => {
    expect(() => validateTransitions(orderTransitions)).not.toThrow();
  });

  it('fail at startup if a status is unreachable', () => {
    const without = orderTransitions.filter((move) => move.to !== 'PROCESSING');
    expect(() => validateTransitions(without)).toThrow('PROCESSING');
  });

  it.each<[string, StatusTransition, string]>([
    ['leads to itself', { from: 'PAID', to: 'PAID' }, 'from PAID to itself'],
    [
      'is there twice',
      { from: 'PENDING', to: 'PAID', when: ({ ships }) => ships },
      'PENDING to PAID is there twice',
    ],
    ['leaves the final status', { from: 'CANCELLED', to: 'PAID' }, 'CANCELLED is final'],
    [
      'can never be made',
      { from: 'PENDING', to: 'COMPLETED', when: () => false },
      'PENDING to COMPLETED is never met',
    ],
  ])('fail at startup if one %s', (_what, move, message) => {
    expect(() => validateTransitions([...orderTransitions, move])).toThrow(message);
  });
});
