import type { EntityManager } from 'typeorm';
import type { Log } from '../log.js';
import type { SubgraphName } from '../message.js';
import type { ReplicaStore, StateSources } from '../replication/state-replica.js';
import { StateReplica } from '../replication/state-replica.js';
import type { KeyRange, StateDefinition, StateItem } from '../state.js';
import type { Database } from './database.js';

/** Stores items in the consumer's tables: inserts and updates, and deletes with `deleteLostKeys`. */
export type StoreItems<Item> = (
  manager: EntityManager,
  items: readonly Item[],
  covers: KeyRange | undefined,
) => Promise<void>;

/** A replica of a state in a subgraph's database. */
export function databaseReplica<State extends StateDefinition>(
  consumer: SubgraphName,
  state: State,
  database: Database,
  { states, log }: { states: StateSources; log: Log },
  storeItems: StoreItems<StateItem<State>>,
): StateReplica<StateItem<State>> {
  const store = databaseStore(database, state, storeItems);
  return new StateReplica({ state: state.name, consumer }, states(state), store, log);
}

/**
 * Stores a copy of a state in a subgraph's database, in one transaction with its cursor. Processes that share the copy
 * store in turn: a page that was read before the copy moved on is not stored, so that an older item never replaces a
 * newer one.
 */
export function databaseStore<State extends StateDefinition>(
  database: Database,
  { name }: State,
  storeItems: StoreItems<StateItem<State>>,
): ReplicaStore<StateItem<State>> {
  return {
    readCursor: async () => {
      const [row]: { cursor: string | null }[] = await database.reader.query(
        'SELECT cursor FROM state_cursor WHERE state = $1',
        [name],
      );
      return row?.cursor ?? null;
    },
    apply: async ({ items, next, more, covers }, since) => {
      // Nothing has changed since this cursor, so that the next listing may begin there too.
      if (items.length === 0 && !covers && !more) return true;
      return database.transact(async (manager) => {
        if ((await lockCursor(manager, name)) !== since) return false;
        await storeItems(manager, items, covers);
        await manager.query(
          'UPDATE state_cursor SET cursor = $2, updated_at = clock_timestamp() WHERE state = $1',
          [name, next],
        );
        return true;
      });
    },
  };
}

async function lockCursor(manager: EntityManager, state: string): Promise<string | null> {
  const [row]: { cursor: string | null }[] = await manager.query(
    `INSERT INTO state_cursor AS c (state, updated_at) VALUES ($1, clock_timestamp())
     ON CONFLICT (state) DO UPDATE SET updated_at = c.updated_at
     RETURNING c.cursor`,
    [state],
  );
  return row?.cursor ?? null;
}

/**
 * Deletes the rows of a copy that a page covers and does not list: their owner lost them, by a restored backup. Returns
 * their keys.
 * @param table the copy, with the name of its key, a uuid column
 */
export async function deleteLostKeys(
  manager: EntityManager,
  { table, key }: { table: string; key: string },
  listed: readonly string[],
  covers: KeyRange | undefined,
): Promise<string[]> {
  if (!covers) return [];
  const [rows]: [{ id: string }[], number] = await manager.query(
    `DELETE FROM ${table}
     WHERE ($1::uuid IS NULL OR ${key} > $1) AND ($2::uuid IS NULL OR ${key} <= $2) AND ${key} <> ALL($3::uuid[])
     RETURNING ${key} AS id`,
    [covers.after, covers.until, listed],
  );
  return rows.map(({ id }) => id);
}
