import type { VerifyToken } from '@souk/shared/auth/access-token';
import { bearerToken, InvalidToken } from '@souk/shared/auth/access-token';
import type { Identity } from '@souk/shared/auth/identity';
import type { Log } from '@souk/shared/log';
import { traceHeader } from '@souk/shared/tracing';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Cancellation } from '@souk/shared/cancellation';
import { headerOf, forwardedHeaderNames } from '../types/request.js';
import type { RateLimit } from '../limits/rate-limit.js';
import type { OpenStream, ConnectionRegistry } from './connection-registry.js';
import { closeSoon } from './websocket-writing.js';

/** One connection. */
export interface Connection {
  socket: WebSocket;
  /** Those headers of its request that its operations are run with. */
  request: Pick<IncomingMessage, 'headers'>;
  address: string;
  identity: Identity | null;
  /** The Authorization value that subgraphs receive: the client's, or one of account in its place. */
  authorization: string | null;
  /** Ends what runs for it. */
  cancellation: Cancellation;
  /** Among the open ones. */
  registration: OpenStream;
  /** Whether it has sent anything since the last ping. */
  isAlive: boolean;
  /** Its operations under way, as graphql-ws keeps them; null before the connection is acknowledged. */
  operations: Readonly<Record<string, unknown>> | null;
  /** When it last had an operation, by `performance.now()`. */
  usedAt: number;
}

/** For the rest of a connection's life; the reasons are for people. */
export const closing = { forbidden: 4403, away: 1001, later: 1013 } as const;

/** Dependencies of authentication. */
export interface Authentication {
  /** Null ignores tokens. */
  verifyToken: VerifyToken | null;
  /** Null counts nothing. */
  rateLimit: RateLimit | null;
  streams: ConnectionRegistry;
  log: Log;
}

/**
 * Authenticates a client by connection_init, or by the HTTP header of a client that is not a browser. Closes the
 * connection of one that is refused.
 */
export async function authenticate(
  { verifyToken, rateLimit, streams, log }: Authentication,
  params: Readonly<Record<string, unknown>> | undefined,
  connection: Connection,
): Promise<boolean> {
  const { socket, request } = connection;
  const given = params?.['authorization'] ?? params?.['Authorization'] ?? headerOf(request, 'authorization');
  const anonymous = rateLimit?.charge(null, connection.address, null);
  if (anonymous?.refusal() ?? rateLimit?.refusalOf(connection.address)) return closeLimited(connection);
  if (given === undefined) return (await anonymous?.settle()) ? closeLimited(connection) : true;
  if (typeof given !== 'string')
    return closeForbidden(connection, new InvalidToken('authorization must be a string.'));
  if (!verifyToken) {
    // Only the subgraphs can verify the token.
    connection.authorization = given;
    return true;
  }
  try {
    const token = bearerToken(given);
    if (token === null) return true;
    const identity = await verifyToken(token);
    if (await rateLimit?.charge(identity, connection.address, null)?.settle())
      return closeLimited(connection);
    connection.identity = identity;
    connection.authorization =
      identity.exchangedToken === undefined ? given : `Bearer ${identity.exchangedToken}`;
    connection.registration.remove();
    connection.registration = streams.add(
      'websocket',
      { identity, address: connection.address },
      ({ extensions, message }) => {
        if (extensions['code'] === 'UNAUTHENTICATED')
          closeSoon(socket, closing.forbidden, `${String(extensions['reason'])}: ${message}`);
        else closeSoon(socket, closing.away, message);
      },
    );
    // The client has disconnected meanwhile.
    if (connection.cancellation.reason) connection.registration.remove();
    return true;
  } catch (error) {
    if (error instanceof InvalidToken) {
      // A forged token costs an anonymous point.
      await anonymous?.settle();
      return closeForbidden(connection, error);
    }
    log.error({ err: error }, 'token verification failed');
    socket.close(closing.later, 'Access tokens cannot be verified at the moment.');
    return true;
  }
}

/** Closes the connection of an invalid token. The close reason begins with `extensions.reason` of UNAUTHENTICATED. */
function closeForbidden({ socket }: Connection, { reason, message }: InvalidToken): true {
  socket.close(closing.forbidden, `${reason}: ${message}`);
  return true;
}

/** Closes a connection over a rate limit. @returns true: graphql-ws closes those that are refused without a reason */
function closeLimited({ socket }: Connection): true {
  socket.close(closing.later, 'Too many requests.');
  return true;
}

/** Whether a connection has had no operation for so long. */
export function isIdle(connection: Connection, idleMs: number): boolean {
  const now = performance.now();
  if (connection.operations && Object.keys(connection.operations).length > 0) connection.usedAt = now;
  return now - connection.usedAt > idleMs;
}

/** Of a request that has become a WebSocket, which outlives it. */
export function forwardedRequestHeaders({ headers }: IncomingMessage): IncomingMessage['headers'] {
  return Object.fromEntries(
    [...forwardedHeaderNames, traceHeader].flatMap((name) =>
      headers[name] === undefined ? [] : [[name, headers[name]]],
    ),
  );
}
