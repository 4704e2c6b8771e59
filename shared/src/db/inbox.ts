import type { EntityManager } from 'typeorm';

/** What a message is about; with it a participant knows a repeat. */
export interface InboxKey {
  sagaId: string;
  step: string;
  direction: 'do' | 'undo' | 'event';
}

/**
 * Claims a message for this transaction. True: it is the first sight of it, or an earlier try left no outcome.
 * A message that another transaction is at waits for that one's end.
 */
export async function claimInbox(manager: EntityManager, key: InboxKey): Promise<boolean> {
  const rows: unknown[] = await manager.query(
    'INSERT INTO inbox (saga_id, step, direction) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING 1',
    [key.sagaId, key.step, key.direction],
  );
  return rows.length > 0;
}

/** The stored outcome, locked until the transaction ends: undefined without a row, null where none is known yet. */
export async function readInbox<Outcome>(
  manager: EntityManager,
  key: InboxKey,
): Promise<Outcome | null | undefined> {
  const rows: { outcome: Outcome | null }[] = await manager.query(
    'SELECT outcome FROM inbox WHERE saga_id = $1 AND step = $2 AND direction = $3 FOR UPDATE',
    [key.sagaId, key.step, key.direction],
  );
  return rows[0]?.outcome;
}

/** Stores the outcome of a message that was claimed. */
export async function writeInbox(manager: EntityManager, key: InboxKey, outcome: object): Promise<void> {
  await manager.query(
    `INSERT INTO inbox (saga_id, step, direction, outcome) VALUES ($1, $2, $3, $4)
     ON CONFLICT (saga_id, step, direction) DO UPDATE SET outcome = excluded.outcome`,
    [key.sagaId, key.step, key.direction, JSON.stringify(outcome)],
  );
}
