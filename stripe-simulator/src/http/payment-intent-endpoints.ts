import { checkAmount, readCurrency } from '../currency.js';
import { confirm } from '../domain/confirmation.js';
import {
  cancelIntent,
  captureIntent,
  createIntent,
  findIntent,
  updateIntent,
} from '../domain/payment-intents.js';
import type { IntentTexts, MethodChoice } from '../domain/payment-intents.js';
import type { Store } from '../state/store.js';
import { invalidRequest } from '../stripe-error.js';
import type { PaymentMethodType } from '../stripe-objects.js';
import { attempted, found } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { PAGE_PARAMETERS, pageOf, readPage } from './pages.js';
import { Parameters } from './parameters.js';
import type { RawParameters } from './parameters.js';

const TEXTS = [
  'description',
  'receipt_email',
  'statement_descriptor',
  'statement_descriptor_suffix',
  'transfer_group',
];
const CONFIRMATION = ['error_on_requires_action', 'off_session', 'return_url', 'use_stripe_sdk'];
/** Stripe's API has not taken it since 2026-09-30.endive. */
const RETIRED = 'payment_method_types';

const UNPLAYED = [
  'amount_details',
  'amount_to_confirm',
  'application_fee_amount',
  'confirmation_token',
  'customer',
  'customer_account',
  'excluded_payment_method_types',
  'final_capture',
  'hooks',
  'mandate',
  'mandate_data',
  'on_behalf_of',
  'payment_details',
  'payment_method_configuration',
  'payment_method_data',
  'payment_method_options',
  'radar_options',
  'setup_future_usage',
  'shipping',
  'transfer_data',
];
/** Parameters that Stripe accepts at creation and confirmation but not when a PaymentIntent is captured or canceled. */
const UNPLAYED_AT_CAPTURE = [
  'amount_details',
  'application_fee_amount',
  'final_capture',
  'hooks',
  'payment_details',
  'statement_descriptor',
  'statement_descriptor_suffix',
  'transfer_data',
];

/** The calls under /v1/payment_intents. */
export function paymentIntentEndpoints(store: Store): Endpoint[] {
  return [
    { method: 'POST', path: '/v1/payment_intents', prepare: prepareCreate },
    {
      method: 'GET',
      path: '/v1/payment_intents',
      prepare: (raw) => {
        const parameters = new Parameters(raw, PAGE_PARAMETERS, ['customer', 'customer_account']);
        const page = readPage(parameters);
        const expansions = parameters.expansions();
        return (tx) => {
          const list = pageOf(store.all('payment_intent'), page, {
            noun: 'payment_intent',
            url: '/v1/payment_intents',
            show: ({ intent }) => intent,
          });
          return found(tx, list, expansions);
        };
      },
    },
    {
      method: 'GET',
      path: '/v1/payment_intents/:id',
      prepare: (raw, id) => {
        const expansions = new Parameters(raw, ['expand'], ['client_secret']).expansions();
        return (tx) => found(tx, findIntent(tx, id).intent, expansions);
      },
    },
    { method: 'POST', path: '/v1/payment_intents/:id', prepare: prepareUpdate },
    { method: 'POST', path: '/v1/payment_intents/:id/confirm', prepare: prepareConfirm },
    {
      method: 'POST',
      path: '/v1/payment_intents/:id/capture',
      prepare: (raw, id) => {
        const parameters = new Parameters(
          raw,
          ['amount_to_capture', 'expand', 'metadata'],
          UNPLAYED_AT_CAPTURE,
        );
        const amount = parameters.positiveInteger('amount_to_capture');
        const metadata = parameters.metadata();
        const expansions = parameters.expansions();
        return (tx) => found(tx, captureIntent(tx, findIntent(tx, id), { amount, metadata }), expansions);
      },
    },
    {
      method: 'POST',
      path: '/v1/payment_intents/:id/cancel',
      prepare: (raw, id) => {
        const parameters = new Parameters(raw, ['cancellation_reason', 'expand']);
        const reason = parameters.choice('cancellation_reason', [
          'duplicate',
          'fraudulent',
          'requested_by_customer',
          'abandoned',
        ]);
        const expansions = parameters.expansions();
        return (tx) => found(tx, cancelIntent(tx, findIntent(tx, id), reason), expansions);
      },
    },
  ];
}

const prepareCreate: Endpoint['prepare'] = (raw) => {
  refuseRetired(raw);
  const accepted = [
    'allowed_payment_method_types',
    'amount',
    'automatic_payment_methods',
    'capture_method',
    'confirm',
    'confirmation_method',
    'currency',
    'expand',
    'metadata',
    'payment_method',
    ...CONFIRMATION,
    ...TEXTS,
  ];
  const parameters = new Parameters(raw, accepted, UNPLAYED);
  const amount = parameters.requiredPositiveInteger('amount');
  const currency = readCurrency(parameters.requiredText('currency'), 'currency');
  checkAmount(amount, currency, 'amount');
  const confirmation = readConfirmation(parameters);
  const confirmed = parameters.boolean('confirm') === true;
  if (!confirmed) refuseWithoutConfirm(raw);
  const input = {
    amount,
    currency,
    ...readMethodChoice(parameters, currency),
    captureMethod:
      parameters.choice('capture_method', ['automatic', 'automatic_async', 'manual']) ?? 'automatic_async',
    confirmationMethod: parameters.choice('confirmation_method', ['automatic', 'manual']) ?? 'automatic',
    metadata: parameters.metadata(),
    paymentMethod: parameters.text('payment_method'),
    confirmation: confirmed ? confirmation : null,
    ...readTexts(parameters),
  };
  const expansions = parameters.expansions();
  return (tx) => attempted(tx, createIntent(tx, input), expansions);
};

const prepareUpdate: Endpoint['prepare'] = (raw, id) => {
  refuseRetired(raw);
  const accepted = ['amount', 'currency', 'expand', 'metadata', 'payment_method', ...TEXTS];
  const parameters = new Parameters(raw, accepted, [
    'allowed_payment_method_types',
    'capture_method',
    ...UNPLAYED,
  ]);
  const currency = parameters.text('currency');
  const input = {
    amount: parameters.positiveInteger('amount'),
    currency: currency === undefined ? undefined : readCurrency(currency, 'currency'),
    metadata: parameters.metadata(),
    paymentMethod: parameters.text('payment_method'),
    ...readTexts(parameters),
  };
  const expansions = parameters.expansions();
  return (tx) => found(tx, updateIntent(tx, findIntent(tx, id), input), expansions);
};

const prepareConfirm: Endpoint['prepare'] = (raw, id) => {
  refuseRetired(raw);
  const accepted = ['expand', 'payment_method', ...CONFIRMATION];
  const parameters = new Parameters(raw, accepted, [
    'allowed_payment_method_types',
    'capture_method',
    'receipt_email',
    ...UNPLAYED,
  ]);
  const input = { ...readConfirmation(parameters), paymentMethod: parameters.text('payment_method') };
  const expansions = parameters.expansions();
  return (tx) => attempted(tx, confirm(tx, findIntent(tx, id), input), expansions);
};

function readConfirmation(parameters: Parameters) {
  parameters.boolean('use_stripe_sdk');
  return {
    returnUrl: parameters.text('return_url'),
    offSession: parameters.boolean('off_session') === true,
    errorOnRequiresAction: parameters.boolean('error_on_requires_action') === true,
    byClient: false,
  };
}

function refuseRetired(raw: RawParameters): void {
  if (!Object.hasOwn(raw, RETIRED)) return;
  throw invalidRequest(
    `The parameter ${RETIRED} is no longer supported. Use allowed_payment_method_types to name the payment ` +
      'methods that may pay, or leave the choice to dynamic payment methods.',
    { code: 'payment_method_types_no_longer_supported', param: RETIRED },
  );
}

/** Stripe takes these at creation only together with confirm=true. */
function refuseWithoutConfirm(raw: RawParameters): void {
  for (const param of ['error_on_requires_action', 'off_session', 'return_url']) {
    if (!Object.hasOwn(raw, param)) continue;
    throw invalidRequest(
      `The parameter ${param} cannot be passed when creating a PaymentIntent unless confirm is set to true.`,
      { param },
    );
  }
}

/** Which payment methods may pay: out of those named, or all that Stripe finds fit, which is the default. */
function readMethodChoice(parameters: Parameters, currency: string): MethodChoice {
  const fit: PaymentMethodType[] = currency === 'usd' ? ['card', 'us_bank_account'] : ['card'];
  const allowed = parameters.texts('allowed_payment_method_types') ?? null;
  if (allowed === null) {
    const automatic = parameters.nested('automatic_payment_methods', ['allow_redirects', 'enabled']);
    const enabled = parameters.has('automatic_payment_methods') ? requireEnabled(automatic) : true;
    const redirects = automatic.choice('allow_redirects', ['always', 'never']) ?? 'always';
    return {
      allowedPaymentMethodTypes: null,
      automaticPaymentMethods: { allow_redirects: redirects, enabled },
      paymentMethodTypes: enabled ? fit : ['card'],
    };
  }
  if (parameters.has('automatic_payment_methods')) {
    throw invalidRequest(
      'You may only specify one of these parameters: allowed_payment_method_types, automatic_payment_methods.',
      { code: 'parameters_exclusive', param: 'allowed_payment_method_types' },
    );
  }
  // Types that do not fit are left out in silence, as at Stripe; that none is left is an error.
  const paymentMethodTypes = fit.filter((type) => allowed.includes(type));
  if (paymentMethodTypes.length > 0) {
    return { allowedPaymentMethodTypes: allowed, automaticPaymentMethods: null, paymentMethodTypes };
  }
  throw invalidRequest(
    `None of the allowed payment method types fits. The simulator plays: ${fit.join(', ')}.`,
    {
      param: 'allowed_payment_method_types',
    },
  );
}

function requireEnabled(automatic: Parameters): boolean {
  automatic.requiredText('enabled');
  return automatic.boolean('enabled') === true;
}

function readTexts(parameters: Parameters): IntentTexts {
  return {
    description: parameters.clearableText('description'),
    receiptEmail: parameters.clearableText('receipt_email'),
    statementDescriptor: parameters.clearableText('statement_descriptor'),
    statementDescriptorSuffix: parameters.clearableText('statement_descriptor_suffix'),
    transferGroup: parameters.clearableText('transfer_group'),
  };
}
