/** The states of a seat; the API sends their positions in this list. */
export const seatStates = ['AVAILABLE', 'HELD', 'SOLD', 'BLOCKED'] as const;

/** A state of a seat. */
export type SeatState = (typeof seatStates)[number];

/** Columns of a seat map, as `Event.seatMap` sends them. */
export interface SeatMapColumns {
  sections: { names: readonly string[]; offerIds: readonly string[] };
  rows: { labels: readonly string[]; sections: readonly number[]; firstSeats: readonly number[] };
  seats: {
    ids: readonly string[];
    numbers: readonly number[];
    x: readonly (number | null)[];
    y: readonly (number | null)[];
  };
}

/** A seat of a map. */
export interface MapSeat {
  id: string;
  section: string;
  offerId: string;
  row: string;
  number: number;
  x: number | null;
  y: number | null;
}

/** Returns the seats of a map by index. @throws RangeError for columns that do not fit together */
export function readSeatMap({ sections, rows, seats }: SeatMapColumns): MapSeat[] {
  let row = -1;
  return seats.ids.map((id, index) => {
    while (index >= (rows.firstSeats[row + 1] ?? Infinity)) row += 1;
    const section = at(rows.sections, row);
    return {
      id,
      section: at(sections.names, section),
      offerId: at(sections.offerIds, section),
      row: at(rows.labels, row),
      number: at(seats.numbers, index),
      x: at(seats.x, index),
      y: at(seats.y, index),
    };
  });
}

function at<Item>(list: readonly Item[], index: number): Item {
  if (index < 0 || index >= list.length)
    throw new RangeError(`A seat map has no entry ${index} in a column.`);
  return list[index] as Item;
}

/** States at one revision, as `Event.seatStates` sends them. */
export interface PackedSeatStates {
  revision: string;
  mapRevision: number;
  states: string;
}

/** An event of `seatsChanged`. */
export interface SeatChangesEvent {
  since: string | null;
  revision: string;
  mapRevision: number;
  states: string | null;
  changes: readonly (readonly number[])[];
}

/** The effect of an event on the board. */
export type SeatUpdate =
  /** These seats, by index, have other states now. */
  | { kind: 'CHANGED'; seats: readonly number[] }
  /** The board is as new as the event, or newer. */
  | { kind: 'CURRENT' }
  /** Events are missing before this one: read `Event.seatStates` and make a new board. */
  | { kind: 'GAP' }
  /** The seats have other indexes: read `Event.seatMap` and `Event.seatStates`, and make a new board. */
  | { kind: 'NEW_MAP' };

/** The states of an event's seats, kept up to date by the events of `seatsChanged`. */
export class SeatBoard {
  /** Revision of the seat map whose indexes the board has. */
  readonly mapRevision: number;
  #revision: string;
  #bytes: Uint8Array;

  /** @param packed the answer of `Event.seatStates` */
  constructor({ revision, mapRevision, states }: PackedSeatStates) {
    this.mapRevision = mapRevision;
    this.#revision = revision;
    this.#bytes = bytesOf(states);
  }

  /** The revision of the states: `after` of a subscription that goes on from here. */
  get revision(): string {
    return this.#revision;
  }

  /** Returns the state of a seat by its index in the map; AVAILABLE beyond the last seat. */
  stateOf(index: number): SeatState {
    return seatStates[numberOf(this.#bytes, index)] ?? 'AVAILABLE';
  }

  /** Applies an event. */
  apply({ since, revision, mapRevision, states, changes }: SeatChangesEvent): SeatUpdate {
    if (mapRevision !== this.mapRevision) return { kind: 'NEW_MAP' };
    const age = compare(revision, this.#revision);
    if (age !== null && age <= 0) return { kind: 'CURRENT' };
    const bytes = states === null ? Uint8Array.from(this.#bytes) : bytesOf(states);
    if (states === null) {
      const gap = since === null ? null : compare(since, this.#revision);
      if (gap === null || gap > 0) return { kind: 'GAP' };
      for (const [index = 0, state = 0] of changes) setNumber(bytes, index, state);
    }
    const seats = changedSeats(this.#bytes, bytes);
    this.#bytes = bytes;
    this.#revision = revision;
    return { kind: 'CHANGED', seats };
  }
}

/** Positive if the first revision is newer than the second; null if they have different histories. */
function compare(first: string, second: string): number | null {
  const [history, number] = first.split('.');
  const [otherHistory, otherNumber] = second.split('.');
  return history === otherHistory ? Number(number) - Number(otherNumber) : null;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function numberOf(bytes: Uint8Array, index: number): number {
  return ((bytes[index >> 2] ?? 0) >> (2 * (index & 3))) & 3;
}

function setNumber(bytes: Uint8Array, index: number, state: number): void {
  const shift = 2 * (index & 3);
  bytes[index >> 2] = ((bytes[index >> 2] ?? 0) & ~(3 << shift)) | (state << shift);
}

function changedSeats(before: Uint8Array, after: Uint8Array): number[] {
  return Array.from({ length: after.length * 4 }, (_, index) => index).filter(
    (index) => numberOf(before, index) !== numberOf(after, index),
  );
}
