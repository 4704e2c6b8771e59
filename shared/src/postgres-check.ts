import { messageOf } from './errors.js';
import { connect, databaseUrl, isDatabaseAway, sqlStateOf } from './postgres.js';
import type { StoreProblem } from './store-check.js';
import { checkTimeoutMs, hostOf, unreachable } from './store-check.js';

/** The oldest server that Souk runs on: it needs functions such as uuidv7(). */
const minVersion = 18;
const authenticationFailures = new Set(['28000', '28P01']);

/**
 * Checks that a PostgreSQL database can be used, or can be created on its server.
 * @param variable the variable that names the server, for the text
 */
export async function postgresProblem(variable: string, url: string): Promise<StoreProblem | null> {
  const { protocol, pathname, username } = new URL(url);
  if (!/^postgres(ql)?:$/.test(protocol)) return lasting('must begin with postgres://');
  const database = decodeURIComponent(pathname.slice(1));
  if (database === '') return lasting('has no database name: add one after the port, such as /souk');
  const address = hostOf(url, 5432);
  try {
    return await versionProblem(variable, url);
  } catch (error) {
    const code = sqlStateOf(error);
    if (code === '3D000') return creationProblem(variable, url, database);
    if (code !== null && authenticationFailures.has(code))
      return lasting(`PostgreSQL at ${address} refused the user "${username}" or its password`);
    if (code === '42501')
      return lasting(`the user "${username}" may not connect to the database "${database}" at ${address}`);
    const problem = unreachable('PostgreSQL', address, error);
    if (problem) return problem;
    return { reason: `PostgreSQL at ${address}: ${messageOf(error)}`, isTemporary: isDatabaseAway(error) };
  }
}

async function versionProblem(variable: string, url: string): Promise<StoreProblem | null> {
  const [row] = await queryOnce<{ version: string }>(
    url,
    "SELECT current_setting('server_version') AS version",
  );
  const [version = ''] = row?.version.split(' ') ?? [];
  if (Number.parseInt(version, 10) >= minVersion) return null;
  return lasting(`Souk needs PostgreSQL ${minVersion} or newer; the server at ${variable} is ${version}`);
}

/** The database does not exist: Souk creates it if its user may. */
async function creationProblem(
  variable: string,
  url: string,
  database: string,
): Promise<StoreProblem | null> {
  const missing = `the database "${database}" does not exist at ${hostOf(url, 5432)}`;
  const server = databaseUrl(url, 'postgres');
  try {
    const problem = await versionProblem(variable, server);
    if (problem) return problem;
    const [row] = await queryOnce<{ creates: boolean }>(
      server,
      'SELECT rolcreatedb OR rolsuper AS creates FROM pg_roles WHERE rolname = current_user',
    );
    return row?.creates
      ? null
      : lasting(`${missing}, and the user "${new URL(url).username}" may not create it`);
  } catch (error) {
    return lasting(`${missing}, and cannot be created: ${messageOf(error)}`);
  }
}

async function queryOnce<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = await connect(url, checkTimeoutMs);
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

function lasting(reason: string): StoreProblem {
  return { reason, isTemporary: false };
}
