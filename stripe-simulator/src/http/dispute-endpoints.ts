import { closeDispute, findDispute, updateDispute } from '../domain/disputes.js';
import type { Store } from '../state/store.js';
import { found } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { PAGE_PARAMETERS, pageOf, readPage } from './pages.js';
import { Parameters } from './parameters.js';

/** The calls under /v1/disputes. Of the evidence only `uncategorized_text` is played. */
export function disputeEndpoints(store: Store): Endpoint[] {
  return [
    {
      method: 'GET',
      path: '/v1/disputes',
      prepare: (raw) => {
        const parameters = new Parameters(raw, [...PAGE_PARAMETERS, 'charge', 'payment_intent']);
        const page = readPage(parameters);
        const charge = parameters.text('charge');
        const intent = parameters.text('payment_intent');
        const expansions = parameters.expansions();
        return (tx) => {
          const list = pageOf(store.all('dispute'), page, {
            noun: 'dispute',
            url: '/v1/disputes',
            show: (dispute) => dispute,
            wanted: (dispute) =>
              (charge === undefined || dispute.charge === charge) &&
              (intent === undefined || dispute.payment_intent === intent),
          });
          return found(tx, list, expansions);
        };
      },
    },
    {
      method: 'GET',
      path: '/v1/disputes/:id',
      prepare: (raw, id) => {
        const expansions = new Parameters(raw, ['expand']).expansions();
        return (tx) => found(tx, findDispute(tx, id), expansions);
      },
    },
    {
      method: 'POST',
      path: '/v1/disputes/:id',
      prepare: (raw, id) => {
        const parameters = new Parameters(raw, ['evidence', 'expand', 'metadata', 'submit']);
        const input = {
          text: parameters.nested('evidence', ['uncategorized_text']).text('uncategorized_text'),
          // As at Stripe, evidence goes to the bank unless the caller says otherwise.
          submit: parameters.boolean('submit') ?? true,
          metadata: parameters.metadata(),
        };
        const expansions = parameters.expansions();
        return (tx) => found(tx, updateDispute(tx, findDispute(tx, id), input), expansions);
      },
    },
    {
      method: 'POST',
      path: '/v1/disputes/:id/close',
      prepare: (raw, id) => {
        const expansions = new Parameters(raw, ['expand']).expansions();
        return (tx) => found(tx, closeDispute(tx, findDispute(tx, id), 'lost'), expansions);
      },
    },
  ];
}
