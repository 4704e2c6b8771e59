import { randomBytes } from 'node:crypto';
import express from 'express';
import type { Response, Router } from 'express';
import type { z } from 'zod';
import { authenticate, confirm, settle } from '../domain/confirmation.js';
import type { Attempt } from '../domain/confirmation.js';
import { closeDispute, findDispute, openDispute } from '../domain/disputes.js';
import { findIntent } from '../domain/payment-intents.js';
import { createRefund, findRefund, settleRefund } from '../domain/refunds.js';
import { errorHandler } from '../http/api.js';
import { attempted } from '../http/endpoint.js';
import type { Faults } from '../http/faults.js';
import { WEBHOOK_SETTING } from '../state/records.js';
import type { Store } from '../state/store.js';
import { Transaction } from '../state/transaction.js';
import { invalidRequest } from '../stripe-error.js';
import { API_VERSION } from '../stripe-objects.js';
import type { WebhookDispatcher } from '../webhooks/dispatcher.js';
import {
  closeBody,
  confirmBody,
  disputeBody,
  faultBody,
  outcomeBody,
  refundBody,
  settlementBody,
  stateQuery,
  webhooksBody,
} from './bodies.js';
import { page } from './page.js';
import { snapshotOf } from './snapshot.js';

export interface ControlsOptions {
  readonly store: Store;
  readonly dispatcher: WebhookDispatcher;
  readonly faults: Faults;
  readonly log: (line: string) => void;
}

/**
 * Controls that Stripe does not have: acting as the buyer and the bank, injecting faults, inspecting the state. Mounted
 * under /_simulator. They need no key; a body must be JSON, so that other sites' pages cannot post to them.
 */
export function createControls({ store, dispatcher, faults, log }: ControlsOptions): Router {
  const router = express.Router();
  router.use(express.json({ limit: '16kb' }));

  /** Lets something happen that no call of the API caused. */
  const perform = <T>(action: (tx: Transaction) => T): { tx: Transaction; result: T } => {
    const origin = { requestId: null, idempotencyKey: null, apiVersion: API_VERSION };
    const tx = new Transaction(store, origin, dispatcher.url !== undefined);
    const result = action(tx);
    tx.commit();
    return { tx, result };
  };
  const act = (response: Response, action: (tx: Transaction) => Attempt) => {
    const { tx, result } = perform(action);
    const answer = attempted(tx, result, []);
    response.status(answer.status).json(answer.body);
  };

  router.get('/', (_request, response) => {
    const nonce = randomBytes(16).toString('base64');
    response.set({
      'Content-Security-Policy':
        `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; ` +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      'Cache-Control': 'no-store',
    });
    response.type('html').send(page(nonce));
  });

  router.get('/state', (request, response) => {
    const { limit } = read(stateQuery, request.query);
    response.set('Cache-Control', 'no-store').json(snapshotOf(store, dispatcher, faults, limit));
  });

  router.post('/payment_intents/:id/authenticate', (request, response) => {
    const { outcome } = read(outcomeBody, request.body);
    act(response, (tx) => authenticate(tx, findIntent(tx, request.params.id), outcome === 'succeed'));
  });

  router.post('/payment_intents/:id/settle', (request, response) => {
    const { outcome } = read(outcomeBody, request.body);
    act(response, (tx) => settle(tx, findIntent(tx, request.params.id), outcome === 'succeed'));
  });

  router.post('/payment_intents/:id/confirm', (request, response) => {
    const { payment_method: paymentMethod } = read(confirmBody, request.body);
    act(response, (tx) =>
      confirm(tx, findIntent(tx, request.params.id), {
        paymentMethod,
        offSession: false,
        errorOnRequiresAction: false,
        byClient: true,
      }),
    );
  });

  // A refund from Stripe's dashboard has no idempotency key and no metadata.
  router.post('/payment_intents/:id/refund', (request, response) => {
    const { amount } = read(refundBody, request.body);
    const { result } = perform((tx) =>
      createRefund(tx, {
        paymentIntent: request.params.id,
        charge: undefined,
        amount,
        reason: 'requested_by_customer',
        metadata: undefined,
      }),
    );
    response.json(result);
  });

  router.post('/refunds/:id/settle', (request, response) => {
    const { outcome, reason } = read(settlementBody, request.body);
    const { result } = perform((tx) => settleRefund(tx, findRefund(tx, request.params.id), outcome, reason));
    response.json(result);
  });

  router.post('/payment_intents/:id/dispute', (request, response) => {
    const input = read(disputeBody, request.body);
    const { result } = perform((tx) => openDispute(tx, findIntent(tx, request.params.id).intent, input));
    response.json(result);
  });

  router.post('/disputes/:id/close', (request, response) => {
    const { outcome } = read(closeBody, request.body);
    const { result } = perform((tx) => closeDispute(tx, findDispute(tx, request.params.id), outcome));
    response.json(result);
  });

  router.post('/faults', (request, response) => {
    const { before_execution: beforeExecution, delay_ms: delayMs, ...fault } = read(faultBody, request.body);
    faults.add({ ...fault, beforeExecution, delayMs });
    response.json({ faults: faults.waiting() });
  });

  router.delete('/faults', (_request, response) => {
    faults.clear();
    response.json({ faults: faults.waiting() });
  });

  router.post('/webhooks', (request, response) => {
    const settings = read(webhooksBody, request.body);
    const held = store.webhookSetting();
    const { paused = held.paused, duplicate = held.duplicate } = settings;
    store.commit([['setting', { id: WEBHOOK_SETTING, paused, duplicate }]]);
    response.json({ url: dispatcher.url ?? null, paused, duplicate });
  });

  router.use(errorHandler(log));
  return router;
}

/** Reads a body or a query; no body at all counts as an empty one. */
function read<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw invalidRequest(issue?.message ?? 'Invalid request', { param: issue?.path.join('.') });
}
