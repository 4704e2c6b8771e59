import { sqlStateOf } from '@souk/shared/postgres';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';

/** Inserts a row unless a unique column conflicts. Returns whether it was inserted. */
export async function insertUnlessTaken<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: new () => Row,
  row: QueryDeepPartialEntity<Row>,
): Promise<boolean> {
  const result = await manager
    .createQueryBuilder()
    .insert()
    .into(entity)
    .values(row)
    .orIgnore()
    .returning('id')
    .execute();
  return (result.raw as unknown[]).length > 0;
}

const uniqueViolation = '23505';

/**
 * Runs an update within a transaction unless a unique column conflicts, also with a transaction that commits meanwhile.
 * Returns whether it was done.
 */
export async function updateUnlessTaken(
  manager: EntityManager,
  update: (savepoint: EntityManager) => Promise<unknown>,
): Promise<boolean> {
  try {
    await manager.transaction(update);
    return true;
  } catch (error) {
    if (sqlStateOf(error) === uniqueViolation) return false;
    throw error;
  }
}
