import { partNames } from './faults.js';
import { checkoutKinds, countKinds, makePlan, partsOf } from './plan.js';

describe('the plan of a storm', () => {
  it('depends only on the seed', () => {
    expect(makePlan(11, 200)).toEqual(makePlan(11, 200));
    expect(makePlan(12, 200)).not.toEqual(makePlan(11, 200));
  });

  it.each([20, 200, 2_000])('of %d checkouts has every kind of checkout and every fault in it', (count) => {
    for (const seed of [1, 2, 3]) {
      const plan = makePlan(seed, count);
      expect(plan.checkouts).toHaveLength(count);
      const kinds = countKinds(plan);
      for (const kind of checkoutKinds) expect(kinds[kind]).toBeGreaterThan(0);
      expect(plan.faults.filter(({ fault }) => fault.kind === 'redis flushed')).toHaveLength(1);
      for (const part of partNames) {
        // Once in each round, and once with all others.
        const deaths = plan.faults.filter((planned) => partsOf(planned).includes(part)).length;
        expect(deaths).toBe(Math.max(1, Math.round(count / 400)) + 1);
      }
      expect(plan.faults.map(({ after }) => after)).toEqual(
        plan.faults.map(({ after }) => after).sort((a, b) => a - b),
      );
      for (const { after } of plan.faults) expect(after).toBeLessThan(count);
    }
  });

  it('has the card provider charge, refund, and fail with a 500 or a timeout in each round', () => {
    const faults = makePlan(1, 800).faults.flatMap(({ fault }) =>
      fault.kind === 'card provider' ? [fault.fault] : [],
    );
    for (const kind of ['error500_after', 'timeout_after']) {
      for (const path of ['/v1/payment_intents/*/confirm', '/v1/refunds']) {
        expect(faults.filter((fault) => fault.kind === kind && fault.path === path)).toHaveLength(2);
      }
    }
  });

  it('has contested seats', () => {
    const wanted = makePlan(1, 200).checkouts.flatMap(({ items }) => items.flatMap(({ seats }) => seats));
    expect(new Set(wanted).size).toBeLessThan(wanted.length / 1.5);
  });
});
