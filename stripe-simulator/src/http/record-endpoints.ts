import type { Store } from '../state/store.js';
import type { Transaction } from '../state/transaction.js';
import { resourceMissing } from '../stripe-error.js';
import type { StripeEvent } from '../stripe-objects.js';
import { eventView } from '../webhooks/event-view.js';
import { found } from './endpoint.js';
import type { Endpoint } from './endpoint.js';
import { PAGE_PARAMETERS, pageOf, readPage } from './pages.js';
import { Parameters } from './parameters.js';

/** The calls that read what payments leave behind: charges, payment methods, events. */
export function recordEndpoints(store: Store): Endpoint[] {
  const show = (event: StripeEvent) => eventView(event, store.get('delivery', event.id));
  return [
    retrieve('/v1/charges/:id', 'charge', (tx, id) => tx.get('charge', id)),
    retrieve('/v1/payment_methods/:id', 'PaymentMethod', (tx, id) => tx.get('payment_method', id)?.method),
    retrieve('/v1/events/:id', 'event', (tx, id) => {
      const event = tx.get('event', id);
      return event === undefined ? undefined : show(event);
    }),
    {
      method: 'GET',
      path: '/v1/charges',
      prepare: (raw) => {
        const parameters = new Parameters(
          raw,
          [...PAGE_PARAMETERS, 'payment_intent'],
          ['customer', 'transfer_group'],
        );
        const page = readPage(parameters);
        const intent = parameters.text('payment_intent');
        const expansions = parameters.expansions();
        return (tx) => {
          const list = pageOf(store.all('charge'), page, {
            noun: 'charge',
            url: '/v1/charges',
            show: (charge) => charge,
            wanted: (charge) => intent === undefined || charge.payment_intent === intent,
          });
          return found(tx, list, expansions);
        };
      },
    },
    {
      method: 'GET',
      path: '/v1/events',
      prepare: (raw) => {
        const parameters = new Parameters(raw, [...PAGE_PARAMETERS, 'type', 'types'], ['delivery_success']);
        const page = readPage(parameters);
        const type = parameters.text('type');
        const types: readonly string[] | undefined = type === undefined ? parameters.texts('types') : [type];
        const expansions = parameters.expansions();
        return (tx) => {
          const list = pageOf(store.all('event'), page, {
            noun: 'event',
            url: '/v1/events',
            show,
            wanted: (event) => types === undefined || types.includes(event.type),
          });
          return found(tx, list, expansions);
        };
      },
    },
  ];
}

function retrieve(
  path: string,
  noun: string,
  find: (tx: Transaction, id: string) => object | undefined,
): Endpoint {
  return {
    method: 'GET',
    path,
    prepare: (raw, id) => {
      const expansions = new Parameters(raw, ['expand']).expansions();
      return (tx) => {
        const object = find(tx, id);
        if (object === undefined) throw resourceMissing(noun, id, 'id');
        return found(tx, object, expansions);
      };
    },
  };
}
