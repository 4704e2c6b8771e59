import type { SeatChangesEvent } from './seat-board.js';
import { readSeatMap, SeatBoard, seatStates } from './seat-board.js';

const board = (): SeatBoard => new SeatBoard({ revision: 'a.5', mapRevision: 1, states: '5AE=' });
const event = (over: Partial<SeatChangesEvent>): SeatChangesEvent => ({
  since: 'a.5',
  revision: 'a.6',
  mapRevision: 1,
  states: null,
  changes: [],
  ...over,
});
const statesOf = (of: SeatBoard): string[] => [0, 1, 2, 3, 4].map((index) => of.stateOf(index));

describe('a seat map', () => {
  it('is read from its columns', () => {
    const seats = readSeatMap({
      sections: { names: ['Stalls', 'Balcony'], offerIds: ['offer_1', 'offer_2'] },
      rows: { labels: ['A', 'B', 'A'], sections: [0, 0, 1], firstSeats: [0, 2, 3] },
      seats: { ids: ['s0', 's1', 's2', 's3'], numbers: [1, 2, 1, 1], x: [0, 1, 0, null], y: [0, 0, 1, null] },
    });
    expect(seats.map(({ id, section, offerId, row, number }) => [id, section, offerId, row, number])).toEqual(
      [
        ['s0', 'Stalls', 'offer_1', 'A', 1],
        ['s1', 'Stalls', 'offer_1', 'A', 2],
        ['s2', 'Stalls', 'offer_1', 'B', 1],
        ['s3', 'Balcony', 'offer_2', 'A', 1],
      ],
    );
    expect(seats[2]).toMatchObject({ x: 0, y: 1 });
    expect(seats[3]).toMatchObject({ x: null, y: null });
  });

  it('without rows of its seats is refused', () => {
    const columns = {
      sections: { names: [], offerIds: [] },
      rows: { labels: [], sections: [], firstSeats: [] },
      seats: { ids: ['s0'], numbers: [1], x: [null], y: [null] },
    };
    expect(() => readSeatMap(columns)).toThrow(RangeError);
  });
});

describe('a seat board', () => {
  it('unpacks the example of the schema', () => {
    expect(statesOf(board())).toEqual([...seatStates, 'HELD']);
    expect(board().stateOf(5)).toBe('AVAILABLE');
    expect(board().stateOf(99)).toBe('AVAILABLE');
  });

  it('applies changes, and says which seats they are', () => {
    const updated = board();
    expect(
      updated.apply(
        event({
          changes: [
            [0, 1],
            [2, 2],
            [4, 0],
          ],
        }),
      ),
    ).toEqual({ kind: 'CHANGED', seats: [0, 4] });
    expect(statesOf(updated)).toEqual(['HELD', 'HELD', 'SOLD', 'BLOCKED', 'AVAILABLE']);
    expect(updated.revision).toBe('a.6');
  });

  it('applies changes that begin before its own revision', () => {
    const updated = board();
    expect(updated.apply(event({ since: 'a.2', revision: 'a.9', changes: [[1, 0]] }))).toMatchObject({
      seats: [1],
    });
    expect(updated.revision).toBe('a.9');
  });

  it.each([
    ['an older event', { since: 'a.3', revision: 'a.4', changes: [[0, 3]] }, 'CURRENT'],
    ['a confirmation', { since: 'a.5', revision: 'a.5' }, 'CURRENT'],
    ['older states', { since: null, revision: 'a.4', states: 'AAA=' }, 'CURRENT'],
    ['an event after a missing one', { since: 'a.6', revision: 'a.7', changes: [[0, 3]] }, 'GAP'],
    ['an event of another history', { since: 'b.1', revision: 'b.2', changes: [[0, 3]] }, 'GAP'],
    ['another map', { since: null, revision: 'b.1', mapRevision: 2, states: 'AAA=' }, 'NEW_MAP'],
  ] as const)('is not changed by %s', (_name, over, kind) => {
    const same = board();
    expect(same.apply(event(over))).toEqual({ kind });
    expect(statesOf(same)).toEqual(statesOf(board()));
    expect(same.revision).toBe('a.5');
  });

  it('takes all states over, also of another history', () => {
    const updated = board();
    expect(updated.apply(event({ since: null, revision: 'b.1', states: 'AAA=' }))).toEqual({
      kind: 'CHANGED',
      seats: [1, 2, 3, 4],
    });
    expect(statesOf(updated)).toEqual(Array.from({ length: 5 }, () => 'AVAILABLE'));
    expect(updated.apply(event({ since: 'b.1', revision: 'b.2', changes: [[4, 2]] }))).toMatchObject({
      seats: [4],
    });
  });
});
