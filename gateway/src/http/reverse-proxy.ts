import type { Log } from '@souk/shared/log';
import type { Request, RequestHandler, Router } from 'express';
import express from 'express';
import { pipeline } from 'node:stream/promises';
import { Agent, request as send } from 'undici';
import { sendError } from './errors.js';
import { notFound } from './web-pages.js';
import { requestIdHeader, scopeOf, withSecret } from '../types/request.js';

/** An endpoint of another process that is served at the gateway's address. */
export interface ProxyRoute {
  /** Requests at and below this path are forwarded to `url` and below it. */
  path: string;
  url: string;
  /** Whether the upstream is a subgraph, which requires the gateway's secret. */
  isSubgraph: boolean;
  /**
   * Whether bodies are passed on while they arrive, whatever their size: the upstream bounds them. Others are read whole
   * first, up to the gateway's limit.
   */
  streamsBody?: boolean;
}

const timeoutMs = 10_000;
/** For files that arrive over a slow connection and are processed after. */
const streamTimeoutMs = 120_000;
const connectionsPerRoute = 16;

// Hop-by-hop headers, and headers that the sender sets itself.
const ownOfConnection = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Forwards requests with their bodies byte for byte: signatures cover the bytes. */
export function proxyRouter(
  forwards: readonly ProxyRoute[],
  { gatewaySecret, maxBodyBytes }: { gatewaySecret: string | null; maxBodyBytes: number },
): { router: Router; close: () => Promise<void> } {
  const router = express.Router();
  const rawBody = express.raw({ type: () => true, limit: maxBodyBytes, inflate: false });
  const agents = forwards.map((forward) => {
    // Connections of its own: slow uploads delay no webhook.
    const agent = new Agent({ connections: connectionsPerRoute, connect: { timeout: 3_000 } });
    const forwardTo = handler(forward, agent, gatewaySecret);
    router.use(forward.path, ...(forward.streamsBody ? [forwardTo] : [rawBody, forwardTo]));
    return agent;
  });
  return {
    router,
    close: async () => {
      await Promise.all(agents.map((agent) => agent.destroy()));
    },
  };
}

function handler(
  { url, isSubgraph, streamsBody = false }: ProxyRoute,
  dispatcher: Agent,
  gatewaySecret: string | null,
): RequestHandler {
  return async (request, response, next) => {
    const { requestId, address, log } = scopeOf(response);
    const target = targetOf(url, request.url);
    if (!target) {
      notFound(request, response, next);
      return;
    }
    const headers = {
      ...passedOn(request.headers),
      [requestIdHeader]: requestId,
      'x-forwarded-for': address,
      ...(streamsBody && lengthOf(request)),
    };
    const signal = AbortSignal.timeout(streamsBody ? streamTimeoutMs : timeoutMs);
    try {
      const answer = await send(target, {
        dispatcher,
        method: request.method as 'GET',
        headers: isSubgraph ? withSecret(headers, gatewaySecret) : headers,
        body: bodyOf(request, streamsBody),
        signal,
      });
      response.status(answer.statusCode);
      for (const [name, value] of Object.entries(passedOn(answer.headers))) response.setHeader(name, value);
      await pipeline(answer.body, response);
    } catch (error) {
      answerAway(log, error, signal.aborted, response);
    }
  };
}

function bodyOf(request: Request, isStream: boolean): Request | Buffer | null {
  if (isStream) return request.method === 'GET' || request.method === 'HEAD' ? null : request;
  const body: unknown = request.body;
  return Buffer.isBuffer(body) && body.length > 0 ? body : null;
}

/** The stated length of a body that is passed on as it arrives, so that the upstream can refuse it at once. */
function lengthOf({ headers }: Request): Record<string, string> {
  const length = headers['content-length'];
  return length === undefined ? {} : { 'content-length': length };
}

function answerAway(
  log: Log,
  error: unknown,
  isLate: boolean,
  response: Parameters<RequestHandler>[1],
): void {
  log.warn({ err: error }, 'forwarded request failed');
  if (response.headersSent) response.destroy();
  else if (isLate) sendError(response, 504, 'TIMEOUT', 'The upstream did not respond in time.');
  else sendError(response, 503, 'SERVICE_UNAVAILABLE', 'The upstream is unavailable. Try again.');
}

/**
 * Resolves `below`, the path that Express leaves under the mount ("/" if nothing is left). Null if dots, plain or
 * encoded, lead out of the route: the gateway's secret opens all other endpoints of a subgraph.
 */
function targetOf(url: string, below: string): URL | null {
  const route = new URL(url);
  const target = new URL(
    below === '/' || below.startsWith('/?') ? `${url}${below.slice(1)}` : `${url}${below}`,
  );
  const isWithin = target.pathname === route.pathname || target.pathname.startsWith(`${route.pathname}/`);
  return isWithin && target.origin === route.origin ? target : null;
}

function passedOn(headers: Record<string, string | string[] | undefined>): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || ownOfConnection.has(name) || name.startsWith('x-souk-') ? [] : [[name, value]],
    ),
  );
}
