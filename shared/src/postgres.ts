import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { PoolClient } from 'pg';
import { Client } from 'pg';
import { messageOf } from './errors.js';

/**
 * Timeout of a connection in milliseconds, also of the wait for a free one in a pool: a burst of requests waits rather
 * than fails, and a busy machine still starts. A server that is down refuses at once.
 */
export const connectTimeoutMs = 15_000;

/** Creates the database of a URL if it does not exist; safe for concurrent processes. */
export async function ensureDatabase(url: string): Promise<void> {
  try {
    await (await connect(url)).end();
    return;
  } catch (error) {
    if (sqlStateOf(error) !== '3D000') throw error;
  }
  const server = new URL(url);
  const name = decodeURIComponent(server.pathname.slice(1));
  server.pathname = '/postgres';
  const client = await connect(server.toString());
  try {
    await client.query(`CREATE DATABASE "${name.replaceAll('"', '""')}"`);
  } catch (error) {
    // Another process made it meanwhile: 42P04, or 23505 when both were at it at once.
    if (sqlStateOf(error) !== '42P04' && sqlStateOf(error) !== '23505') throw error;
  } finally {
    await client.end();
  }
}

/** Opens a connection outside any pool. The caller ends it; if it breaks, queries on it fail. */
export async function connect(url: string, timeoutMs = connectTimeoutMs): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: timeoutMs });
  // Without a listener an error would end the process.
  client.on('error', ignore);
  await client.connect();
  return client;
}

function ignore(): void {
  // The next query fails with the error.
}

/** Timeout of a cancel request in milliseconds. If it is late, statement_timeout ends the statement. */
const cancelTimeoutMs = 2_000;
/** PostgreSQL's code of a cancel request, in place of a protocol version. */
const cancelRequestCode = 80_877_102;

/** Fields of a pg client that its types do not declare. */
type Backend = PoolClient & { processID: number; secretKey: number };

/**
 * Cancels the running statement of a connection, if any, which fails with SQLSTATE 57014. The request uses a connection
 * of its own, as the protocol requires (CancelRequest), and none of the server's connection slots. Resolves when the
 * server has processed it or could not be reached; never rejects.
 */
export async function cancelStatement(client: PoolClient): Promise<void> {
  const { host, port, processID, secretKey } = client as Backend;
  const request = Buffer.alloc(16);
  request.writeInt32BE(request.length, 0);
  request.writeInt32BE(cancelRequestCode, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  const socket = createConnection(
    host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port },
  );
  socket.setTimeout(cancelTimeoutMs, () => socket.destroy());
  // An error is followed by close as well, and carries no information.
  socket.on('error', ignore).resume().end(request);
  await once(socket, 'close');
}

/** Runs queries: an EntityManager, or a plain connection. */
export interface Queryable {
  query<Rows>(sql: string, parameters?: unknown[]): Promise<Rows>;
}

/** A client as a Queryable; the caller ends it. */
export function queryableOf(client: Client): Queryable {
  return {
    query: async <Rows>(sql: string, parameters: unknown[] = []) =>
      (await client.query(sql, parameters)).rows as Rows,
  };
}

/** The SQLSTATE of an error from PostgreSQL, or null. */
export function sqlStateOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null) return null;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'driverError' in error ? sqlStateOf(error.driverError) : null;
}

/** Whether PostgreSQL ended a statement early: by a cancel request, or by statement_timeout. */
export function isStatementCanceled(error: unknown): boolean {
  return sqlStateOf(error) === '57014';
}

// The server shuts down, starts, or has no disk space or connection left; the connection was refused or lost.
const awayCodes = /^(57P0[123]|08\w{3}|53[13]00|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT)$/;
/** pg's message for a broken connection that has no code. */
const brokenConnection = /^Connection terminated/;

/** Whether an error means that the database is unavailable for now: a retry may succeed. */
export function isDatabaseAway(error: unknown): boolean {
  const code = sqlStateOf(error);
  return code === null ? brokenConnection.test(messageOf(error)) : awayCodes.test(code);
}

/** The URL of a database on a server that is shared. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.toString();
}
