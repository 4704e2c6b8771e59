import type { Check } from './evidence.js';
import { differences, rowsOf, isSold, remainingUnits, sumBy } from './evidence.js';

/** The statistics of account and social equal the completed orders of each buyer. */
export const statistics: Check = async (evidence) => {
  const bought = await rowsOf<{ customer_id: string; orders: number; units: number; total: number }>(
    evidence,
    'order',
    `SELECT o.customer_id, count(DISTINCT o.id)::int AS orders, sum(${remainingUnits})::int AS units,
       sum(${remainingUnits} * l.unit_amount)::int AS total
     FROM customer_order o JOIN order_line l ON l.order_id = o.id WHERE o.${isSold} GROUP BY o.customer_id`,
  );
  const counted = await rowsOf<{ user_id: string; purchases: number; units: number; total: number }>(
    evidence,
    'account',
    'SELECT user_id, purchases::int AS purchases, units::int AS units, total::int AS total FROM user_statistics',
  );
  const profiles = await rowsOf<{ user_id: string; purchases: number }>(
    evidence,
    'social',
    'SELECT user_id, purchases FROM social_profile',
  );
  const inOrders = (of: (row: (typeof bought)[number]) => number): [string, Map<string, number>] => [
    'in orders',
    sumBy(bought, (row) => row.customer_id, of),
  ];
  const atAccount = (of: (row: (typeof counted)[number]) => number): [string, Map<string, number>] => [
    'counted by account',
    sumBy(counted, (row) => row.user_id, of),
  ];
  return [
    ...differences(
      'purchases of',
      inOrders((row) => row.orders),
      atAccount((row) => row.purchases),
    ),
    ...differences(
      'units of',
      inOrders((row) => row.units),
      atAccount((row) => row.units),
    ),
    ...differences(
      'money spent by',
      inOrders((row) => row.total),
      atAccount((row) => row.total),
    ),
    ...differences(
      'units of',
      inOrders((row) => row.units),
      [
        'counted by social',
        sumBy(
          profiles,
          (row) => row.user_id,
          (row) => row.purchases,
        ),
      ],
    ),
  ];
};
