import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { ClientSecrets } from './domain/client-secrets.js';
import type { Balance } from './domain/partner-balance.js';
import { balancesOf } from './domain/partner-balance.js';
import { DisputeEntity } from './entities/dispute.js';
import { LedgerEntryEntity } from './entities/ledger-entry.js';
import { PaymentEventEntity } from './entities/payment-event.js';
import { PaymentEntity } from './entities/payment.js';
import { RefundEntity } from './entities/refund.js';

/** What a request reads in batches. Ids are UUIDs. */
export interface Loaders {
  payment: DataLoader<string, PaymentEntity | null>;
  paymentByReference: DataLoader<string, PaymentEntity | null>;
  /** The newest payment of an order. */
  paymentOfOrder: DataLoader<string, PaymentEntity | null>;
  refund: DataLoader<string, RefundEntity | null>;
  /** In the order of the log; at most the 200 newest. */
  eventsOf: DataLoader<string, PaymentEventEntity[]>;
  /** The oldest first; at most 100. */
  refundsOf: DataLoader<string, RefundEntity[]>;
  /** The oldest first; at most 100. */
  disputesOf: DataLoader<string, DisputeEntity[]>;
  /** The entries of a transaction of the ledger. */
  entriesOf: DataLoader<string, LedgerEntryEntity[]>;
  /** What is owed to a partner, by currency. */
  balancesOf: DataLoader<string, Balance[]>;
  /** By the provider's id. The secret is stored nowhere. */
  clientSecret: DataLoader<string, string | null>;
}

const maxEvents = 200;
const maxRefunds = 100;
const maxDisputes = 100;

/** Loaders of one request. */
export function createLoaders(reader: EntityManager, secrets: ClientSecrets): Loaders {
  const paymentsBy = (column: 'id' | 'reference') => async (keys: readonly string[]) =>
    inOrder(keys, await reader.findBy(PaymentEntity, { [column]: In([...keys]) }), (row) => row[column]);
  return {
    payment: new DataLoader(paymentsBy('id')),
    paymentByReference: new DataLoader(paymentsBy('reference')),
    paymentOfOrder: new DataLoader(async (orderIds) =>
      inOrder(
        orderIds,
        // The last one wins.
        await reader.find(PaymentEntity, { where: { orderId: In([...orderIds]) }, order: { id: 'ASC' } }),
        (row) => row.orderId,
      ),
    ),
    refund: new DataLoader(async (ids) =>
      inOrder(ids, await reader.findBy(RefundEntity, { id: In([...ids]) }), (row) => row.id),
    ),
    eventsOf: new DataLoader((paymentIds) =>
      grouped(reader, PaymentEventEntity, 'seq', maxEvents, paymentIds),
    ),
    refundsOf: new DataLoader((paymentIds) => grouped(reader, RefundEntity, 'id', maxRefunds, paymentIds)),
    disputesOf: new DataLoader((paymentIds) => grouped(reader, DisputeEntity, 'id', maxDisputes, paymentIds)),
    entriesOf: new DataLoader(async (transactionIds) => {
      const entries = await reader.find(LedgerEntryEntity, {
        where: { transactionId: In([...transactionIds]) },
        order: { id: 'ASC' },
      });
      return transactionIds.map((id) => entries.filter(({ transactionId }) => transactionId === id));
    }),
    balancesOf: new DataLoader(async (partnerIds) => {
      const balances = await balancesOf(reader, partnerIds);
      return partnerIds.map((id) => balances.get(id) ?? []);
    }),
    clientSecret: new DataLoader((intentIds) => Promise.all(intentIds.map((id) => secrets.read(id)))),
  };
}

function inOrder<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): (Row | null)[] {
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** The newest `limit` rows of each payment, the oldest of them first. */
async function grouped<Row extends { paymentId: string }>(
  reader: EntityManager,
  entity: new () => Row,
  sequence: 'seq' | 'id',
  limit: number,
  paymentIds: readonly string[],
): Promise<Row[][]> {
  const table = reader.dataSource.getMetadata(entity).tableName;
  const rows = await reader
    .createQueryBuilder(entity, 'r')
    .where(
      `r.id IN (SELECT n.id FROM unnest(:paymentIds::uuid[]) AS p (id) CROSS JOIN LATERAL (
         SELECT t.id FROM ${table} t WHERE t.payment_id = p.id ORDER BY t.${sequence} DESC LIMIT :limit) n)`,
      { paymentIds, limit },
    )
    .orderBy(`r.${sequence}`, 'ASC')
    .getMany();
  const groups = new Map<string, Row[]>(paymentIds.map((id) => [id, []]));
  for (const row of rows) groups.get(row.paymentId)?.push(row);
  return paymentIds.map((id) => groups.get(id) ?? []);
}
