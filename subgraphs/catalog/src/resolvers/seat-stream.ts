import { openLiveQuery } from '@souk/shared/graph/live-query';
import type { EntityManager } from 'typeorm';
import type { Context } from '../context.js';
import type { SeatChanges } from '../domain/seat/seat-changes.js';
import { changesBetween, changesSince, revisionOf } from '../domain/seat/seat-changes.js';
import type { SeatJournal } from '../domain/seat/seat-journal.js';
import { availabilityTopic } from '../domain/topics.js';

/** After so much silence a stream confirms its revision, so that a client notices what it has missed. */
const confirmAfterMs = 10_000;
const recheckMs = 15_000;

/** The root value of an event. */
interface SeatEvent {
  seatsChanged: SeatChanges;
}

/**
 * Opens a stream of changes of an event's seats, beginning with a confirmation of the present revision, or with what
 * follows the revision `after`. Streams of one event share their reads.
 */
export function openSeatStream(
  {
    changes,
    pacedSeatJournals,
    reader,
    clock,
  }: Pick<Context, 'changes' | 'pacedSeatJournals' | 'clock'> & { reader: EntityManager },
  listingId: string,
  after: string | null,
): Promise<AsyncIterableIterator<SeatEvent>> {
  let sent: { journal: SeatJournal; at: number } | null = null;
  return openLiveQuery({
    changes,
    topics: [availabilityTopic(listingId)],
    initialSnapshot: true,
    isShared: false,
    // A client without a revision of its own finds gaps by `since`.
    isConflatable: after === null,
    recheckMs,
    read: async () => {
      const journal = await pacedSeatJournals.next(listingId);
      const now = clock.now().getTime();
      const before = sent;
      if (before && revisionOf(before.journal) === revisionOf(journal) && now - before.at < confirmAfterMs)
        return { states: [] };
      sent = { journal, at: now };
      if (before) return { states: [{ seatsChanged: changesBetween(before.journal, journal) }] };
      if (after !== null) return { states: [{ seatsChanged: await changesSince(reader, journal, after) }] };
      return { states: [{ seatsChanged: changesBetween(journal, journal) }] };
    },
  });
}
