import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { openDataSource } from '@souk/shared/db/data-source';
import type { SubgraphApp } from '@souk/shared/graph/app';
import type { QueueStore } from '@souk/shared/queue-store';
import type { SubgraphUnderTest, TestUser } from '../../../../tests/support/subgraph.js';
import { startSubgraph } from '../../../../tests/support/subgraph.js';
import { until } from '../../../../tests/support/until.js';
import { createApp } from '../../src/app.js';
import { entities, migrations } from '../../src/database.js';
import { FakeAccount } from './fake-account.js';
import { FakeCatalog } from './fake-catalog.js';
import { FakeParticipants } from './fake-participants.js';

type Limits = Pick<
  Parameters<typeof createApp>[1],
  'maxOpen' | 'maxOpenPerBuyer' | 'maxFailedPerHour' | 'guestCarts'
>;

/** User error fields that the tests select. */
export interface Refusal {
  __typename: string;
  code: string;
  field: string[] | null;
  [detail: string]: unknown;
}

/** Checkout fields that the tests select. */
export interface CheckoutView {
  id: string;
  transactionId: string;
  status: string;
  currentStep: string | null;
  expiresAt: string | null;
  completedAt: string | null;
  steps: {
    name: string;
    participant: string;
    status: string;
    attempts: number;
    durationMs: number | null;
    error: string | null;
  }[];
  compensations: { name: string; participant: string; status: string; durationMs: number | null }[];
  failure: Refusal | null;
  order: {
    id: string;
    number: string;
    status: string;
    paymentStatus: string;
    total: { amount: number; currency: string };
    refunded: { amount: number };
    cancelReason: string | null;
    paidAt: string | null;
    completedAt: string | null;
    cancelledAt: string | null;
    shippingAddress: { id: string; city: string } | null;
    items: {
      id: string;
      title: string;
      quantity: number;
      shippedQuantity: number;
      seats: { id: string }[];
      tokens: { code: string }[];
    }[];
    tokens: { id: string; code: string; kind: string; status: string; seat: { id: string } | null }[];
    history: { type: string; message: string; actor: { id: string } | null }[];
    allowedTransitions: string[];
  };
}

const refusal = `__typename code field message
  ... on InsufficientStockError { offerId available }
  ... on PriceChangedError { expected { amount } actual { amount } }
  ... on SeatUnavailableError { seatIds }
  ... on IdempotencyConflictError { idempotencyKey firstUsedAt }`;

const checkoutFields = `id transactionId status currentStep expiresAt completedAt
  steps { name participant status attempts durationMs error }
  compensations { name participant status durationMs }
  failure { ${refusal} }
  order {
    id number status paymentStatus total { amount currency } refunded { amount } cancelReason paidAt completedAt cancelledAt
    shippingAddress { id city } items { id title quantity shippedQuantity seats { id } tokens { code } }
    tokens { id code kind status seat { id } } history { type message actor { id } } allowedTransitions
  }`;

export const cartFields = `id itemCount total { amount currency } owner { id } problems { ${refusal} }
  items { id quantity offer { id } seats { id } heldUntil unitPrice { amount currency } subtotal { amount } }`;

/** Cart fields that the tests select. */
export interface CartView {
  id: string;
  itemCount: number;
  total: { amount: number; currency: string };
  owner: { id: string } | null;
  problems: Refusal[];
  items: {
    id: string;
    quantity: number;
    offer: { id: string };
    seats: { id: string }[];
    heldUntil: string | null;
    unitPrice: { amount: number; currency: string };
    subtotal: { amount: number };
  }[];
}

/** The order subgraph with fake neighbors. */
export class OrderUnderTest {
  readonly subgraph: SubgraphUnderTest;
  readonly catalog: FakeCatalog;
  readonly participants: FakeParticipants;
  readonly accounts: FakeAccount;

  private constructor(
    subgraph: SubgraphUnderTest,
    catalog: FakeCatalog,
    participants: FakeParticipants,
    accounts: FakeAccount,
  ) {
    this.subgraph = subgraph;
    this.catalog = catalog;
    this.participants = participants;
    this.accounts = accounts;
  }

  static async start(options: Limits & { queueStore?: QueueStore } = {}): Promise<OrderUnderTest> {
    const catalog = new FakeCatalog();
    const accounts = new FakeAccount();
    const tokenSigningKey = generateKeyPairSync('ed25519').privateKey;
    const { queueStore, ...own } = options;
    const subgraph = await startSubgraph(
      'order',
      { entities, migrations },
      (dependencies) =>
        createApp(dependencies, {
          catalogExecutor: catalog.execute,
          accountExecutor: accounts.execute,
          tokenSigningKey,
          ...own,
        }),
      queueStore,
    );
    const participants = new FakeParticipants(subgraph.dependencies, catalog);
    await participants.start();
    return new OrderUnderTest(subgraph, catalog, participants, accounts);
  }

  /**
   * A second order process: separate connections and memory on the same database. It only serves requests;
   * its worker is not started.
   */
  async another(own: Limits = {}): Promise<SubgraphApp> {
    const { dependencies, databaseUrl } = this.subgraph;
    const source = await openDataSource({
      url: databaseUrl,
      applicationName: 'test-order-other',
      poolSize: 5,
      entities,
      migrations,
    });
    return createApp(
      { ...dependencies, source },
      {
        catalogExecutor: this.catalog.execute,
        accountExecutor: this.accounts.execute,
        tokenSigningKey: generateKeyPairSync('ed25519').privateKey,
        ...own,
      },
    );
  }

  async close(): Promise<void> {
    await this.participants.close();
    await this.subgraph.close();
  }

  user(roles?: Parameters<SubgraphUnderTest['user']>[0]): TestUser {
    return this.subgraph.user(roles);
  }

  /** Runs an operation as a user or anonymously. */
  run(
    query: string,
    variables: Record<string, unknown> = {},
    user?: TestUser | null,
  ): ReturnType<SubgraphUnderTest['app']['execute']> {
    return this.subgraph.app.execute({
      query,
      variables,
      headers: user ? { authorization: user.authorization } : {},
    });
  }

  /** Runs an operation and returns its first field. @throws on top-level errors */
  async query<T>(query: string, variables: Record<string, unknown> = {}, user?: TestUser | null): Promise<T> {
    const { data, errors } = await this.run(query, variables, user);
    if (errors) throw new Error(JSON.stringify(errors));
    return Object.values(data ?? {})[0] as T;
  }

  /** Returns the code of the first top-level error. */
  async errorOf(
    query: string,
    variables: Record<string, unknown> = {},
    user?: TestUser | null,
  ): Promise<unknown> {
    const { errors } = await this.run(query, variables, user);
    return errors?.[0]?.extensions?.['code'];
  }

  add(
    item: object,
    user?: TestUser | null,
    cartId?: string,
  ): Promise<{ cart: CartView | null; userErrors: Refusal[] }> {
    return this.query(
      `mutation ($item: CartItemInput!, $cartId: ID) {
        addToCart(cartId: $cartId, item: $item) { cart { ${cartFields} } userErrors { ${refusal} } }
      }`,
      { item, cartId },
      user,
    );
  }

  /** Runs a cart mutation with literal arguments. */
  change(call: string, user?: TestUser | null): Promise<{ cart: CartView | null; userErrors: Refusal[] }> {
    return this.query(`mutation { ${call} { cart { ${cartFields} } userErrors { ${refusal} } } }`, {}, user);
  }

  cart(user: TestUser | null, id?: string): Promise<CartView | null> {
    return this.query(`query ($id: ID) { cart(id: $id) { ${cartFields} } }`, { id }, user);
  }

  checkout(
    user: TestUser | null,
    input: object = {},
  ): Promise<{ checkout: CheckoutView | null; replayed: boolean; userErrors: Refusal[] }> {
    return this.query(
      `mutation ($input: CheckoutInput!) {
        checkout(input: $input) { checkout { ${checkoutFields} } replayed userErrors { ${refusal} } }
      }`,
      { input: { ...terms(), ...input } },
      user,
    );
  }

  createOrder(
    user: TestUser,
    input: object,
  ): Promise<{ checkout: CheckoutView | null; replayed: boolean; userErrors: Refusal[] }> {
    return this.query(
      `mutation ($input: CreateOrderInput!) {
        createOrder(input: $input) { checkout { ${checkoutFields} } replayed userErrors { ${refusal} } }
      }`,
      { input: { ...terms(), ...input } },
      user,
    );
  }

  read(id: string, user: TestUser | null): Promise<CheckoutView | null> {
    return this.query(`query ($id: ID!) { checkout(id: $id) { ${checkoutFields} } }`, { id }, user);
  }

  /** Waits until the checkout has this status and returns it. */
  reached(id: string, user: TestUser, ...statuses: string[]): Promise<CheckoutView> {
    return until(`a checkout that is ${statuses.join(' or ')}`, async () => {
      const checkout = await this.read(id, user);
      return checkout && statuses.includes(checkout.status) ? checkout : null;
    });
  }

  /** Adds offers to a user's cart and checks it out. Returns the started checkout. */
  async buy(user: TestUser, items: object[], input: object = {}): Promise<CheckoutView> {
    for (const item of items) {
      const { userErrors } = await this.add(item, user);
      if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
    }
    const { checkout, userErrors } = await this.checkout(user, input);
    if (!checkout) throw new Error(JSON.stringify(userErrors));
    return checkout;
  }
}

/** Terms with a unique key and a card. */
export function terms(): { idempotencyKey: string; payment: object } {
  return {
    idempotencyKey: randomUUID(),
    payment: { method: 'CREDIT_CARD', paymentMethodToken: 'pm_card_visa' },
  };
}
