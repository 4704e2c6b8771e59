import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createApp } from '@souk/payment/app';
import { entities, migrations } from '@souk/payment/database';
import type { PaymentServices } from '@souk/payment/domain/payment/payment-services';
import type { ProviderLimits } from '@souk/payment/domain/provider/provider-limits';
import { settingsFrom } from '@souk/shared/system-setting';
import { StripeCards } from '@souk/payment/stripe/client';
import { processPayment } from '@souk/payment/workers/process-payment';
import type { PayloadOf } from '@souk/shared/command';
import { paymentCommands } from '@souk/shared/contracts/payment';
import { Database } from '@souk/shared/db/database';
import type { Json } from '@souk/shared/errors';
import { Rejection } from '@souk/shared/errors';
import { newId, toApiId } from '@souk/shared/ids';
import type { ReplyEnvelope } from '@souk/shared/contracts/saga-envelope';
import { createSimulator } from 'souk-stripe-simulator/app';
import type { SubgraphUnderTest, TestUser } from '../../../../tests/support/subgraph.js';
import { startSubgraph } from '../../../../tests/support/subgraph.js';
import { until } from '../../../../tests/support/until.js';

type Outcome = ReplyEnvelope['outcome'];

/** The simulator's state, as far as tests use it. */
interface SimulatorState {
  totals: Record<string, { charged: number; refunded: number; net: number }>;
  payment_intents: { id: string; status: string; amount: number; metadata: Record<string, string> }[];
  charges: { id: string; payment_intent: string; status: string }[];
  webhooks: { paused: boolean };
  deliveries: { state: string }[];
  disputes: { id: string; payment_intent: string; status: string }[];
  refunds: { id: string; payment_intent: string; amount: number; status: string }[];
}

/** One checkout's payment. */
export interface TestPayment {
  sagaId: string;
  orderId: string;
  buyer: TestUser;
  outcome: Outcome;
}

/** Accounts in payment instructions. */
const manual = {
  BANK_TRANSFER: 'the test bank account XX00',
  VIRTUAL_ACCOUNT: 'the Test Bank',
  E_WALLET: '@souk-test',
};

const noLimits: ProviderLimits = { declinesPerBuyer: 0, declinesPerAddress: 0, verifyIntervalMs: 0 };

export const webhookSecret = 'whsec_test';
const step = 'PROCESS_PAYMENT';

/** Payment with the real Stripe client against a simulator, which sends its events to the webhook. */
export class PaymentFixture {
  readonly subgraph: SubgraphUnderTest;
  /** Services for direct calls to domain functions, with the same database and simulator. */
  readonly services: PaymentServices;
  /** URL of the webhook. */
  readonly webhookUrl: string;
  /** URL of the Stripe simulator. */
  readonly simulatorUrl: string;
  /** Mutable refund policy; requires no second factor unless a test sets it. */
  /** System settings that are stored. */
  readonly storedSettings: Map<string, Json>;
  readonly #close: () => Promise<void>;

  private constructor(parts: {
    subgraph: SubgraphUnderTest;
    services: PaymentServices;
    webhookUrl: string;
    simulatorUrl: string;
    storedSettings: Map<string, Json>;
    close: () => Promise<void>;
  }) {
    this.subgraph = parts.subgraph;
    this.services = parts.services;
    this.webhookUrl = parts.webhookUrl;
    this.simulatorUrl = parts.simulatorUrl;
    this.storedSettings = parts.storedSettings;
    this.#close = parts.close;
  }

  /** Starts payment. Limits of provider calls are off unless a test sets them. */
  static async open({
    timeoutMs = 8_000,
    limits = noLimits,
  }: { timeoutMs?: number; limits?: ProviderLimits } = {}): Promise<PaymentFixture> {
    const simulator = await createSimulator({ dataDir: null, webhookSecret });
    const simulated = await listen(express().use('/_simulator', simulator.controls).use(simulator.api));
    const stripe = {
      secretKey: 'sk_test_x',
      publishableKey: 'pk_test_x',
      webhookSecrets: ['whsec_older', webhookSecret],
      apiBase: simulated.url,
      timeoutMs,
    };
    const storedSettings = new Map<string, Json>();
    const subgraph = await startSubgraph('payment', { entities, migrations }, (dependencies) =>
      createApp(
        { ...dependencies, settings: settingsFrom(storedSettings) },
        { stripe, manual, limits, cardTimeoutMinutes: 20.5 },
      ),
    );
    const { router } = subgraph.app;
    if (!router) throw new Error('payment has no webhook');
    const webhook = await listen(express().use(router));
    const webhookUrl = `${webhook.url}/webhooks/stripe`;
    simulator.setWebhookUrl(webhookUrl);
    const { source, sender, log, clock } = subgraph.dependencies;
    return new PaymentFixture({
      subgraph,
      services: {
        database: new Database(source, sender.send, log),
        cards: new StripeCards(stripe),
        clock,
        log,
        manual,
        limits,
      },
      webhookUrl,
      simulatorUrl: simulated.url,
      storedSettings,
      close: async () => {
        await simulator.close();
        await close(webhook.server);
        await subgraph.close();
        await close(simulated.server);
      },
    });
  }

  close(): Promise<void> {
    return this.#close();
  }

  /** Runs PROCESS_PAYMENT of a new checkout; 25.00 EUR by card unless `overrides` says otherwise. */
  async pay(
    paymentMethodToken: string | null,
    overrides: Partial<PayloadOf<typeof paymentCommands.processPayment>> = {},
  ): Promise<TestPayment> {
    const buyer = this.subgraph.user();
    const sagaId = newId();
    const payload = this.payload(buyer, { paymentMethodToken, ...overrides });
    const outcome = await this.subgraph.command(paymentCommands.processPayment, payload, { sagaId, step });
    return { sagaId, orderId: payload.orderId, buyer, outcome };
  }

  payload(
    buyer: TestUser,
    overrides: Partial<PayloadOf<typeof paymentCommands.processPayment>> = {},
  ): PayloadOf<typeof paymentCommands.processPayment> {
    return {
      orderId: newId(),
      orderNumber: 'S-TEST',
      userId: buyer.userId,
      amount: { amount: 2_500, currency: 'EUR' },
      method: 'CREDIT_CARD',
      paymentMethodToken: null,
      returnUrl: null,
      expiresAt: new Date(Date.now() + 600_000).toISOString(),
      ...overrides,
    };
  }

  /** Prepares PROCESS_PAYMENT like a crashed or delayed process. Returns its call to the provider. */
  async begin(
    payload: PayloadOf<typeof paymentCommands.processPayment>,
    sagaId: string,
  ): Promise<() => Promise<unknown>> {
    const handler = processPayment(this.services);
    const [prepared] = await this.services.database.transact((manager, outbox) => {
      const context = { sagaId, step, transactionId: 'SAGA-TEST', outbox };
      return handler.prepareAll(manager, [{ payload, context }]);
    });
    if (!prepared || prepared instanceof Rejection) throw new Error('The payment was not opened.');
    return () => handler.perform(prepared, payload);
  }

  /** Runs the undo of a checkout's payment. */
  undo(sagaId: string): Promise<Outcome> {
    return this.subgraph.command(paymentCommands.revertPayment, {}, { sagaId, step, direction: 'undo' });
  }

  /** The payment's TypeID. */
  async idOf({ sagaId }: Pick<TestPayment, 'sagaId'>): Promise<string> {
    return toApiId('payment', (await this.row(sagaId)).id);
  }

  /** The payment's row. */
  async row(sagaId: string): Promise<{ id: string; status: string; provider_payment_id: string }> {
    const rows: { id: string; status: string; provider_payment_id: string }[] =
      await this.services.database.reader.query('SELECT * FROM payment WHERE saga_id = $1', [sagaId]);
    const [row] = rows;
    if (!row) throw new Error('There is no such payment.');
    return row;
  }

  /** The types of the payment's events, in the order of the log. */
  async events(sagaId: string): Promise<string[]> {
    const rows: { type: string }[] = await this.services.database.reader.query(
      'SELECT e.type FROM payment_event e JOIN payment p ON p.id = e.payment_id WHERE p.saga_id = $1 ORDER BY e.seq',
      [sagaId],
    );
    return rows.map(({ type }) => type);
  }

  /** Waits until the payment reaches a status. */
  async untilStatus(sagaId: string, status: string): Promise<void> {
    await until(`${status} of a payment`, async () => (await this.row(sagaId)).status === status);
  }

  /** Final replies of a step so far. */
  answers(sagaId: string, direction: 'do' | 'undo' = 'do'): Outcome[] {
    return this.subgraph.replies
      .filter((reply) => reply.sagaId === sagaId && reply.direction === direction)
      .map(({ outcome }) => outcome)
      .filter(({ kind }) => kind === 'done' || kind === 'rejected');
  }

  untilAnswered(sagaId: string): Promise<Outcome> {
    return until('the reply of a waiting step', () => this.answers(sagaId)[0]);
  }

  confirm(payment: TestPayment, id: string, token: string, as = payment.buyer) {
    return this.subgraph.run(confirmation, { id, token }, as);
  }

  /** Uses the simulator's controls. */
  async control(path: string, body: object = {}): Promise<unknown> {
    const response = await fetch(`${this.simulatorUrl}/_simulator${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    // 402: the simulator executed the request and declined the card.
    if (!response.ok && response.status !== 402)
      throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.simulatorUrl}/_simulator/faults`, { method: 'DELETE' });
  }

  async simulator(): Promise<SimulatorState> {
    const response = await fetch(`${this.simulatorUrl}/_simulator/state?limit=1000`);
    return (await response.json()) as SimulatorState;
  }

  /** The provider's id of the newest refund of a payment. */
  async refundAtProvider(paymentId: string): Promise<string> {
    const [refund] = (await this.atProvider(paymentId)).refunds;
    if (!refund) throw new Error('There is no refund.');
    return refund.id;
  }

  /** The simulator's objects of one payment. */
  async atProvider(paymentId: string) {
    const state = await this.simulator();
    const intents = state.payment_intents.filter(({ metadata }) => metadata['payment'] === paymentId);
    const isOurs = (id: string) => intents.some((intent) => intent.id === id);
    return {
      intents: intents.map(({ status }) => status),
      refunds: state.refunds.filter(({ payment_intent }) => isOurs(payment_intent)),
      charged: state.charges.filter(
        ({ payment_intent, status }) => status === 'succeeded' && isOurs(payment_intent),
      ).length,
      refunded: state.refunds.filter(
        ({ payment_intent, status }) => isOurs(payment_intent) && status !== 'failed',
      ).length,
    };
  }
}

const confirmation = /* GraphQL */ `
  mutation ($id: ID!, $token: String!) {
    confirmPayment(id: $id, paymentMethodToken: $token) {
      replayed
      payment {
        id
        status
        failure {
          code
          message
        }
      }
      userErrors {
        __typename
        code
        message
        field
        ... on PaymentDeclinedError {
          declineCode
        }
      }
    }
  }
`;

async function listen(handler: express.Express): Promise<{ server: Server; url: string }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function close(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
