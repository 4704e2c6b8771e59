import { roundToTotal } from '@souk/shared/largest-remainder';
import { allocate } from '@souk/shared/money';

/** A sold line of the order. */
export interface SoldLine {
  /** UUID; null for the platform's own sale. */
  partnerId: string | null;
  /** Minor units of the whole line. */
  amount: number;
}

/** A seller's share of a sale and the platform's commission on it. Minor units. */
export interface Share {
  partnerId: string | null;
  gross: number;
  commission: number;
  /** Hundredths of a percent. */
  commissionBasisPoints: number;
}

const wholeRate = 10_000n;

/**
 * Divides the paid amount among the sellers of the lines. An excess over the lines' sum belongs to the platform; if the
 * lines exceed the paid amount, it is divided in proportion. Commissions are rounded by largest remainder, so that they
 * add up to the total commission, rounded half up. Pure.
 * @param rateOf commission of a partner in hundredths of a percent
 */
export function sharesOf(
  paid: number,
  lines: readonly SoldLine[],
  rateOf: (partnerId: string) => number,
): Share[] {
  const bySeller = new Map<string | null, number>();
  for (const { partnerId, amount } of lines) bySeller.set(partnerId, (bySeller.get(partnerId) ?? 0) + amount);
  const sum = [...bySeller.values()].reduce((total, amount) => total + amount, 0);
  if (sum < paid) bySeller.set(null, (bySeller.get(null) ?? 0) + paid - sum);
  const sellers = [...bySeller].filter(([, amount]) => amount > 0);
  const grosses = allocate(
    paid,
    sellers.map(([, amount]) => amount),
  );
  const shares = sellers.map(([partnerId], index) => ({
    partnerId,
    gross: grosses[index] ?? 0,
    commissionBasisPoints: partnerId === null ? 0 : rateOf(partnerId),
  }));
  const commissions = roundedCommissions(shares);
  return shares.map((share, index) => ({ ...share, commission: commissions[index] ?? 0 }));
}

function roundedCommissions(shares: readonly { gross: number; commissionBasisPoints: number }[]): number[] {
  // In ten-thousandths of a minor unit; BigInt because large sales exceed the safe integers.
  const exact = shares.map(
    ({ gross, commissionBasisPoints }) => BigInt(gross) * BigInt(commissionBasisPoints),
  );
  const whole = exact.reduce((total, value) => total + value, 0n);
  const halfUp = (whole + wholeRate / 2n) / wholeRate;
  return roundToTotal(exact, wholeRate, halfUp);
}
