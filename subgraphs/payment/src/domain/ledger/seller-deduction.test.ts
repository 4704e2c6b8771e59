import fc from 'fast-check';
import { sharesOf } from '../payment/sale-shares.js';
import type { Posting } from './ledger.js';
import { deductFromSellers } from './seller-deduction.js';

const sellers = [null, 'a', 'b', 'c'] as const;
const rates: Readonly<Record<string, number>> = { a: 1_000, b: 1_337, c: 10_000 };

type Part = { partnerId: string | null; amount: number };

/** Balances by account and seller, as a sale books them. */
class Balances {
  readonly #amounts = new Map<string, Posting>();

  add(postings: readonly Posting[]): void {
    for (const { account, partnerId, amount } of postings) {
      const before = this.of(account, partnerId);
      this.#amounts.set(`${account} ${partnerId}`, { account, partnerId, amount: before + amount });
    }
  }

  of(account: Posting['account'], partnerId: string | null): number {
    return this.#amounts.get(`${account} ${partnerId}`)?.amount ?? 0;
  }

  get postings(): Posting[] {
    return [...this.#amounts.values()];
  }
}

function sale(lines: readonly Part[]) {
  const paid = lines.reduce((sum, { amount }) => sum + amount, 0);
  const shares = sharesOf(paid, lines, (partner) => rates[partner] ?? 0);
  const balances = new Balances();
  for (const { partnerId, gross, commission } of shares) {
    balances.add(
      partnerId === null
        ? [{ account: 'platform_revenue', partnerId, amount: gross }]
        : [
            { account: 'partner_payable', partnerId, amount: gross - commission },
            { account: 'platform_revenue', partnerId, amount: commission },
          ],
    );
  }
  return { shares, balances };
}

/** Lines, each as the parts in which it is canceled. */
const carts = fc.array(
  fc.record({
    partnerId: fc.constantFrom(...sellers),
    parts: fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 6 }),
  }),
  { minLength: 1, maxLength: 6 },
);

describe('the deduction of canceled lines', () => {
  it('is from their sellers, with the commission on them', () => {
    const { shares, balances } = sale([
      { partnerId: 'a', amount: 4_000 },
      { partnerId: 'b', amount: 1_000 },
    ]);
    expect(deductFromSellers(balances.postings, shares, [{ partnerId: 'a', amount: 1_000 }])).toEqual({
      postings: [
        { account: 'partner_payable', partnerId: 'a', amount: -900 },
        { account: 'platform_revenue', partnerId: 'a', amount: -100 },
      ],
      rest: 0,
    });
  });

  it('returns as the rest what the seller does not hold any more', () => {
    const { shares, balances } = sale([{ partnerId: 'a', amount: 1_000 }]);
    balances.add([{ account: 'partner_payable', partnerId: 'a', amount: -600 }]);
    expect(deductFromSellers(balances.postings, shares, [{ partnerId: 'a', amount: 1_000 }])).toEqual({
      postings: [
        { account: 'partner_payable', partnerId: 'a', amount: -300 },
        { account: 'platform_revenue', partnerId: 'a', amount: -100 },
      ],
      rest: 600,
    });
  });

  it('adds up to the sale for any sequence, and leaves the exact commission after each part', () => {
    fc.assert(
      fc.property(carts, fc.infiniteStream(fc.nat()), (lines, random) => {
        const { shares, balances } = sale(
          lines.map(({ partnerId, parts }) => ({ partnerId, amount: parts.reduce((a, b) => a + b, 0) })),
        );
        const open = lines.flatMap(({ partnerId, parts }) => parts.map((amount) => ({ partnerId, amount })));
        while (open.length > 0) {
          const next = open.splice((random.next().value ?? 0) % open.length, 1);
          const { postings, rest } = deductFromSellers(balances.postings, shares, next);
          expect(rest).toBe(0);
          expect(postings.reduce((sum, { amount }) => sum - amount, 0)).toBe(next[0]?.amount);
          balances.add(postings);
          for (const { partnerId, gross, commission } of shares) {
            const revenue = balances.of('platform_revenue', partnerId);
            const payable = balances.of('partner_payable', partnerId);
            expect(Math.min(revenue, payable)).toBeGreaterThanOrEqual(0);
            if (partnerId === null) continue;
            const exact = (commission * (revenue + payable)) / gross;
            expect(Math.abs(revenue - exact)).toBeLessThanOrEqual(0.5);
          }
        }
        expect(balances.postings.filter(({ amount }) => amount !== 0)).toEqual([]);
      }),
    );
  });
});
