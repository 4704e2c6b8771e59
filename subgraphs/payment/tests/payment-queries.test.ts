import { AsyncLocalStorage } from 'node:async_hooks';
import { newId, toApiId } from '@souk/shared/ids';
import { countingStatements, statementsDuring } from '../../../tests/support/statements.js';
import { PaymentFixture } from './support/payment-fixture.js';

let fixture: PaymentFixture;

beforeAll(async () => {
  fixture = await PaymentFixture.open();
});
afterAll(() => fixture.close());

const query = /* GraphQL */ `
  query ($id: ID, $reference: String) {
    payment(id: $id, reference: $reference) {
      id
      reference
      method
      provider
      status
      amount {
        amount
        currency
        formatted
      }
      refunded {
        amount
      }
      order {
        id
      }
      customer {
        id
      }
      clientSecret
      instructions
      providerPaymentId
      failure {
        code
        message
      }
      events {
        id
        type
        source
        amount {
          amount
        }
        providerEventId
        message
      }
      refunds {
        id
        status
        reason
        providerRefundId
        amount {
          amount
          currency
        }
        payment {
          id
        }
        completedAt
      }
      expiresAt
      createdAt
      succeededAt
    }
  }
`;

describe('a payment', () => {
  it('shows all fields to its customer', async () => {
    const payment = await fixture.pay(null);
    const id = await fixture.idOf(payment);
    const { data, errors } = await fixture.subgraph.run(query, { id }, payment.buyer);
    expect(errors).toBeUndefined();
    expect(data?.['payment']).toMatchObject({
      id,
      reference: expect.stringMatching(/^PAY-[0-9A-Z]{10}$/) as string,
      method: 'CREDIT_CARD',
      provider: 'STRIPE',
      status: 'PENDING',
      amount: { amount: 2_500, currency: 'EUR', formatted: '€25.00' },
      refunded: { amount: 0 },
      order: { id: toApiId('order', payment.orderId) },
      customer: { id: payment.buyer.id },
      clientSecret: expect.stringMatching(/^pi_.+_secret_/) as string,
      instructions: null,
      providerPaymentId: expect.stringMatching(/^pi_/) as string,
      failure: null,
      events: [
        { type: 'CREATED', source: 'SAGA', amount: { amount: 2_500 } },
        { type: 'ACTION_REQUIRED', source: 'SAGA', amount: null },
      ],
      refunds: [],
      succeededAt: null,
    });
    const { reference } = data!['payment'] as { reference: string };
    const again = await fixture.subgraph.run(query, { reference }, payment.buyer);
    expect(again.data).toMatchObject({ payment: { id } });
    for (const variables of [{ id, reference }, {}, { id: null }]) {
      const { errors } = await fixture.subgraph.run(query, variables, payment.buyer);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });

  it('shows its refunds', async () => {
    const payment = await fixture.pay('pm_card_visa');
    await fixture.undo(payment.sagaId);
    const id = await fixture.idOf(payment);
    const { data } = await fixture.subgraph.run(query, { id }, payment.buyer);
    expect(data).toMatchObject({
      payment: {
        status: 'REFUNDED',
        refunded: { amount: 2_500 },
        clientSecret: null,
        refunds: [
          {
            id: expect.stringMatching(/^refund_/) as string,
            status: 'SUCCEEDED',
            reason: 'The checkout was cancelled.',
            providerRefundId: expect.stringMatching(/^re_/) as string,
            amount: { amount: 2_500, currency: 'EUR' },
            payment: { id },
            completedAt: expect.stringMatching(/^\d{4}-.+Z$/) as string,
          },
        ],
      },
    });
  });

  it('is null for other users, and hides its client secret from administrators', async () => {
    const payment = await fixture.pay(null);
    const id = await fixture.idOf(payment);
    const stranger = await fixture.subgraph.run(query, { id }, fixture.subgraph.user(['USER', 'PARTNER']));
    expect(stranger).toEqual({ data: { payment: null } });
    const admin = await fixture.subgraph.run(query, { id }, fixture.subgraph.user(['ADMIN']));
    expect(admin.data).toMatchObject({ payment: { id, clientSecret: null } });
    const anonymous = await fixture.subgraph.run(query, { id });
    expect(anonymous.errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  it.each([
    { id: '' },
    { id: 'payment_x' },
    { id: toApiId('payment', newId()) },
    { id: toApiId('order', newId()) },
    { reference: 'PAY-0000000000' },
  ])('is null for %j', async (variables) => {
    const { data, errors } = await fixture.subgraph.run(query, variables, fixture.subgraph.user(['ADMIN']));
    expect({ data, errors }).toEqual({ data: { payment: null }, errors: undefined });
  });

  it('never stores its client secret', async () => {
    const payment = await fixture.pay('pm_card_authenticationRequired');
    const id = await fixture.idOf(payment);
    const { data } = await fixture.subgraph.run(query, { id }, payment.buyer);
    const { clientSecret } = data!['payment'] as { clientSecret: string };
    for (const table of ['payment', 'payment_event', 'provider_event', 'inbox', 'outbox']) {
      const rows: { found: boolean }[] = await fixture.services.database.reader.query(
        `SELECT count(*) > 0 AS found FROM ${table} t WHERE t::text LIKE '%' || $1 || '%'`,
        [clientSecret],
      );
      expect(rows).toEqual([{ found: false }]);
    }
  });
});

describe('the payment log', () => {
  it.each(['UPDATE payment_event SET amount = 0', 'DELETE FROM payment_event', 'TRUNCATE payment_event'])(
    'refuses %s',
    async (statement) => {
      await fixture.pay('pm_card_visa');
      await expect(fixture.services.database.reader.query(statement)).rejects.toThrow('append-only');
    },
  );
});

describe('lists of payments', () => {
  const list = /* GraphQL */ `
    query ($filter: PaymentFilter, $first: Int, $after: String) {
      payments(filter: $filter, first: $first, after: $after) {
        nodes {
          id
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  `;
  interface Page {
    nodes: { id: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
    totalCount: number;
  }

  async function page(variables: Record<string, unknown>): Promise<Page> {
    const { data, errors } = await fixture.subgraph.run(list, variables, fixture.subgraph.user(['ADMIN']));
    expect(errors).toBeUndefined();
    return data?.['payments'] as Page;
  }

  it('are filtered and paged, newest first', async () => {
    const buyer = fixture.subgraph.user();
    const ids: string[] = [];
    for (const token of ['pm_card_visa', null, 'pm_card_chargeDeclined', 'pm_card_visa']) {
      ids.unshift(await fixture.idOf(await fixture.pay(token, { userId: buyer.userId })));
    }
    const customerId = buyer.id;
    const first = await page({ filter: { customerId }, first: 3 });
    expect(first.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    expect(first).toMatchObject({ totalCount: 4, pageInfo: { hasNextPage: true } });
    const second = await page({ filter: { customerId }, first: 3, after: first.pageInfo.endCursor });
    expect(second.nodes.map(({ id }) => id)).toEqual(ids.slice(3));
    expect(second.pageInfo.hasNextPage).toBe(false);

    const paid = await page({ filter: { customerId, status: 'SUCCEEDED', method: 'CREDIT_CARD' } });
    expect(paid.nodes.map(({ id }) => id)).toEqual([ids[0], ids[3]]);
    const past = { createdAfter: '2020-01-01T00:00:00Z', createdBefore: '2020-01-02T00:00:00Z' };
    expect(await page({ filter: { customerId, ...past } })).toMatchObject({ nodes: [], totalCount: 0 });
    const unknown = await page({ filter: { customerId: 'order_x' } });
    expect(unknown).toMatchObject({ nodes: [], totalCount: 0 });
  });

  it('are counted once, only where their number is selected', async () => {
    const counts = async (fields: string): Promise<number> =>
      countingStatements(
        await statementsDuring(fixture.subgraph.dependencies.source, () =>
          fixture.subgraph.run(`{ payments(first: 1) { ${fields} } }`, {}, fixture.subgraph.user(['ADMIN'])),
        ),
      );
    expect(await counts('nodes { id }')).toBe(0);
    expect(await counts('nodes { id } totalCount totalCountIsEstimate')).toBe(1);
  });

  it('require payments:manage', async () => {
    const { errors } = await fixture.subgraph.run(list, {}, fixture.subgraph.user());
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('reject 101, -1, foreign cursors and inverted ranges', async () => {
    const inverted = { createdAfter: '2020-01-02T00:00:00Z', createdBefore: '2020-01-01T00:00:00Z' };
    for (const variables of [{ first: 101 }, { first: -1 }, { after: 'x' }, { filter: inverted }]) {
      const { errors } = await fixture.subgraph.run(list, variables, fixture.subgraph.user(['ADMIN']));
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
  });
});

describe('references from other subgraphs', () => {
  const entities = /* GraphQL */ `
    query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on Payment {
          id
        }
        ... on Refund {
          id
        }
        ... on Order {
          payment {
            id
            events {
              type
            }
          }
          refunds {
            id
          }
        }
        ... on User {
          payments(first: 2) {
            nodes {
              id
            }
            totalCount
          }
        }
      }
    }
  `;

  it('resolve for callers who may see them', async () => {
    const payment = await fixture.pay('pm_card_visa');
    await fixture.undo(payment.sagaId);
    const id = await fixture.idOf(payment);
    const { data: own } = await fixture.subgraph.run(
      /* GraphQL */ `
        query ($id: ID!) {
          payment(id: $id) {
            reference
            refunds {
              id
            }
          }
        }
      `,
      { id },
      payment.buyer,
    );
    const { reference, refunds } = own!['payment'] as { reference: string; refunds: { id: string }[] };
    const representations = [
      { __typename: 'Payment', id },
      { __typename: 'Payment', reference },
      { __typename: 'Refund', id: refunds[0]?.id },
      { __typename: 'Order', id: toApiId('order', payment.orderId) },
      { __typename: 'Order', id: toApiId('order', newId()) },
      { __typename: 'User', id: payment.buyer.id },
    ];
    const { data, errors } = await fixture.subgraph.run(entities, { representations }, payment.buyer);
    expect(errors).toBeUndefined();
    expect(data?.['_entities']).toMatchObject([
      { id },
      { id },
      { id: refunds[0]?.id },
      { payment: { id }, refunds },
      { payment: null, refunds: [] },
      { payments: { nodes: [{ id }], totalCount: 1 } },
    ]);

    const stranger = await fixture.subgraph.run(entities, { representations }, fixture.subgraph.user());
    expect(stranger.data?.['_entities']).toEqual([
      null,
      null,
      null,
      { payment: null, refunds: [] },
      { payment: null, refunds: [] },
      { payments: null },
    ]);
    expect(stranger.errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN']);
  });

  it('are loaded in batches', async () => {
    const buyer = fixture.subgraph.user();
    const payments = await Promise.all(
      Array.from({ length: 8 }, () => fixture.pay('pm_card_visa', { userId: buyer.userId })),
    );
    const representations = payments.map(({ orderId }) => ({
      __typename: 'Order',
      id: toApiId('order', orderId),
    }));
    const { source } = fixture.subgraph.dependencies;
    const logged: string[] = [];
    // Webhooks and reconcilers also read payments at any time.
    const ours = new AsyncLocalStorage<true>();
    const createQueryRunner = source.createQueryRunner.bind(source);
    const spy = jest.spyOn(source, 'createQueryRunner').mockImplementation((mode) => {
      const runner = createQueryRunner(mode);
      const run = runner.query.bind(runner);
      runner.query = ((statement: string, ...rest: []) => {
        if (ours.getStore() && /FROM "?(payment|payment_event|refund)\b/.test(statement))
          logged.push(statement);
        return run(statement, ...rest);
      }) as typeof runner.query;
      return runner;
    });
    const { data } = await ours.run(true, () => fixture.subgraph.run(entities, { representations }, buyer));
    spy.mockRestore();
    expect(data?.['_entities']).toHaveLength(8);
    expect(logged).toHaveLength(3);
  });
});

describe('payment methods', () => {
  it('are the offered ones', async () => {
    const ways = /* GraphQL */ `
      {
        stripePublishableKey
        all: paymentMethods {
          method
          label
          provider
          currencies
          expiresAfterMinutes
        }
        euro: paymentMethods(currency: "EUR") {
          method
        }
        none: paymentMethods(currency: "XXX") {
          method
        }
      }
    `;
    const { data } = await fixture.subgraph.run(ways);
    expect(data).toMatchObject({
      stripePublishableKey: 'pk_test_x',
      all: [
        { method: 'CREDIT_CARD', label: 'Card', provider: 'STRIPE', expiresAfterMinutes: 20 },
        { method: 'BANK_TRANSFER', provider: 'MANUAL', expiresAfterMinutes: 4_320 },
        { method: 'VIRTUAL_ACCOUNT', provider: 'MANUAL', expiresAfterMinutes: 1_440 },
        { method: 'E_WALLET', provider: 'MANUAL', expiresAfterMinutes: 60 },
      ],
      euro: [
        { method: 'CREDIT_CARD' },
        { method: 'BANK_TRANSFER' },
        { method: 'VIRTUAL_ACCOUNT' },
        { method: 'E_WALLET' },
      ],
      none: [],
    });
  });
});
