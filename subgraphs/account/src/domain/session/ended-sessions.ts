import type { EndedSession } from '@souk/shared/auth/ended-sessions';
import { endedSessionsWindowMs } from '@souk/shared/auth/ended-sessions';
import { isUuid } from '@souk/shared/ids';
import type { StatePage } from '@souk/shared/state';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

const pageSize = 10_000;
// A change gets its time before its commit, so every answer repeats the last minute.
const overlapMs = 60_000;

/** A position in the list of changes: a time (ISO, microseconds) and a UUID. */
interface Cursor {
  at: string;
  id: string;
}

const lowestId = '00000000-0000-0000-0000-000000000000';

/**
 * Lists the sessions that ended and the users whose status changed since the `next` of an earlier answer. Null or an
 * invalid cursor: since the oldest access token that can still be valid. At most 10,000 changes; `more` if there are
 * others.
 */
export async function listEndedSessions(
  manager: EntityManager,
  since: string | null,
  now: Date,
): Promise<StatePage<EndedSession>> {
  const { at, id } = laterCursor(decodeCursor(since), cursorBefore(now, endedSessionsWindowMs));
  // The planner needs IS NOT NULL to use the partial indexes; the row comparison does not imply it.
  const changes: (Cursor & Pick<EndedSession, 'kind' | 'isEnded'>)[] = await manager.query(
    `SELECT id, kind, is_ended AS "isEnded", to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at FROM (
       (SELECT id, 'session' AS kind, true AS is_ended, ended_at AS at FROM session
        WHERE ended_at IS NOT NULL AND (ended_at, id) > ($1::timestamptz, $2::uuid)
        ORDER BY ended_at, id LIMIT $3)
       UNION ALL
       (SELECT id, 'user', status <> 'ACTIVE', status_changed_at FROM user_account
        WHERE status_changed_at IS NOT NULL AND (status_changed_at, id) > ($1::timestamptz, $2::uuid)
        ORDER BY status_changed_at, id LIMIT $3)
     ) AS change ORDER BY change.at, change.id LIMIT $3`,
    [at, id, pageSize],
  );
  const last = changes.at(-1);
  const more = last !== undefined && changes.length === pageSize;
  return {
    items: changes.map(({ kind, id: changed, isEnded }) => ({ kind, id: changed, isEnded })),
    next: encodeCursor(more ? last : cursorBefore(now, overlapMs)),
    more,
  };
}

function cursorBefore(now: Date, milliseconds: number): Cursor {
  return { at: new Date(now.getTime() - milliseconds).toISOString(), id: lowestId };
}

function encodeCursor({ at, id }: Cursor): string {
  return `${at}_${id}`;
}

function decodeCursor(encoded: string | null): Cursor | null {
  const [at = '', id = ''] = encoded?.split('_') ?? [];
  return z.iso.datetime().safeParse(at).success && isUuid(id) ? { at, id } : null;
}

function laterCursor(cursor: Cursor | null, limit: Cursor): Cursor {
  return cursor && Date.parse(cursor.at) > Date.parse(limit.at) ? cursor : limit;
}
