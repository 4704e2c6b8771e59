import { lastReconciliation, runReconciliation } from '../domain/reconciliation/reconciliation-run.js';
import type { Resolvers } from '../generated/resolvers.js';
import { differenceKindOf } from './stored-values.js';

/** Days of the first reconciliation if it is queried before the first scheduled run. */
const firstDays = 1;

export const reconciliationResolvers: Resolvers = {
  Query: {
    reconciliation: async (_parent, _arguments, { services }) =>
      (await lastReconciliation(services.database.reader)) ?? runReconciliation(services, firstDays),
  },

  ReconciliationDifference: {
    kind: ({ kind }) => differenceKindOf(kind),
    payment: ({ paymentId }, _arguments, { loaders }) =>
      paymentId === null ? null : loaders.payment.load(paymentId),
  },
};
