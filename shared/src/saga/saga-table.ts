import type { EntityManager } from 'typeorm';
import { publishChange } from '../db/pending-changes.js';
import type { Json } from '../errors.js';
import type { Cause } from '../event.js';
import type { Topic } from '../topic.js';
import type { DefinitionKey } from './definition-key.js';
import type { SagaRecord, SagaStore } from './record.js';

/** The parts in which the `saga` tables of the subgraphs differ. */
export interface SagaTable {
  /** Columns of type uuid that the table has beside those of every saga, for queries by subject. */
  subjectColumns: readonly string[];
  /** The values of these columns, by name. @throws for an input without them */
  subjectOf: (input: Json) => Readonly<Record<string, string | null>>;
  /** The topic of changes of a saga. */
  topicOf: (saga: Pick<SagaRecord, 'id' | 'definition' | 'input'>) => Topic;
}

/**
 * The store of sagas in the table `saga` of a subgraph's database. It reads and changes ONLY this table: children of it
 * have ended sagas.
 */
export function sagaTable({ subjectColumns, subjectOf, topicOf }: SagaTable): SagaStore {
  const insertSql = insertStatement(subjectColumns);
  return {
    async insert(manager, records) {
      const subjects = records.map(({ input }) => subjectOf(input));
      await manager.query(insertSql, [
        records.map(({ id }) => id),
        records.map(({ transactionId }) => transactionId),
        records.map(({ definition }) => definition),
        records.map(({ definitionVersion }) => definitionVersion),
        JSON.stringify(records.map(({ input }) => input)),
        JSON.stringify(records.map(({ state }) => state)),
        records.map(({ state }) => state.status),
        records.map(({ version }) => version),
        records.map((record) => record.wakeAt),
        records.map(({ cause }) => cause.traceparent),
        records.map(({ cause }) => cause.actorId),
        records.map(({ cause }) => cause.requestId),
        ...subjectColumns.map((column) => subjects.map((subject) => subject[column] ?? null)),
      ]);
    },

    async lock(manager, ids) {
      const rows: (Omit<SagaRecord, 'cause'> & Omit<Cause, 'clientAddress'>)[] = await manager.query(
        `SELECT id, transaction_id AS "transactionId", definition, definition_version AS "definitionVersion", input, state,
           version, wake_at AS "wakeAt", traceparent, actor_id AS "actorId", request_id AS "requestId"
         FROM ONLY saga WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE`,
        [ids],
      );
      return rows.map(({ actorId, requestId, traceparent, ...record }) => ({
        ...record,
        cause: { actorId, requestId, clientAddress: null, traceparent },
      }));
    },

    async save(manager, records) {
      publishChange(manager, records.map(topicOf));
      const [, saved]: [unknown, number] = await manager.query(
        `UPDATE ONLY saga s SET state = r.state, status = r.status, wake_at = r.wake_at, expires_at = r.expires_at,
           version = s.version + 1,
           completed_at = CASE WHEN r.status IN ('COMPLETED', 'FAILED') THEN clock_timestamp() END
         FROM ROWS FROM (
           unnest($1::uuid[], $2::int[]),
           json_array_elements($3::json),
           unnest($4::text[], $5::timestamptz[], $6::timestamptz[])
         ) AS r (id, version, state, status, wake_at, expires_at)
         WHERE s.id = r.id AND s.version = r.version`,
        [
          records.map(({ id }) => id),
          records.map(({ version }) => version),
          // One JSON document for all: elements of a text array would be escaped character by character.
          JSON.stringify(records.map(({ state }) => state)),
          records.map(({ state }) => state.status),
          records.map((record) => record.wakeAt),
          records.map(({ state }) => state.expiresAt),
        ],
      );
      return saved;
    },

    async due(manager, known, { now, limit }) {
      const rows: { id: string }[] = await manager.query(
        `SELECT id FROM ONLY saga
         WHERE wake_at <= $1
           AND (definition, definition_version) IN (SELECT * FROM unnest($3::text[], $4::int[]))
         ORDER BY wake_at LIMIT $2`,
        [now, limit, ...keyColumns(known)],
      );
      return rows.map((row) => row.id);
    },

    async postpone(manager, ids, until) {
      await manager.query('UPDATE ONLY saga SET wake_at = $2 WHERE id = ANY($1) AND wake_at IS NOT NULL', [
        ids,
        until,
      ]);
    },

    async countOthers(manager, known) {
      return manager.query(
        `SELECT definition AS name, definition_version AS version, count(*)::int AS sagas FROM ONLY saga
         WHERE (wake_at IS NOT NULL OR status = 'NEEDS_ATTENTION')
           AND (definition, definition_version) NOT IN (SELECT * FROM unnest($1::text[], $2::int[]))
         GROUP BY 1, 2 ORDER BY 1, 2`,
        keyColumns(known),
      );
    },
  };
}

/** SQL of `countWorkingSagas`, exported for the query plan test. Names let PostgreSQL use the index on the status. */
export const workingSagasSql = `
  SELECT count(*)::int AS working FROM (
    SELECT 1 FROM ONLY saga
    WHERE definition = ANY($1) AND status = ANY('{RUNNING,COMPENSATING}') LIMIT $2) AS s`;

/** Counts running sagas of these definitions up to `limit`; sagas that wait for somebody do not count. */
export async function countWorkingSagas(
  manager: EntityManager,
  definitions: readonly string[],
  limit: number,
): Promise<number> {
  const rows: { working: number }[] = await manager.query(workingSagasSql, [definitions, limit]);
  return rows[0]?.working ?? 0;
}

/** Counts open sagas up to `limit`. */
export async function countOpenSagas(manager: EntityManager, limit: number): Promise<number> {
  // The partial index on wake_at contains exactly the open sagas.
  const rows: { open: number }[] = await manager.query(
    'SELECT count(*)::int AS open FROM (SELECT 1 FROM ONLY saga WHERE wake_at IS NOT NULL LIMIT $1) AS s',
    [limit],
  );
  return rows[0]?.open ?? 0;
}

/** Counts sagas of these definitions that need attention. */
export async function countStuckSagas(
  manager: EntityManager,
  definitions: readonly string[],
): Promise<number> {
  const rows: { stuck: number }[] = await manager.query(
    `SELECT count(*)::int AS stuck FROM ONLY saga WHERE definition = ANY($1) AND status = 'NEEDS_ATTENTION'`,
    [definitions],
  );
  return rows[0]?.stuck ?? 0;
}

/** The INSERT with the subject's columns as its last parameters. */
function insertStatement(subjectColumns: readonly string[]): string {
  const columns = [
    'id, transaction_id, definition, definition_version, input, state, status, version, wake_at, traceparent, actor_id, request_id',
    ...subjectColumns,
  ].join(', ');
  const subjects = subjectColumns.map((_column, index) => `$${index + 13}::uuid[]`);
  return `
    INSERT INTO saga (${columns}, started_at)
    SELECT ${columns}, clock_timestamp()
    FROM ROWS FROM (
      unnest($1::uuid[], $2::text[], $3::text[], $4::int[]),
      json_array_elements($5::json),
      json_array_elements($6::json),
      unnest(${['$7::text[], $8::int[], $9::timestamptz[], $10::text[], $11::uuid[], $12::text[]', ...subjects].join(', ')})
    ) AS n (${columns})`;
}

function keyColumns(definitions: readonly DefinitionKey[]): [string[], number[]] {
  return [definitions.map(({ name }) => name), definitions.map(({ version }) => version)];
}
