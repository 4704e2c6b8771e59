import { pageOf } from '@souk/shared/graph/list-pages';
import { readLimit } from '@souk/shared/graph/pagination';
import { maxDifferences } from '../domain/reconciliation/provider-comparison.js';
import { lastReconciliation, runReconciliation } from '../domain/reconciliation/reconciliation-run.js';
import type { Resolvers } from '../generated/resolvers.js';
import { differenceKindOf } from './stored-values.js';

/** Days of the first reconciliation if it is queried before the first scheduled run. */
const firstDays = 1;

/** The API's id of a difference: those of another run are unknown ids. */
function differenceId(runId: string, position: number): string {
  return Buffer.from(JSON.stringify(['difference', runId, position])).toString('base64url');
}

export const reconciliationResolvers: Resolvers = {
  Query: {
    reconciliation: async (_parent, _arguments, { services }) =>
      (await lastReconciliation(services.database.reader)) ?? runReconciliation(services, firstDays),
  },

  Reconciliation: {
    differences: ({ id: runId, differences }, { first, after }) => {
      const limit = readLimit(first, 'first', maxDifferences, maxDifferences);
      const all = differences.map((difference, position) => ({
        ...difference,
        id: differenceId(runId, position),
      }));
      return pageOf(all, { limit, after: after ?? null }, ({ id }) => id);
    },
  },
  ReconciliationDifference: {
    kind: ({ kind }) => differenceKindOf(kind),
    payment: ({ paymentId }, _arguments, { loaders }) =>
      paymentId === null ? null : loaders.payment.load(paymentId),
  },
};
