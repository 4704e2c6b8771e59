import type { Role } from '@souk/shared/auth/scopes';
import { containsPattern } from '@souk/shared/db/like-pattern';
import { newestPage } from '@souk/shared/graph/newest-page';
import type { Connection, Page } from '@souk/shared/graph/pagination';
import { visibleText } from '@souk/shared/text';
import type { EntityManager } from 'typeorm';
import type { UserStatus } from '../../entities/user.js';
import { UserEntity } from '../../entities/user.js';

/** Restricts a list of users; null and absent fields do not restrict. */
export interface UsersFilter {
  /** Part of a name or of the e-mail address, regardless of case. */
  search?: string | null | undefined;
  role?: Role | null | undefined;
  status?: UserStatus | null | undefined;
}

/** Returns a page of users, newest first. */
export function listUsers(
  manager: EntityManager,
  filter: UsersFilter,
  page: Page<string>,
): Promise<Connection<UserEntity>> {
  const query = manager.createQueryBuilder(UserEntity, 'u');
  const search = visibleText(filter.search);
  // The expression of the index user_account_search.
  if (search !== null)
    query.andWhere('user_search_text(u) LIKE :pattern', { pattern: containsPattern(search) });
  if (filter.role) query.andWhere('u.roles @> ARRAY[:role]::text[]', { role: filter.role });
  if (filter.status) query.andWhere('u.status = :status', { status: filter.status });
  return newestPage(manager, query, page);
}
