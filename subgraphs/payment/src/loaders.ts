import type DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { GroupPage } from '@souk/shared/graph/loaders';
import { batchLoader, columnLoader, pageLoader, rowLoader } from '@souk/shared/graph/loaders';
import type { ClientSecrets } from './domain/provider/client-secrets.js';
import type { Balance } from './domain/ledger/partner-balance.js';
import { balancesOf } from './domain/ledger/partner-balance.js';
import { DisputeEntity } from './entities/dispute.js';
import { LedgerEntryEntity } from './entities/ledger-entry.js';
import { PaymentEventEntity } from './entities/payment-event.js';
import { PaymentEntity } from './entities/payment.js';
import { RefundEntity } from './entities/refund.js';

/** Data loaders of a request. Ids are UUIDs. */
export interface Loaders {
  payment: DataLoader<string, PaymentEntity | null>;
  paymentByReference: DataLoader<string, PaymentEntity | null>;
  /** The newest payment of an order. */
  paymentOfOrder: DataLoader<string, PaymentEntity | null>;
  refund: DataLoader<string, RefundEntity | null>;
  /** In the order of the log. */
  eventsOf: DataLoader<GroupPage, PaymentEventEntity[], string>;
  /** The oldest first. */
  refundsOf: DataLoader<GroupPage, RefundEntity[], string>;
  /** The oldest first. */
  disputesOf: DataLoader<GroupPage, DisputeEntity[], string>;
  /** The entries of a transaction of the ledger. */
  entriesOf: DataLoader<GroupPage, LedgerEntryEntity[], string>;
  /** Balances of a partner, by currency. */
  balancesOf: DataLoader<string, Balance[]>;
  /** By the provider's intent id. The secret is not stored. */
  clientSecret: DataLoader<string, string | null>;
}

/** Creates the loaders of one request. */
export function createLoaders(reader: EntityManager, secrets: ClientSecrets): Loaders {
  return {
    payment: columnLoader(reader, PaymentEntity, 'id'),
    paymentByReference: columnLoader(reader, PaymentEntity, 'reference'),
    paymentOfOrder: rowLoader(
      // The newest payment wins.
      (orderIds) => reader.find(PaymentEntity, { where: { orderId: In(orderIds) }, order: { id: 'ASC' } }),
      (payment) => payment.orderId,
    ),
    refund: columnLoader(reader, RefundEntity, 'id'),
    eventsOf: pageLoader(reader, { entity: PaymentEventEntity, group: 'paymentId', order: ['seq'] }),
    refundsOf: pageLoader(reader, { entity: RefundEntity, group: 'paymentId', order: ['id'] }),
    disputesOf: pageLoader(reader, { entity: DisputeEntity, group: 'paymentId', order: ['id'] }),
    entriesOf: pageLoader(reader, { entity: LedgerEntryEntity, group: 'transactionId', order: ['id'] }),
    balancesOf: batchLoader(async (partnerIds) => {
      const balances = await balancesOf(reader, partnerIds);
      return partnerIds.map((id) => balances.get(id) ?? []);
    }),
    clientSecret: batchLoader((intentIds) => Promise.all(intentIds.map((id) => secrets.read(id)))),
  };
}
