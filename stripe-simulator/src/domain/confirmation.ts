import { randomText } from '../identifiers.js';
import type { IntentRecord, MethodRecord } from '../state/records.js';
import type { Transaction } from '../state/transaction.js';
import { docUrl, invalidRequest, unexpectedState } from '../stripe-error.js';
import type { NextAction, PaymentError, PaymentIntent } from '../stripe-objects.js';
import type { Decline } from '../test-payment-methods.js';
import { approved, declined, newCharge } from './charges.js';
import { openDispute } from './disputes.js';
import { emit } from './events.js';
import { behaviourOf, usePaymentMethod } from './payment-methods.js';

/** How an attempt to pay ended: the PaymentIntent after it, and the refusal where it was refused. */
export interface Attempt {
  readonly intent: PaymentIntent;
  readonly error: PaymentError | null;
}

export interface ConfirmInput {
  /** A payment method to take in place of the PaymentIntent's own. */
  readonly paymentMethod?: string | undefined;
  readonly returnUrl?: string | undefined;
  /** True where no buyer is there to authenticate: an attempt that needs them is declined. */
  readonly offSession: boolean;
  /** True where an attempt that needs the buyer is to be declined although they are there. */
  readonly errorOnRequiresAction: boolean;
  /** True where the buyer confirms in the browser, where Stripe.js takes care of redirects. */
  readonly byClient: boolean;
}

const CONFIRMABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const AUTHENTICATION_REQUIRED: Decline = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

/** Tries to pay. A decline is no exception: its effects stand, and the answer carries its error. */
export function confirm(tx: Transaction, record: IntentRecord, input: ConfirmInput): Attempt {
  const { intent } = record;
  if (intent.status === 'succeeded') {
    throw unexpectedState(
      'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
      intent,
    );
  }
  if (!CONFIRMABLE.includes(intent.status)) {
    throw unexpectedState(
      `You cannot confirm this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent ` +
        `with one of the following statuses may be confirmed: ${CONFIRMABLE.join(', ')}.`,
      intent,
    );
  }
  const name = input.paymentMethod ?? intent.payment_method;
  if (name === null) {
    throw unexpectedState(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the " +
        'PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a ' +
        'payment method or ConfirmationToken.',
      intent,
    );
  }
  const method = usePaymentMethod(tx, name);
  checkMethodFits(intent, method);
  checkDynamicMethods(intent, input);

  const authenticated = record.authenticated && method.id === intent.payment_method;
  const attempt = { ...intent, payment_method: method.id, next_action: null, last_payment_error: null };
  if (!behaviourOf(method).authentication || authenticated) return charge(tx, attempt, method);
  if (input.offSession || input.errorOnRequiresAction) {
    return decline(tx, attempt, method, AUTHENTICATION_REQUIRED);
  }
  return requireAction(tx, attempt, input.returnUrl);
}

/** Plays the buyer in front of the bank's page: they prove who they are, or fail to. */
export function authenticate(tx: Transaction, { intent }: IntentRecord, succeeds: boolean): Attempt {
  if (intent.status !== 'requires_action') {
    throw unexpectedState(
      `This PaymentIntent waits for no authentication: it has a status of ${intent.status}.`,
      intent,
    );
  }
  const method = presentMethod(tx, intent);
  const after = { ...intent, next_action: null };
  if (!succeeds) {
    return fail(tx, after, {
      code: 'payment_intent_authentication_failure',
      doc_url: docUrl('payment_intent_authentication_failure'),
      message:
        'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new ' +
        'PaymentMethod to attempt to fulfill this PaymentIntent again.',
      payment_method: method.method,
      type: 'invalid_request_error',
    });
  }
  if (intent.confirmation_method === 'automatic') return charge(tx, after, method);
  const waiting: PaymentIntent = { ...after, status: 'requires_confirmation' };
  tx.put('payment_intent', { id: intent.id, intent: waiting, authenticated: true });
  return { intent: waiting, error: null };
}

/** Plays the bank whose answer a `processing` PaymentIntent waits for. */
export function settle(tx: Transaction, { intent }: IntentRecord, succeeds: boolean): Attempt {
  if (intent.status !== 'processing') {
    throw unexpectedState(
      `This PaymentIntent has nothing to settle: it has a status of ${intent.status}.`,
      intent,
    );
  }
  const method = presentMethod(tx, intent);
  const pending = tx.get('charge', intent.latest_charge ?? '');
  if (pending === undefined) throw new Error(`${intent.id} is processing without a charge`);
  if (succeeds) return succeed(tx, intent, pending);
  return decline(
    tx,
    intent,
    method,
    {
      code: 'payment_intent_payment_attempt_failed',
      declineCode: 'debit_not_authorized',
      message: 'The payment failed.',
    },
    pending,
  );
}

function charge(tx: Transaction, intent: PaymentIntent, method: MethodRecord): Attempt {
  const { outcome } = behaviourOf(method);
  const attempted = newCharge(intent, method);
  if (outcome === 'paid') return succeed(tx, intent, attempted);
  if (outcome !== 'processing') return decline(tx, intent, method, outcome, attempted);
  const waiting: PaymentIntent = { ...intent, latest_charge: attempted.id, status: 'processing' };
  tx.put('charge', attempted);
  put(tx, waiting);
  emit(tx, 'payment_intent.processing', waiting);
  return { intent: waiting, error: null };
}

function succeed(tx: Transaction, intent: PaymentIntent, attempted: ReturnType<typeof newCharge>): Attempt {
  const capture = intent.capture_method !== 'manual';
  tx.put('charge', approved(attempted, capture));
  const paid: PaymentIntent = {
    ...intent,
    amount_capturable: capture ? 0 : intent.amount,
    amount_received: capture ? intent.amount : 0,
    latest_charge: attempted.id,
    status: capture ? 'succeeded' : 'requires_capture',
  };
  put(tx, paid);
  emit(tx, capture ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', paid);
  const { dispute } = behaviourOf(presentMethod(tx, paid));
  if (dispute !== null && capture) openDispute(tx, paid, dispute);
  return { intent: paid, error: null };
}

function decline(
  tx: Transaction,
  intent: PaymentIntent,
  method: MethodRecord,
  reason: Decline,
  attempted = newCharge(intent, method),
): Attempt {
  tx.put('charge', declined(attempted, reason));
  return fail(
    tx,
    { ...intent, latest_charge: attempted.id },
    {
      charge: attempted.id,
      code: reason.code,
      decline_code: reason.declineCode,
      doc_url: docUrl(reason.code),
      message: reason.message,
      payment_method: method.method,
      type: 'card_error',
    },
  );
}

/** A failed attempt leaves the PaymentIntent waiting for another payment method. */
function fail(tx: Transaction, intent: PaymentIntent, error: PaymentError): Attempt {
  const failed: PaymentIntent = {
    ...intent,
    last_payment_error: error,
    payment_method: null,
    status: 'requires_payment_method',
  };
  put(tx, failed);
  emit(tx, 'payment_intent.payment_failed', failed);
  return { intent: failed, error };
}

function requireAction(tx: Transaction, intent: PaymentIntent, returnUrl: string | undefined): Attempt {
  const page = `https://hooks.stripe.com/3d_secure_2/hosted?payment_intent=${intent.id}&source=${randomText(24)}`;
  const action: NextAction =
    returnUrl === undefined
      ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: page } }
      : { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url: page } };
  const waiting: PaymentIntent = { ...intent, next_action: action, status: 'requires_action' };
  put(tx, waiting);
  emit(tx, 'payment_intent.requires_action', waiting);
  return { intent: waiting, error: null };
}

function put(tx: Transaction, intent: PaymentIntent): void {
  tx.put('payment_intent', { id: intent.id, intent, authenticated: false });
}

function presentMethod(tx: Transaction, intent: PaymentIntent): MethodRecord {
  const method = tx.get('payment_method', intent.payment_method ?? '');
  if (method === undefined)
    throw new Error(`${intent.id} has a status of ${intent.status} and no payment method`);
  return method;
}

function checkMethodFits(intent: PaymentIntent, { method }: MethodRecord): void {
  if (intent.payment_method_types.includes(method.type)) return;
  throw invalidRequest(
    `The PaymentMethod provided (${method.type}) is not allowed for this PaymentIntent. Allowed are: ` +
      `${intent.payment_method_types.join(', ')}.`,
    { code: 'payment_intent_incompatible_payment_method', param: 'payment_method', payment_intent: intent },
  );
}

/** Stripe's requirements for a confirmation when it chooses the payment methods itself, some of which redirect. */
function checkDynamicMethods(intent: PaymentIntent, input: ConfirmInput): void {
  const automatic = intent.automatic_payment_methods;
  if (input.byClient || automatic?.enabled !== true) return;
  if (input.errorOnRequiresAction) {
    throw invalidRequest(
      'You cannot use error_on_requires_action with automatic payment methods. Name the payment methods in ' +
        'allowed_payment_method_types instead.',
      { param: 'error_on_requires_action', payment_intent: intent },
    );
  }
  if (input.returnUrl !== undefined || input.offSession || automatic.allow_redirects === 'never') return;
  throw invalidRequest(
    'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these ' +
      'payment methods might redirect your customer off of your page, you must provide a `return_url`. If you ' +
      "don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` " +
      'and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.',
    { param: 'return_url', payment_intent: intent },
  );
}
