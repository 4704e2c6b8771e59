import { createRefund, findRefund, updateRefund } from '../domain/refunds.js';
import type { Store } from '../state/store.js';
import { invalidRequest } from '../stripe-error.js';
import { found } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { PAGE_PARAMETERS, pageOf, readPage } from './pages.js';
import { Parameters } from './parameters.js';

const UNPLAYED = [
  'currency',
  'customer',
  'instructions_email',
  'origin',
  'refund_application_fee',
  'reverse_transfer',
];

/** The calls under /v1/refunds. */
export function refundEndpoints(store: Store): Endpoint[] {
  return [
    { method: 'POST', path: '/v1/refunds', prepare: prepareCreate },
    {
      method: 'GET',
      path: '/v1/refunds',
      prepare: (raw) => {
        const parameters = new Parameters(raw, [...PAGE_PARAMETERS, 'charge', 'payment_intent']);
        const page = readPage(parameters);
        const charge = parameters.text('charge');
        const intent = parameters.text('payment_intent');
        const expansions = parameters.expansions();
        return (tx) => {
          const list = pageOf(store.all('refund'), page, {
            noun: 'refund',
            url: '/v1/refunds',
            show: (refund) => refund,
            wanted: (refund) =>
              (charge === undefined || refund.charge === charge) &&
              (intent === undefined || refund.payment_intent === intent),
          });
          return found(tx, list, expansions);
        };
      },
    },
    {
      method: 'GET',
      path: '/v1/refunds/:id',
      prepare: (raw, id) => {
        const expansions = new Parameters(raw, ['expand']).expansions();
        return (tx) => found(tx, findRefund(tx, id), expansions);
      },
    },
    {
      method: 'POST',
      path: '/v1/refunds/:id',
      prepare: (raw, id) => {
        const parameters = new Parameters(raw, ['expand', 'metadata']);
        const metadata = parameters.metadata();
        const expansions = parameters.expansions();
        return (tx) => found(tx, updateRefund(tx, findRefund(tx, id), metadata), expansions);
      },
    },
  ];
}

const prepareCreate: Endpoint['prepare'] = (raw) => {
  const accepted = ['amount', 'charge', 'expand', 'metadata', 'payment_intent', 'reason'];
  const parameters = new Parameters(raw, accepted, UNPLAYED);
  const input = {
    amount: parameters.positiveInteger('amount'),
    charge: parameters.text('charge'),
    metadata: parameters.metadata(),
    paymentIntent: parameters.text('payment_intent'),
    reason: parameters.choice('reason', ['duplicate', 'fraudulent', 'requested_by_customer']),
  };
  if (input.charge === undefined && input.paymentIntent === undefined) {
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
      {
        code: 'parameter_missing',
        param: 'payment_intent',
      },
    );
  }
  const expansions = parameters.expansions();
  return (tx) => found(tx, createRefund(tx, input), expansions);
};
