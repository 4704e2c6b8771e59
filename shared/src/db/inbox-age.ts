import type { EntityManager } from 'typeorm';
import { madeAt } from '../ids.js';

// Outcomes in the inbox make repeats harmless. They end when no repeat is acted on any more: commands of sagas that began
// longer ago are refused, and some days after that the outcomes are removed.

const dayMs = 86_400_000;
/** A saga waits for a few days at most; later its messages come only where a person sends them again. */
const maxCommandAgeDays = 90;
/** The margin is more than the clocks of any two processes differ by. */
const outcomeDays = maxCommandAgeDays + 10;
const batch = 1_000;

/** Whether a saga, by its id, began so long ago that its steps are not done any more; undoing them never ends. */
export function isTooOld(sagaId: string, now: Date): boolean {
  const began = madeAt(sagaId);
  return began !== null && now.getTime() - began.getTime() > maxCommandAgeDays * dayMs;
}

/**
 * Removes outcomes of commands that would be refused by now, the oldest first; none of a step that still waits or is at
 * work. Returns how many.
 * @param days at least 100
 */
export async function deleteOldOutcomes(
  manager: EntityManager,
  now: Date,
  days = outcomeDays,
): Promise<number> {
  const before = new Date(now.getTime() - Math.max(days, outcomeDays) * dayMs);
  for (let forgotten = 0; ;) {
    const [, count]: [unknown, number] = await manager.query(
      `DELETE FROM inbox WHERE (saga_id, step, direction) IN (
         SELECT saga_id, step, direction FROM inbox
         WHERE saga_id < $1 AND created_at < $2
           AND (direction = 'event'
             OR outcome IS NOT NULL AND outcome->'outcome'->>'kind' IS DISTINCT FROM 'waiting')
         ORDER BY saga_id LIMIT ${batch} FOR UPDATE SKIP LOCKED)`,
      [firstIdOf(before), before],
    );
    forgotten += count;
    if (count < batch) return forgotten;
  }
}

/** The lowest UUIDv7 that can be made at that moment: the primary key finds what is older. */
function firstIdOf(at: Date): string {
  const milliseconds = at.getTime().toString(16).padStart(12, '0');
  return `${milliseconds.slice(0, 8)}-${milliseconds.slice(8)}-7000-8000-000000000000`;
}
