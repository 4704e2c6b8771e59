import type { VerifyToken } from '@souk/shared/auth/access-token';
import { bearerToken, InvalidToken } from '@souk/shared/auth/access-token';
import type { Identity } from '@souk/shared/auth/identity';
import { holds } from '@souk/shared/auth/identity';
import type { QueueDashboard } from '@souk/shared/queue/queue-dashboard';
import type { Request, RequestHandler, Response, Router } from 'express';
import express from 'express';
import type { GraphQLError } from 'graphql';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { sendError } from './errors.js';
import { boardPolicy, queuesPath, signInPage, signInPolicy } from './queue-dashboard-page.js';
import { headerOf, scopeOf } from '../types/request.js';
import { sendRateLimited } from './request-admission.js';
import { isForeignPage, noOrigins } from './allowed-origins.js';

/** Dependencies of the queue dashboard. */
export interface QueueDashboardOptions {
  board: QueueDashboard;
  verifyToken: VerifyToken;
  /** Resolves to the error that refuses a sign-in from an address, or null. */
  admitSignIn: ((address: string) => Promise<GraphQLError | null>) | null;
  /** Whether the cookie travels over TLS only; browsers make an exception for localhost. */
  production: boolean;
}

/** Holds an access token: where browsers keep it, scripts cannot read it, and no other path or site has it sent. */
const cookieName = 'souk_queues';
const scope = 'system:manage';
const session = z.object({ accessToken: z.string().max(8_000) });

type Found = Identity | InvalidToken | 'anonymous' | 'unknown';

/**
 * The queues, for those who hold system:manage: programs show an access token as everywhere, browsers sign in here.
 * To be mounted at `queuesPath`.
 */
export function queueDashboard({
  board,
  verifyToken,
  admitSignIn,
  production,
}: QueueDashboardOptions): Router {
  const cookie = { path: queuesPath, httpOnly: true, sameSite: 'strict', secure: production } as const;

  const find = async (read: () => string | null): Promise<Found> => {
    try {
      const token = read();
      return token === null ? 'anonymous' : await verifyToken(token);
    } catch (error) {
      return error instanceof InvalidToken ? error : 'unknown';
    }
  };

  /** Whether the caller may see the queues; else the response is sent. */
  const admits = (found: Found, request: Request, response: Response): found is Identity => {
    if (found === 'unknown') {
      sendError(response, 503, 'SERVICE_UNAVAILABLE', 'Access tokens cannot be verified at the moment.');
    } else if (found === 'anonymous' || found instanceof InvalidToken) {
      if (found instanceof InvalidToken) response.clearCookie(cookieName, cookie);
      if (wantsPage(request)) sendSignIn(response);
      else {
        response.setHeader('www-authenticate', 'Bearer');
        const reason = found === 'anonymous' ? 'MISSING' : found.reason;
        sendError(response, 401, 'UNAUTHENTICATED', 'Sign in as an administrator to see the queues.', {
          reason,
        });
      }
    } else if (!holds(found, scope)) {
      scopeOf(response).log.warn({ userId: found.userId }, 'queue dashboard refused: the scope is missing');
      sendError(response, 403, 'FORBIDDEN', `The queue dashboard requires the scope ${scope}.`);
    } else return true;
    return false;
  };

  const begin: RequestHandler = async (request, response) => {
    const read = session.safeParse(request.body);
    if (!read.success) {
      sendError(response, 400, 'BAD_REQUEST', 'The body must be JSON: { "accessToken": "..." }.');
      return;
    }
    const refused = await admitSignIn?.(scopeOf(response).address);
    if (refused) {
      sendRateLimited(refused, response);
      return;
    }
    const found = await find(() => read.data.accessToken);
    if (!admits(found, request, response)) return;
    const maxAge = found.expiresAt.getTime() - Date.now();
    // A token that was verified has no letter that a cookie may not have.
    response.cookie(cookieName, read.data.accessToken, { ...cookie, maxAge, encode: (token) => token });
    response.status(204).end();
  };

  const router = express.Router();
  router.use((_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    response.setHeader('content-security-policy', boardPolicy);
    next();
  });
  router
    .route('/session')
    .all((request, response, next) => {
      // Cookies of our own are not enough: neither may a page of others begin a session here, nor end one.
      if (isForeignPage(noOrigins, request))
        sendError(response, 403, 'FORBIDDEN', 'Requests from pages of other origins are not allowed.');
      else next();
    })
    .post(express.json({ limit: '16kb' }), begin)
    .delete((_request, response) => {
      response.clearCookie(cookieName, cookie).status(204).end();
    });
  router.use(async (request, response, next) => {
    const found = await find(() => bearerToken(headerOf(request, 'authorization')) ?? cookieOf(request));
    if (!admits(found, request, response)) return;
    if (request.method === 'GET' || request.method === 'HEAD') {
      next();
      return;
    }
    response.setHeader('allow', 'GET, HEAD');
    sendError(response, 405, 'BAD_REQUEST', 'The queue dashboard is read-only.');
  });
  router.use(board.handler);
  return router;
}

function wantsPage(request: Request): boolean {
  return request.method === 'GET' && request.accepts(['json', 'html']) === 'html';
}

function sendSignIn(response: Response): void {
  const nonce = randomBytes(16).toString('base64');
  response.setHeader('content-security-policy', signInPolicy(nonce));
  response.status(401).type('html').send(signInPage(nonce));
}

function cookieOf(request: Request): string | null {
  const found = new RegExp(`(?:^|;\\s*)${cookieName}=([^;]+)`).exec(headerOf(request, 'cookie') ?? '');
  return found?.[1] ?? null;
}
