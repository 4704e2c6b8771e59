import type { OrderStatus } from '../../entities/order.js';
import type { LineUnits } from './line-units.js';
import { cancellableUnits, remainingUnits, shippableUnits } from './line-units.js';

const tickets = (cancelledUnits: number[] = []): LineUnits => ({
  fulfilment: 'TICKET',
  quantity: 4,
  shippedQuantity: 0,
  cancelledUnits,
});
const goods = (cancelledUnits: number[] = []): LineUnits => ({
  ...tickets(cancelledUnits),
  fulfilment: 'SHIPMENT',
});

describe('the units of a line that may be canceled', () => {
  it.each<[string, OrderStatus, LineUnits, number[], number[]]>([
    ['all of a completed order', 'COMPLETED', tickets(), [], [0, 1, 2, 3]],
    ['those that were not canceled before', 'COMPLETED', tickets([2, 0]), [], [1, 3]],
    ['those that were not redeemed', 'COMPLETED', tickets([0]), [3, 1], [2]],
    ['goods of a paid order', 'PAID', goods(), [], [0, 1, 2, 3]],
    ['goods that are prepared', 'PROCESSING', goods([1]), [], [0, 2, 3]],
    ['goods that were not shipped', 'PROCESSING', { ...goods([1]), shippedQuantity: 2 }, [], [3]],
    ['no goods of a completed order', 'COMPLETED', goods(), [], []],
    ['none before the payment', 'PENDING', tickets(), [], []],
    ['none of a canceled order', 'CANCELLED', tickets(), [], []],
  ])('are %s', (_what, status, line, redeemed, units) => {
    expect(cancellableUnits(status, line, redeemed)).toEqual(units);
  });

  it('are counted without those that were canceled', () => {
    expect(remainingUnits(tickets([3]))).toBe(3);
  });

  it('are those that can be shipped, of goods', () => {
    expect(shippableUnits({ ...goods([1]), shippedQuantity: 2 })).toBe(1);
    expect(shippableUnits(tickets())).toBe(0);
  });
});
