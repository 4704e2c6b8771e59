import type { EntityManager } from 'typeorm';

/** The identity of a message: a participant recognizes repeats by it. */
export interface InboxKey {
  sagaId: string;
  step: string;
  direction: 'do' | 'undo' | 'event';
}

/** A message's row. */
export interface InboxRow extends InboxKey {
  outcome: object;
}

/** A key as one string, for maps. */
export function inboxKeyText({ sagaId, step, direction }: InboxKey): string {
  return `${sagaId}/${direction}/${step}`;
}

/**
 * Claims a message without an outcome, such as an event, for this transaction; false if it was claimed before. Waits for
 * a concurrent transaction that claims the same message.
 */
export async function claimInbox(manager: EntityManager, key: InboxKey): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    'INSERT INTO inbox (saga_id, step, direction) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
    [key.sagaId, key.step, key.direction],
  );
  return rows.length > 0;
}

/** Replaces the stored outcome of a message. The caller holds the lock of its row. */
export async function replaceOutcome(
  manager: EntityManager,
  { sagaId, step, direction, outcome }: InboxRow,
): Promise<void> {
  await manager.query('UPDATE inbox SET outcome = $4 WHERE saga_id = $1 AND step = $2 AND direction = $3', [
    sagaId,
    step,
    direction,
    JSON.stringify(outcome),
  ]);
}

/** The outcomes that are stored, by `inboxKeyText`; not locked. */
export async function findOutcomes<Outcome>(
  manager: EntityManager,
  keys: readonly InboxKey[],
): Promise<Map<string, Outcome>> {
  const rows: { saga_id: string; step: string; direction: InboxKey['direction']; outcome: Outcome }[] =
    await manager.query(
      `SELECT i.saga_id, i.step, i.direction, i.outcome
       FROM unnest($1::uuid[], $2::text[], $3::text[]) AS k (saga_id, step, direction)
       JOIN inbox i ON i.saga_id = k.saga_id AND i.step = k.step AND i.direction = k.direction
       WHERE i.outcome IS NOT NULL`,
      keyColumns(keys),
    );
  return outcomesOf(rows) as Map<string, Outcome>;
}

/**
 * Claims messages for this transaction, or finds what is stored of them, by `inboxKeyText`: null where nothing is, and
 * this is the first sight of it or an earlier try left no outcome. They are locked until the transaction ends; one that
 * another transaction is at waits for that one's end.
 */
export async function claimOutcomes<Outcome>(
  manager: EntityManager,
  keys: readonly InboxKey[],
): Promise<Map<string, Outcome | null>> {
  return outcomesOf(
    await manager.query(
      `INSERT INTO inbox AS i (saga_id, step, direction)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])
       ON CONFLICT (saga_id, step, direction) DO UPDATE SET step = excluded.step
       RETURNING i.saga_id, i.step, i.direction, i.outcome`,
      keyColumns(inKeyOrder(keys)),
    ),
  );
}

/**
 * Reads the stored outcomes of messages, by `inboxKeyText`, and locks their rows until the transaction ends. Messages
 * without a row are absent.
 */
export async function lockOutcomes<Outcome>(
  manager: EntityManager,
  keys: readonly InboxKey[],
): Promise<Map<string, Outcome | null>> {
  return outcomesOf(
    await manager.query(
      `SELECT i.saga_id, i.step, i.direction, i.outcome
       FROM unnest($1::uuid[], $2::text[], $3::text[]) WITH ORDINALITY AS k (saga_id, step, direction, n)
       JOIN inbox i ON i.saga_id = k.saga_id AND i.step = k.step AND i.direction = k.direction
       ORDER BY k.n FOR UPDATE OF i`,
      keyColumns(inKeyOrder(keys)),
    ),
  );
}

function outcomesOf<Outcome>(
  rows: readonly (Pick<InboxKey, 'step' | 'direction'> & { saga_id: string; outcome: Outcome | null })[],
): Map<string, Outcome | null> {
  return new Map(
    rows.map(({ saga_id: sagaId, step, direction, outcome }) => [
      inboxKeyText({ sagaId, step, direction }),
      outcome,
    ]),
  );
}

/**
 * Stores the outcomes of messages that were not claimed. Returns how many were: fewer than given where another
 * transaction has stored one meanwhile, and then this one must not commit.
 */
export async function storeOutcomes(manager: EntityManager, rows: readonly InboxRow[]): Promise<number> {
  const sorted = inKeyOrder(rows);
  const [{ stored } = { stored: 0 }]: { stored: number }[] = await manager.query(
    `WITH stored AS (
       INSERT INTO inbox AS i (saga_id, step, direction, outcome)
       SELECT * FROM ROWS FROM (unnest($1::uuid[], $2::text[], $3::text[]), json_array_elements($4::json))
       ON CONFLICT (saga_id, step, direction) DO UPDATE SET outcome = excluded.outcome WHERE i.outcome IS NULL
       RETURNING 1
     )
     SELECT count(*)::int AS stored FROM stored`,
    // One document for all: an array of documents would be quoted text, letter by letter.
    [...keyColumns(sorted), JSON.stringify(sorted.map(({ outcome }) => outcome))],
  );
  return stored;
}

/** The columns of keys, for `unnest`. */
export function keyColumns(keys: readonly InboxKey[]): [string[], string[], string[]] {
  return [keys.map((key) => key.sagaId), keys.map((key) => key.step), keys.map((key) => key.direction)];
}

/** Rows in the order in which all transactions write them, so that none waits in a ring. */
export function inKeyOrder<Key extends InboxKey>(rows: readonly Key[]): Key[] {
  return rows
    .map((row) => ({ row, text: inboxKeyText(row) }))
    .sort((a, b) => (a.text < b.text ? -1 : 1))
    .map(({ row }) => row);
}
