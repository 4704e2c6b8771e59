import { toApiId } from '@souk/shared/ids';
import type { Resolvers } from '../generated/resolvers.js';
import { disputeStatusOf } from './stored-values.js';

export const disputeResolvers: Resolvers = {
  Dispute: {
    id: ({ dispute }) => toApiId('dispute', dispute.id),
    amount: ({ dispute, payment }) => ({ amount: dispute.amount, currency: payment.currency }),
    reason: ({ dispute }) => dispute.reason,
    status: ({ dispute }) => disputeStatusOf(dispute.status),
    evidenceDueBy: ({ dispute }) => dispute.evidenceDueBy,
  },
};
