import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import Stripe from 'stripe';
import { createSimulator } from '../src/app.js';
import type { Simulator, SimulatorOptions } from '../src/app.js';

export const WEBHOOK_SECRET = 'whsec_of_the_tests';
export const DEADLINE_MS = 20_000;
/** For calls that are to be in vain: longer than one takes to have its effect. */
export const SHORT_PATIENCE_MS = 2_000;

/** A simulator on a port of its own and the real client that speaks to it. */
export interface Running {
  readonly simulator: Simulator;
  readonly stripe: Stripe;
  readonly origin: string;
  /** Calls a control and answers its status and body. */
  control(path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  state(): Promise<State>;
  stop(): Promise<void>;
}

export interface State {
  totals: Record<string, { charged: number; refunded: number; net: number }>;
  payment_intents: { id: string; status: string }[];
  refunds: { id: string; status: string }[];
  disputes: { id: string; status: string }[];
  events: { id: string; type: string; object: string }[];
  deliveries: { event: string; state: string; attempts: number; last_outcome: string | null }[];
  faults: unknown[];
}

export async function run(options: Partial<SimulatorOptions> = {}): Promise<Running> {
  const simulator = await createSimulator({ dataDir: null, webhookSecret: WEBHOOK_SECRET, ...options });
  const app = express();
  app.use('/_simulator', simulator.controls);
  app.use(simulator.api);
  const { server, port } = await listen(app);
  const origin = `http://127.0.0.1:${port}`;
  const control = async (path: string, body?: unknown) => {
    const response = await fetch(`${origin}/_simulator${path}`, {
      method: 'POST',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer: unknown = await response.json();
    return { status: response.status, body: answer };
  };
  return {
    simulator,
    origin,
    control,
    stripe: client(port),
    state: async () => (await (await fetch(`${origin}/_simulator/state`)).json()) as State,
    stop: async () => {
      await simulator.close();
      await shut(server);
    },
  };
}

/** The real client, as a subgraph would use it. */
export function client(port: number, key = 'sk_test_of_the_tests'): Stripe {
  return new Stripe(key, {
    host: '127.0.0.1',
    port,
    protocol: 'http',
    maxNetworkRetries: 0,
    telemetry: false,
    timeout: DEADLINE_MS,
  });
}

export interface Received {
  readonly body: string;
  readonly headers: IncomingHttpHeaders;
}

/**
 * The other end of the webhook: keeps what it is sent and answers with the status that stands first in line.
 * Every answer names another address, for those who would follow it.
 */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** Statuses to answer next; 200 once they are used up. */
  readonly answers: number[];
  events(): Stripe.Event[];
  stop(): Promise<void>;
}

export async function receive(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  const { server, port } = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ body: Buffer.concat(chunks).toString(), headers: request.headers });
      response.writeHead(answers.shift() ?? 200, { location: '/elsewhere' }).end();
    });
  });
  return {
    url: `http://127.0.0.1:${port}/webhooks/stripe`,
    received,
    answers,
    events: () => received.map(({ body }) => JSON.parse(body) as Stripe.Event),
    stop: () => shut(server),
  };
}

/** Waits until `look` answers something other than undefined or false, and fails after the deadline. */
export async function eventually<T>(what: string, look: () => T | Promise<T>): Promise<NonNullable<T>> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const seen = await look();
    if (seen !== undefined && seen !== null && seen !== false) return seen;
    if (Date.now() > deadline) throw new Error(`Not seen within ${DEADLINE_MS} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The error that a call is refused with. @throws when the call succeeds */
export async function refusal(
  call: Promise<unknown>,
): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  const outcome = await call.then(
    () => 'it succeeded',
    (error: unknown) => error,
  );
  if (outcome instanceof Stripe.errors.StripeError) return outcome;
  throw new Error(`Expected a StripeError, but: ${String(outcome)}`);
}

/** A PaymentIntent confirmed at once, in euros. */
export function pay(
  stripe: Stripe,
  amount: number,
  paymentMethod = 'pm_card_visa',
  more: Partial<Stripe.PaymentIntentCreateParams> = {},
): Promise<Stripe.Response<Stripe.PaymentIntent>> {
  return stripe.paymentIntents.create({
    amount,
    currency: 'eur',
    confirm: true,
    payment_method: paymentMethod,
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    ...more,
  });
}

async function listen(listener: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

async function shut(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
