import { toApiId } from '@souk/shared/ids';
import type { Resolvers } from '../generated/resolvers.js';

export const disputeResolvers: Resolvers = {
  Dispute: {
    id: ({ dispute }) => toApiId('dispute', dispute.id),
    amount: ({ dispute, payment }) => ({ amount: dispute.amount, currency: payment.currency }),
    reason: ({ dispute }) => dispute.reason,
    status: ({ dispute }) => dispute.status,
    evidenceDueBy: ({ dispute }) => dispute.evidenceDueBy,
  },
};
