import type { StoredSeatStatus } from '../../entities/event-seat.js';

// The states of an event's seats, packed as the schema describes: four seats in each byte, lowest bits first.

/** Numbers of the states, as the schema describes them. */
const numbers: Readonly<Record<StoredSeatStatus, number>> = { AVAILABLE: 0, HELD: 1, SOLD: 2, BLOCKED: 3 };

/** SQL of the code of a seat `s`: its index times four, and the number of its state. */
export const seatCodeSql = `s.map_index * 4 + CASE s.status ${Object.entries(numbers)
  .map(([status, number]) => `WHEN '${status}' THEN ${number}`)
  .join(' ')} END`;

/** A seat's index and state. */
export type SeatState = [index: number, state: number];

/** Splits a code. */
export function readSeatCode(code: number): SeatState {
  return [code >> 2, code & 3];
}

/** Returns the state of a seat; 0 beyond the end. */
export function stateOf(states: Uint8Array, index: number): number {
  return ((states[index >> 2] ?? 0) >> (2 * (index & 3))) & 3;
}

/** Returns a copy of the states with these codes, longer if they need it. */
export function withSeatCodes(states: Uint8Array, codes: readonly number[]): Buffer {
  const seats = codes.map(readSeatCode);
  const last = seats.reduce((highest, [index]) => Math.max(highest, index), -1);
  const changed = Buffer.alloc(Math.max(states.length, (last >> 2) + 1));
  changed.set(states);
  for (const [index, state] of seats) {
    const shift = 2 * (index & 3);
    changed[index >> 2] = ((changed[index >> 2] ?? 0) & ~(3 << shift)) | (state << shift);
  }
  return changed;
}

/** Returns the seats whose states differ, by index. */
export function changedSeats(before: Uint8Array, after: Uint8Array): SeatState[] {
  const changes: SeatState[] = [];
  for (let byte = 0; byte < after.length; byte += 1) {
    if (before[byte] === after[byte]) continue;
    for (let index = byte * 4; index < byte * 4 + 4; index += 1)
      if (stateOf(before, index) !== stateOf(after, index)) changes.push([index, stateOf(after, index)]);
  }
  return changes;
}
