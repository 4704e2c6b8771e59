import { completeUnlessShipped, markPaid } from '@souk/order/domain/order/order-progress';
import { placeOrders } from '@souk/order/domain/order/order';
import { issueTokens } from '@souk/order/domain/token/token';
import { newId } from '@souk/shared/ids';
import type { DataSource, EntityManager } from 'typeorm';
import { percentile } from '../percentile.js';

/** Of one checkout in order's database. */
export interface CheckoutCost {
  /** Milliseconds, one connection, transactions of 50 checkouts. */
  ms: number;
  walBytes: number;
}

const rounds = 8;
const batches = 10;
const batchSize = 50;
const triggers = `
  SELECT tgrelid::regclass::text AS table, tgname AS name FROM pg_trigger WHERE tgname LIKE '%\\_figures' ORDER BY 1, 2`;

/** Measures what order's statements of a checkout cost with the triggers of statistics and without, in turn. */
export async function measureTriggers(
  source: DataSource,
): Promise<{ withTriggers: CheckoutCost; without: CheckoutCost }> {
  const names = await source.query<{ table: string; name: string }[]>(triggers);
  const costs: Record<'ENABLE' | 'DISABLE', CheckoutCost[]> = { ENABLE: [], DISABLE: [] };
  for (let round = 0; round < 2 * rounds; round += 1) {
    const state = round % 2 === 0 ? 'ENABLE' : 'DISABLE';
    for (const { table, name } of names) await source.query(`ALTER TABLE ${table} ${state} TRIGGER ${name}`);
    const cost = await costOf(source);
    // The first round of each warms up.
    if (round > 1) costs[state].push(cost);
  }
  for (const { table, name } of names) await source.query(`ALTER TABLE ${table} ENABLE TRIGGER ${name}`);
  return { withTriggers: medianOf(costs.ENABLE), without: medianOf(costs.DISABLE) };
}

async function costOf(source: DataSource): Promise<CheckoutCost> {
  const [before, began] = [await walOf(source), performance.now()];
  for (let batch = 0; batch < batches; batch += 1) {
    const orders = Array.from({ length: batchSize }, () => ({
      customerId: newId(),
      checkoutId: newId(),
      lines: [line()],
    }));
    const placed = await source.transaction(async (manager) => {
      await insertSagas(
        manager,
        orders.map(({ checkoutId }) => checkoutId),
      );
      return placeOrders(manager, orders);
    });
    const ids = placed.map(({ id }) => id);
    await source.transaction((manager) => markPaid(manager, ids));
    await source.transaction((manager) => issueTokens(manager, ids));
    await source.transaction(async (manager) => {
      await manager.query(
        `UPDATE saga SET status = 'COMPLETED', completed_at = clock_timestamp() WHERE id = ANY($1)`,
        [orders.map(({ checkoutId }) => checkoutId)],
      );
      await completeUnlessShipped(
        manager,
        ids.map((orderId) => ({ orderId, ships: false })),
      );
    });
  }
  const count = batches * batchSize;
  return { ms: (performance.now() - began) / count, walBytes: ((await walOf(source)) - before) / count };
}

/** All buy the same: a hot listing. */
const [offerId, listingId] = [newId(), newId()];

function line() {
  return {
    offer: {
      offerId,
      listingId,
      title: 'A thing',
      upc: null,
      unitAmount: 1_000,
      currency: 'EUR',
      maxPerOrder: 10,
      seated: false,
      fulfilment: 'TICKET' as const,
      salesStartAt: null,
      salesEndAt: null,
    },
    quantity: 2,
    seatIds: [],
    field: null,
  };
}

async function insertSagas(manager: EntityManager, ids: readonly string[]): Promise<void> {
  await manager.query(
    `INSERT INTO saga (id, transaction_id, definition, definition_version, input, state, status, version, order_id, user_id, started_at)
     SELECT id, 'SAGA-' || id, 'checkout', 1, '{}', '{}', 'RUNNING', 1, id, id, clock_timestamp() FROM unnest($1::uuid[]) AS s (id)`,
    [ids],
  );
}

async function walOf(source: DataSource): Promise<number> {
  const [row] = await source.query<{ bytes: string }[]>(
    `SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes`,
  );
  return Number(row?.bytes);
}

function medianOf(costs: readonly CheckoutCost[]): CheckoutCost {
  return {
    ms: percentile(
      costs.map(({ ms }) => ms),
      0.5,
    ),
    walBytes: percentile(
      costs.map(({ walBytes }) => walBytes),
      0.5,
    ),
  };
}
