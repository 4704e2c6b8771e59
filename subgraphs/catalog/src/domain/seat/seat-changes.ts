import type { EntityManager } from 'typeorm';
import type { SeatJournal } from './seat-journal.js';
import { readStoredChanges } from './seat-journal.js';
import type { SeatState } from './seat-states.js';
import { changedSeats, readSeatCode, stateOf } from './seat-states.js';

/** Changes of an event's seats from one revision to another. */
export interface SeatChanges {
  /** Null with `states`. */
  since: string | null;
  revision: string;
  mapRevision: number;
  /** All states in base64, where the changes are too many or not known. */
  states: string | null;
  changes: SeatState[];
}

/** Beyond this, all states are shorter. */
const maxChanges = 500;

/** Names a revision. */
export function revisionOf({ history, number }: Pick<SeatJournal, 'history' | 'number'>): string {
  return `${history}.${number}`;
}

/** Returns the changes from an older journal of the same event. */
export function changesBetween(before: SeatJournal, after: SeatJournal): SeatChanges {
  if (before.history !== after.history) return allStates(after);
  return changesOf(after, revisionOf(before), changedSeats(before.states, after.states));
}

/** Returns the changes since a revision that a client knows; all states if they are not known. */
export async function changesSince(
  manager: EntityManager,
  journal: SeatJournal,
  revision: string,
): Promise<SeatChanges> {
  const [, history, number] = /^([\da-f]+)\.(\d{1,10})$/.exec(revision) ?? [];
  const codes =
    history === journal.history ? await readStoredChanges(manager, journal, Number(number)) : null;
  if (codes === null) return allStates(journal);
  const indexes = [...new Set(codes.map((code) => readSeatCode(code)[0]))];
  return changesOf(
    journal,
    revision,
    indexes.map((index) => [index, stateOf(journal.states, index)]),
  );
}

function changesOf(journal: SeatJournal, since: string, changes: SeatState[]): SeatChanges {
  if (changes.length > maxChanges) return allStates(journal);
  return { since, revision: revisionOf(journal), mapRevision: journal.mapRevision, states: null, changes };
}

function allStates(journal: SeatJournal): SeatChanges {
  return {
    since: null,
    revision: revisionOf(journal),
    mapRevision: journal.mapRevision,
    states: journal.states.toString('base64'),
    changes: [],
  };
}
