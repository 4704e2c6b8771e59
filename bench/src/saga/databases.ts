import { connect, databaseUrl } from '@souk/shared/postgres';
import type { Client } from 'pg';
import type { Ending, Scenario } from './scenario.js';
import { offerIdOf, unitsAtStart } from './scenario.js';
import type { Participant } from './statements.js';
import { buyFunction, tables } from './statements.js';

/** Where the tables of a run are, and what a variant keeps beside them. */
export interface RunDatabases {
  /** One for each participant, or the same for all. */
  participants: Record<Participant, string>;
  /** For what a variant keeps of its own: a queue, a system database. */
  own: string;
}

const participants: readonly Participant[] = ['catalog', 'payment', 'order', 'account'];
const prefix = 'bench_';

/** Makes the databases of a run anew: one for each participant, or one for all of them. */
export async function makeDatabases(
  serverUrl: string,
  apart: boolean,
  scenario: Scenario,
): Promise<RunDatabases> {
  const server = await connect(databaseUrl(serverUrl, 'postgres'));
  const nameOf = (participant: Participant): string => `${prefix}${apart ? participant : 'shop'}`;
  try {
    await dropDatabases(server);
    for (const name of new Set([...participants.map(nameOf), `${prefix}own`])) {
      await server.query(`CREATE DATABASE ${name}`);
    }
  } finally {
    await server.end();
  }
  const urls = Object.fromEntries(
    participants.map((participant) => [participant, databaseUrl(serverUrl, nameOf(participant))]),
  ) as RunDatabases['participants'];
  for (const participant of participants) {
    await inDatabase(urls[participant], (client) => client.query(tables[participant]));
  }
  await inDatabase(urls.catalog, async (client) => {
    await client.query('INSERT INTO stock SELECT id, $2 FROM unnest($1::uuid[]) AS id', [
      Array.from({ length: scenario.offers }, (_, index) => offerIdOf(index)),
      unitsAtStart,
    ]);
    if (!apart) await client.query(buyFunction);
    await client.query('CHECKPOINT');
  });
  return { participants: urls, own: databaseUrl(serverUrl, `${prefix}own`) };
}

async function dropDatabases(server: Client): Promise<void> {
  const { rows } = await server.query<{ datname: string }>(
    `SELECT datname FROM pg_database WHERE starts_with(datname, '${prefix}')`,
  );
  for (const { datname } of rows) await server.query(`DROP DATABASE ${datname} WITH (FORCE)`);
}

/** Compares the databases with the reported ends of the checkouts. @throws where a unit or a row does not fit */
export async function audit(
  { participants: urls }: RunDatabases,
  scenario: Scenario,
  endings: Readonly<Record<Ending, number>>,
): Promise<void> {
  const count = async (participant: Participant, query: string): Promise<number> =>
    inDatabase(urls[participant], async (client) => {
      const { rows } = await client.query<{ n: string | null }>(query);
      return Number(rows[0]?.n ?? 0);
    });
  const units = 2;
  const expected: [string, Participant, string, number][] = [
    [
      'units on hand',
      'catalog',
      'SELECT sum(on_hand) AS n FROM stock',
      scenario.offers * unitsAtStart - units * endings.completed,
    ],
    [
      'units sold',
      'catalog',
      "SELECT sum(quantity) AS n FROM reservation WHERE status = 'SOLD'",
      units * endings.completed,
    ],
    ['units held', 'catalog', "SELECT count(*) AS n FROM reservation WHERE status = 'HELD'", 0],
    [
      'reservations released',
      'catalog',
      "SELECT count(*) AS n FROM reservation WHERE status = 'RELEASED'",
      endings.failed,
    ],
    ['charges', 'payment', "SELECT count(*) AS n FROM charge WHERE status = 'CHARGED'", endings.completed],
    ['declines', 'payment', "SELECT count(*) AS n FROM charge WHERE status = 'DECLINED'", endings.failed],
    ['tokens', 'order', 'SELECT count(*) AS n FROM issued_token', units * endings.completed],
    ['purchases counted', 'account', 'SELECT sum(orders) AS n FROM buyer_statistics', endings.completed],
  ];
  const problems: string[] = [];
  for (const [what, participant, query, wanted] of expected) {
    const found = await count(participant, query);
    if (found !== wanted) problems.push(`${what}: ${found}, not ${wanted}`);
  }
  if (problems.length > 0) throw new Error(`The books do not balance. ${problems.join('; ')}.`);
}

async function inDatabase<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
