import type { Database } from '@souk/shared/db/database';
import { foldStatistics } from './statistics-fold.js';
import { rebuildStep } from './statistics-rebuild.js';

/** A rebuild works for this long and then pauses, so that it leaves the database to others. */
const workMs = 500;

/** Keeps the figures: folds deltas, or goes on with a rebuild. Call it every second or so, in any number of processes. */
export async function keepStatistics(database: Database): Promise<void> {
  const end = performance.now() + workMs;
  let step = await rebuildStep(database);
  while (step === 'continues' && performance.now() < end) step = await rebuildStep(database);
  if (step === 'none' || step === 'ended') await foldStatistics(database);
}
