import { setTimeout as delay } from 'node:timers/promises';
import express from 'express';
import type { ErrorRequestHandler, Express, Request, Response } from 'express';
import { newId } from '../identifiers.js';
import type { Answer } from '../state/records.js';
import type { Store } from '../state/store.js';
import { Transaction } from '../state/transaction.js';
import type { Origin } from '../state/transaction.js';
import { invalidRequest, StripeError } from '../stripe-error.js';
import { API_VERSION } from '../stripe-objects.js';
import { authentication } from './authentication.js';
import type { Endpoint } from './endpoint.js';
import type { Fault, Faults } from './faults.js';
import { fingerprintOf, Idempotency } from './idempotency.js';
import type { KeyUse } from './idempotency.js';
import { paymentIntentEndpoints } from './payment-intent-endpoints.js';
import { recordEndpoints } from './record-endpoints.js';
import { disputeEndpoints } from './dispute-endpoints.js';
import { refundEndpoints } from './refund-endpoints.js';
import type { RawParameters } from './parameters.js';

export interface ApiOptions {
  readonly store: Store;
  readonly faults: Faults;
  readonly secretKey: string | undefined;
  /** Whether events made now are to be sent to a webhook. */
  readonly delivers: () => boolean;
  readonly log: (line: string) => void;
}

export interface Api {
  /** Answers /v1/*; anything else it leaves to whoever comes after. */
  readonly handler: Express;
  /** Cuts the calls that a fault keeps waiting and answers 503 from then on. */
  readonly close: () => void;
}

/** A received call. */
interface Call {
  readonly endpoint: Endpoint;
  readonly request: Request;
  readonly response: Response;
  readonly parameters: RawParameters;
}

/** The result of a call: the response, and whether its idempotency key replays it. */
interface Execution {
  readonly answer: Answer;
  readonly replayOf?: string;
  readonly shouldRetry?: boolean;
}

/** Stripe's API over the store. */
export function createApi({ store, faults, secretKey, delivers, log }: ApiOptions): Api {
  const idempotency = new Idempotency(store);
  const unanswered = new Set<Response>();
  const closing = new AbortController();

  const handler = express();
  handler.disable('x-powered-by');
  handler.disable('etag');
  handler.set('query parser', 'extended');
  handler.use('/v1', (request, response, next) => {
    response.set('Request-Id', newId('req'));
    response.set('Stripe-Version', apiVersion(request));
    next(closing.signal.aborted ? apiError(503, 'The simulator is closing.') : undefined);
  });
  handler.use('/v1', authentication(secretKey), express.urlencoded({ extended: true, limit: '1mb' }));
  for (const endpoint of [
    ...paymentIntentEndpoints(store),
    ...refundEndpoints(store),
    ...disputeEndpoints(store),
    ...recordEndpoints(store),
  ]) {
    const route = handler.route(endpoint.path);
    route[endpoint.method === 'GET' ? 'get' : 'post']((request, response) =>
      serve(endpoint, request, response),
    );
  }
  handler.use('/v1', (request) => {
    throw new StripeError(404, {
      type: 'invalid_request_error',
      message:
        `Unrecognized request URL (${request.method}: ${request.originalUrl.split('?', 1).join('')}). ` +
        'Please see https://stripe.com/docs or we can help at https://support.stripe.com/.',
    });
  });
  handler.use(errorHandler(log));

  async function serve(endpoint: Endpoint, request: Request, response: Response): Promise<void> {
    const fault = faults.take(request.method, request.path);
    if (fault !== undefined) log(`Fault ${fault.kind} strikes ${request.method} ${request.path}`);
    if (fault?.kind === 'reset') {
      request.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'rate_limit') throw rateLimited();

    const { answer, replayOf, shouldRetry } = await once(endpoint, request, response, fault);
    if (fault?.kind === 'timeout_after') {
      unanswered.add(response);
      response.on('close', () => unanswered.delete(response));
      return;
    }
    if (replayOf !== undefined) response.set({ 'Idempotent-Replayed': 'true', 'Original-Request': replayOf });
    if (shouldRetry !== undefined) response.set('Stripe-Should-Retry', String(shouldRetry));
    response.status(answer.status).json(answer.body);
  }

  /** Executes the call, or answers what is stored under its key. */
  async function once(
    endpoint: Endpoint,
    request: Request,
    response: Response,
    fault: Fault | undefined,
  ): Promise<Execution> {
    const parameters = readParameters(request);
    const key = request.method === 'POST' ? request.get('idempotency-key') : undefined;
    const call: Call = { endpoint, request, response, parameters };
    if (key === undefined || key === '') return perform(call, fault, null);

    response.set('Idempotency-Key', key);
    const use: KeyUse = { key, fingerprint: fingerprintOf(request.method, request.path, parameters) };
    const stored = idempotency.begin(use);
    if (stored !== undefined) return { answer: stored.answer, replayOf: stored.requestId };
    try {
      return await perform(call, fault, use);
    } finally {
      idempotency.end(use);
    }
  }

  async function perform(
    { endpoint, request, response, parameters }: Call,
    fault: Fault | undefined,
    use: KeyUse | null,
  ): Promise<Execution> {
    if (fault?.kind === 'slow') await delay(fault.delayMs ?? 0, undefined, { signal: closing.signal });
    const requestId = response.get('Request-Id') ?? '';
    if (fault?.kind === 'error500' && fault.beforeExecution === true) {
      return { answer: serverError(), shouldRetry: true };
    }
    const origin: Origin = { requestId, idempotencyKey: use?.key ?? null, apiVersion: apiVersion(request) };
    const execute = endpoint.prepare(parameters, String(request.params['id'] ?? ''));
    const { tx, answer: made } = execution(origin, fault?.kind === 'error500' ? serverError : execute);
    const failing = fault?.kind === 'error500' || fault?.kind === 'error500_after';
    const answer = failing ? serverError() : made;
    if (use !== null) {
      tx.put('key', { id: use.key, fingerprint: use.fingerprint, requestId, createdAt: Date.now(), answer });
    }
    tx.commit();
    return failing ? { answer, shouldRetry: false } : { answer };
  }

  /** Runs the call in a transaction; a refusal leaves nothing in it. */
  function execution(
    origin: Origin,
    execute: (tx: Transaction) => Answer,
  ): { tx: Transaction; answer: Answer } {
    const tx = new Transaction(store, origin, delivers());
    try {
      return { tx, answer: execute(tx) };
    } catch (error) {
      if (!(error instanceof StripeError)) throw error;
      const answer = { status: error.status, body: error.body() };
      return { tx: new Transaction(store, origin, false), answer };
    }
  }

  return {
    handler,
    close: () => {
      closing.abort();
      for (const response of unanswered) response.destroy();
    },
  };
}

/** Sends errors in Stripe's shape. Unexpected errors are logged and not disclosed. */
export function errorHandler(log: (line: string) => void): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const refusal =
      error instanceof StripeError
        ? error
        : (badRequest(error) ?? apiError(500, 'The simulator failed to answer this call.'));
    response.status(refusal.status).json(refusal.body());
    if (refusal.status === 500) log(`${request.method} ${request.path} failed: ${describe(error)}`);
  };
}

/** The error for a body that is too large, nested too deeply or in a wrong encoding; null for other errors. */
function badRequest(error: unknown): StripeError | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  const { status } = error;
  if (typeof status !== 'number' || status < 400 || status >= 500) return null;
  return new StripeError(status, { type: 'invalid_request_error', message: error.message });
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function readParameters(request: Request): RawParameters {
  if (request.method === 'GET') return request.query;
  const body: unknown = request.body;
  if (typeof body === 'object' && body !== null) return body as RawParameters;
  if (Number(request.get('content-length') ?? 0) === 0) return {};
  throw invalidRequest(
    'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have ' +
      'questions, we can help at https://support.stripe.com/.',
  );
}

function apiVersion(request: Request): string {
  const version = request.get('stripe-version') ?? '';
  return /^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$/.test(version) ? version : API_VERSION;
}

function apiError(status: number, message: string): StripeError {
  return new StripeError(status, { type: 'api_error', message });
}

function serverError(): Answer {
  const error = apiError(500, 'An unknown error occurred');
  return { status: error.status, body: error.body() };
}

function rateLimited(): StripeError {
  return new StripeError(429, {
    type: 'invalid_request_error',
    code: 'rate_limit',
    message:
      'Request rate limit exceeded. Learn more about rate limits at https://stripe.com/docs/rate-limits.',
  });
}
