import { checkAmount, formatAmount } from '../currency.js';
import { newId, randomText } from '../identifiers.js';
import type { IntentRecord } from '../state/records.js';
import { now } from '../state/transaction.js';
import type { Transaction } from '../state/transaction.js';
import { invalidRequest, resourceMissing, StripeError, unexpectedState } from '../stripe-error.js';
import type { AutomaticPaymentMethods, CancellationReason, Metadata } from '../stripe-objects.js';
import type { PaymentIntent, PaymentIntentStatus, PaymentMethodType } from '../stripe-objects.js';
import { confirm } from './confirmation.js';
import type { Attempt, ConfirmInput } from './confirmation.js';
import { emit } from './events.js';
import { mergeMetadata } from './metadata.js';
import { usePaymentMethod } from './payment-methods.js';

/** The fields that a caller may set at creation and change later; undefined leaves them, null empties them. */
export interface IntentTexts {
  readonly description?: string | null | undefined;
  readonly receiptEmail?: string | null | undefined;
  readonly statementDescriptor?: string | null | undefined;
  readonly statementDescriptorSuffix?: string | null | undefined;
  readonly transferGroup?: string | null | undefined;
}

/** The payment methods that may pay: as requested and as resolved. */
export interface MethodChoice {
  readonly allowedPaymentMethodTypes: readonly string[] | null;
  readonly automaticPaymentMethods: AutomaticPaymentMethods | null;
  readonly paymentMethodTypes: readonly PaymentMethodType[];
}

export interface CreateInput extends IntentTexts, MethodChoice {
  readonly amount: number;
  readonly currency: string;
  readonly captureMethod: PaymentIntent['capture_method'];
  readonly confirmationMethod: PaymentIntent['confirmation_method'];
  readonly metadata: Metadata | null | undefined;
  readonly paymentMethod: string | undefined;
  /** Set where the PaymentIntent is to be confirmed at once. */
  readonly confirmation: Omit<ConfirmInput, 'paymentMethod'> | null;
}

export interface UpdateInput extends IntentTexts {
  readonly amount: number | undefined;
  readonly currency: string | undefined;
  readonly metadata: Metadata | null | undefined;
  readonly paymentMethod: string | undefined;
}

const OPEN: readonly PaymentIntentStatus[] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
];
const CANCELABLE: readonly PaymentIntentStatus[] = [
  'requires_payment_method',
  'requires_capture',
  'requires_confirmation',
  'requires_action',
  'processing',
];

/** The PaymentIntent of that id; refuses an unknown one as Stripe does for an id in the path. */
export function findIntent(tx: Transaction, id: string, param = 'intent'): IntentRecord {
  const record = tx.get('payment_intent', id);
  if (record === undefined) throw resourceMissing('payment_intent', id, param);
  return record;
}

export function createIntent(tx: Transaction, input: CreateInput): Attempt {
  const id = newId('pi');
  const method = input.paymentMethod === undefined ? null : usePaymentMethod(tx, input.paymentMethod);
  const intent: PaymentIntent = {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: input.allowedPaymentMethodTypes,
    amount: input.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: input.automaticPaymentMethods,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: input.captureMethod,
    client_secret: `${id}_secret_${randomText(25)}`,
    confirmation_method: input.confirmationMethod,
    created: now(),
    currency: input.currency,
    customer: null,
    customer_account: null,
    description: input.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata({}, input.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: method?.id ?? null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: input.paymentMethodTypes,
    payment_record: null,
    processing: null,
    receipt_email: input.receiptEmail ?? null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: input.statementDescriptor ?? null,
    statement_descriptor_suffix: input.statementDescriptorSuffix ?? null,
    status: method === null ? 'requires_payment_method' : 'requires_confirmation',
    transfer_data: null,
    transfer_group: input.transferGroup ?? null,
  };
  const record: IntentRecord = { id, intent, authenticated: false };
  tx.put('payment_intent', record);
  emit(tx, 'payment_intent.created', intent);
  if (input.confirmation === null) return { intent, error: null };
  try {
    return confirm(tx, record, input.confirmation);
  } catch (error) {
    throw error instanceof StripeError ? error.withoutIntent() : error;
  }
}

export function updateIntent(tx: Transaction, record: IntentRecord, input: UpdateInput): PaymentIntent {
  const { intent } = record;
  for (const field of ['amount', 'currency'] as const) {
    if (input[field] !== undefined) mustBeOpen(intent, field);
  }
  if (input.paymentMethod !== undefined) mustBeOpen(intent, 'payment_method');
  const amount = input.amount ?? intent.amount;
  const currency = input.currency ?? intent.currency;
  checkAmount(amount, currency, 'amount');

  const method = input.paymentMethod === undefined ? null : usePaymentMethod(tx, input.paymentMethod);
  const reopened = method !== null || amount !== intent.amount || currency !== intent.currency;
  const methodId = method?.id ?? intent.payment_method;
  const updated: PaymentIntent = {
    ...intent,
    amount,
    currency,
    description: input.description === undefined ? intent.description : input.description,
    metadata: mergeMetadata(intent.metadata, input.metadata),
    next_action: reopened ? null : intent.next_action,
    payment_method: methodId,
    receipt_email: input.receiptEmail === undefined ? intent.receipt_email : input.receiptEmail,
    statement_descriptor:
      input.statementDescriptor === undefined ? intent.statement_descriptor : input.statementDescriptor,
    statement_descriptor_suffix:
      input.statementDescriptorSuffix === undefined
        ? intent.statement_descriptor_suffix
        : input.statementDescriptorSuffix,
    status: !reopened
      ? intent.status
      : methodId === null
        ? 'requires_payment_method'
        : 'requires_confirmation',
    transfer_group: input.transferGroup === undefined ? intent.transfer_group : input.transferGroup,
  };
  tx.put('payment_intent', { ...record, intent: updated, authenticated: record.authenticated && !reopened });
  return updated;
}

/** Collects money that a confirmation has reserved; what is not captured is released. */
export function captureIntent(
  tx: Transaction,
  record: IntentRecord,
  input: { readonly amount: number | undefined; readonly metadata: Metadata | null | undefined },
): PaymentIntent {
  const { intent } = record;
  if (intent.status !== 'requires_capture') {
    throw unexpectedState(
      intent.status === 'succeeded'
        ? 'This PaymentIntent could not be captured because it has already been captured.'
        : `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a ` +
            'PaymentIntent with one of the following statuses may be captured: requires_capture.',
      intent,
    );
  }
  const amount = input.amount ?? intent.amount_capturable;
  if (amount > intent.amount_capturable) {
    throw invalidRequest(
      `The amount to capture (${formatAmount(amount, intent.currency)}) is greater than the amount that can be ` +
        `captured (${formatAmount(intent.amount_capturable, intent.currency)}).`,
      { code: 'amount_too_large', param: 'amount_to_capture' },
    );
  }
  checkAmount(amount, intent.currency, 'amount_to_capture');
  const charge = tx.get('charge', intent.latest_charge ?? '');
  if (charge === undefined) throw new Error(`${intent.id} is to be captured without a charge`);
  tx.put('charge', { ...charge, amount_captured: amount, captured: true });
  const captured: PaymentIntent = {
    ...intent,
    amount_capturable: 0,
    amount_received: amount,
    metadata: mergeMetadata(intent.metadata, input.metadata),
    status: 'succeeded',
  };
  tx.put('payment_intent', { ...record, intent: captured });
  emit(tx, 'payment_intent.succeeded', captured);
  return captured;
}

/** Ends a PaymentIntent that has not collected money; reserved money is released. */
export function cancelIntent(
  tx: Transaction,
  record: IntentRecord,
  reason: CancellationReason | undefined,
): PaymentIntent {
  const { intent } = record;
  if (!CANCELABLE.includes(intent.status)) {
    throw unexpectedState(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent ` +
        `with one of the following statuses may be canceled: ${CANCELABLE.join(', ')}.`,
      intent,
    );
  }
  const charge = tx.get('charge', intent.latest_charge ?? '');
  if (charge !== undefined && intent.status === 'requires_capture') {
    tx.put('charge', { ...charge, amount_refunded: charge.amount, refunded: true });
  }
  if (charge !== undefined && intent.status === 'processing')
    tx.put('charge', { ...charge, status: 'failed' });
  const canceled: PaymentIntent = {
    ...intent,
    amount_capturable: 0,
    canceled_at: now(),
    cancellation_reason: reason ?? null,
    next_action: null,
    status: 'canceled',
  };
  tx.put('payment_intent', { ...record, intent: canceled });
  emit(tx, 'payment_intent.canceled', canceled);
  return canceled;
}

function mustBeOpen(intent: PaymentIntent, field: string): void {
  if (OPEN.includes(intent.status)) return;
  throw unexpectedState(
    `This PaymentIntent's ${field} could not be updated because it has a status of ${intent.status}. You may only ` +
      `update the ${field} of a PaymentIntent with one of the following statuses: ${OPEN.join(', ')}.`,
    intent,
    field,
  );
}
