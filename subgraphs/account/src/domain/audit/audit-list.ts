import { newestPage } from '@souk/shared/graph/newest-page';
import type { Connection, Page } from '@souk/shared/graph/pagination';
import { firstIdAt } from '@souk/shared/ids';
import type { EntityManager } from 'typeorm';
import { AuditEntryEntity } from '../../entities/audit-entry.js';

/** Restricts a list of entries; null and absent fields do not restrict. */
export interface AuditListFilter {
  /** UUID. */
  actorId?: string | null;
  action?: string | null;
  targetType?: string | null;
  /** UUID, or the key of a target without one. */
  targetId?: string | null;
  /** Entries at or after it. */
  from?: Date | null;
  /** Entries before it. */
  to?: Date | null;
}

/** Returns a page of entries, newest first. */
export function listEntries(
  manager: EntityManager,
  filter: AuditListFilter,
  page: Page<string>,
): Promise<Connection<AuditEntryEntity>> {
  const query = manager.createQueryBuilder(AuditEntryEntity, 'e');
  const { actorId, action, targetType, targetId, from, to } = filter;
  if (actorId) query.andWhere('e.actorId = :actorId', { actorId });
  if (action) query.andWhere('e.action = :action', { action });
  if (targetType) query.andWhere('e.targetType = :targetType', { targetType });
  if (targetId) query.andWhere('e.targetId = :targetId', { targetId });
  // Ids begin with the time.
  if (from) query.andWhere('e.id >= :from', { from: firstIdAt(from) });
  if (to) query.andWhere('e.id < :to', { to: firstIdAt(to) });
  return newestPage(manager, query, page);
}

/** The values of an entry that may be erased. */
export interface AuditDetail {
  seq: string;
  change: { before: unknown; after: unknown } | null;
  clientAddress: string | null;
}

/** Reads the values of entries by their places in the chain. */
export function readDetails(manager: EntityManager, seqs: readonly string[]): Promise<AuditDetail[]> {
  return manager.query(
    'SELECT seq, change, client_address AS "clientAddress" FROM audit_detail WHERE seq = ANY($1)',
    [seqs],
  );
}
