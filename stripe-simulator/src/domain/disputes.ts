import { formatAmount } from '../currency.js';
import { newId } from '../identifiers.js';
import { now } from '../state/transaction.js';
import type { Transaction } from '../state/transaction.js';
import { invalidRequest, resourceMissing, unexpectedState } from '../stripe-error.js';
import type {
  Charge,
  Dispute,
  DisputeReason,
  DisputeStatus,
  Metadata,
  PaymentIntent,
} from '../stripe-objects.js';
import { emit } from './events.js';
import { mergeMetadata } from './metadata.js';

/** Stripe's test evidence that decides a dispute as soon as it is submitted. */
const WINNING_EVIDENCE = 'winning_evidence';
const LOSING_EVIDENCE = 'losing_evidence';
const DAYS_FOR_EVIDENCE = 9;
const SECONDS_A_DAY = 86_400;
const CLOSED: readonly DisputeStatus[] = ['won', 'lost', 'warning_closed'];

export interface DisputeInput {
  readonly reason: DisputeReason;
  /** True for an inquiry of the bank, which takes no money yet. */
  readonly inquiry: boolean;
  /** Undefined: the whole charge. */
  readonly amount?: number | undefined;
}

/** Evidence that a caller may submit for a dispute; undefined leaves a field unchanged. */
export interface EvidenceInput {
  readonly text: string | undefined;
  readonly submit: boolean;
  readonly metadata: Metadata | null | undefined;
}

/** The dispute of that id; refuses an unknown one as Stripe does for an id in the path. */
export function findDispute(tx: Transaction, id: string): Dispute {
  const dispute = tx.get('dispute', id);
  if (dispute === undefined) throw resourceMissing('dispute', id, 'dispute');
  return dispute;
}

/** Plays the buyer who asks their bank for the money back. The bank takes it at once, but for an inquiry. */
export function openDispute(tx: Transaction, intent: PaymentIntent, input: DisputeInput): Dispute {
  const charge = tx.get('charge', intent.latest_charge ?? '');
  if (intent.status !== 'succeeded' || charge === undefined) {
    throw unexpectedState(
      `This PaymentIntent (${intent.id}) does not have a successful charge to dispute.`,
      intent,
    );
  }
  if (charge.disputed) throw invalidRequest(`Charge ${charge.id} has been disputed already.`);
  const amount = input.amount ?? charge.amount_captured;
  if (amount > charge.amount_captured) {
    throw invalidRequest(
      `A dispute of ${formatAmount(amount, charge.currency)} is above the charge ` +
        `(${formatAmount(charge.amount_captured, charge.currency)}).`,
      { param: 'amount' },
    );
  }
  const dispute: Dispute = {
    id: newId('dp'),
    object: 'dispute',
    amount,
    balance_transactions: [],
    charge: charge.id,
    created: now(),
    currency: charge.currency,
    evidence: { uncategorized_text: null },
    evidence_details: {
      due_by: now() + DAYS_FOR_EVIDENCE * SECONDS_A_DAY,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    is_charge_refundable: input.inquiry,
    livemode: false,
    metadata: {},
    payment_intent: intent.id,
    reason: input.reason,
    status: input.inquiry ? 'warning_needs_response' : 'needs_response',
  };
  tx.put('dispute', dispute);
  tx.put('charge', { ...charge, disputed: true });
  emit(tx, 'charge.dispute.created', dispute);
  if (!input.inquiry) emit(tx, 'charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** Takes evidence; submitted, it goes to the bank, which answers Stripe's test evidence at once. */
export function updateDispute(tx: Transaction, dispute: Dispute, input: EvidenceInput): Dispute {
  refuseClosed(dispute);
  const text = input.text ?? dispute.evidence.uncategorized_text;
  const { evidence_details: details } = dispute;
  const updated: Dispute = {
    ...dispute,
    evidence: { uncategorized_text: text },
    evidence_details: {
      ...details,
      has_evidence: text !== null,
      submission_count: details.submission_count + (input.submit ? 1 : 0),
    },
    metadata: mergeMetadata(dispute.metadata, input.metadata),
    status: !input.submit ? dispute.status : isInquiry(dispute) ? 'warning_under_review' : 'under_review',
  };
  tx.put('dispute', updated);
  emit(tx, 'charge.dispute.updated', updated);
  if (!input.submit) return updated;
  if (text === WINNING_EVIDENCE) return closeDispute(tx, updated, 'won');
  if (text === LOSING_EVIDENCE) return closeDispute(tx, updated, 'lost');
  return updated;
}

/** Plays the bank's last word. An inquiry that is won is closed; one that is lost becomes a dispute and is lost. */
export function closeDispute(tx: Transaction, dispute: Dispute, outcome: 'won' | 'lost'): Dispute {
  refuseClosed(dispute);
  const inquiry = isInquiry(dispute);
  const closed: Dispute = {
    ...dispute,
    is_charge_refundable: inquiry && outcome === 'won',
    status: outcome === 'lost' ? 'lost' : inquiry ? 'warning_closed' : 'won',
  };
  tx.put('dispute', closed);
  if (inquiry && outcome === 'lost') emit(tx, 'charge.dispute.funds_withdrawn', closed);
  if (!inquiry && outcome === 'won') emit(tx, 'charge.dispute.funds_reinstated', closed);
  emit(tx, 'charge.dispute.closed', closed);
  return closed;
}

/** Whether a dispute holds the charge's money: it can be refunded no more. */
export function isChargedBack(tx: Transaction, charge: Charge): boolean {
  if (!charge.disputed) return false;
  const dispute = tx.find('dispute', ({ charge: disputed }) => disputed === charge.id);
  return dispute !== undefined && !isInquiry(dispute) && dispute.status !== 'won';
}

function isInquiry({ status }: Dispute): boolean {
  return status.startsWith('warning_');
}

function refuseClosed(dispute: Dispute): void {
  if (!CLOSED.includes(dispute.status)) return;
  throw invalidRequest('This dispute is already closed.', { code: 'dispute_closed' });
}
