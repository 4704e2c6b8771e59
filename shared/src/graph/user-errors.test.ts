import { Rejection, Rejections } from '../errors.js';
import { withUserErrors } from './user-errors.js';

const refused = async (all: readonly Rejection[]): Promise<{ code: string; [name: string]: unknown }[]> => {
  const { userErrors } = await withUserErrors({ ok: false }, () => Promise.reject(new Rejections(all)));
  return userErrors;
};
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `${index}`);

describe('user errors', () => {
  test('are the first 100', async () => {
    const errors = await refused(many(250).map((code) => new Rejection(code, 'No.')));
    expect(errors.map(({ code }) => code)).toEqual(many(100));
  });

  test('have a path of 10 steps, and lists of 100 items, at most', async () => {
    const [error] = await refused([
      new Rejection('INVALID', 'No.', {
        field: many(11),
        typename: 'SeatUnavailableError',
        details: { seatIds: many(101), available: 3 },
      }),
    ]);
    expect(error).toMatchObject({ field: many(10), seatIds: many(100), available: 3 });
  });

  test('are as they are where they are few', async () => {
    const [error] = await refused([new Rejection('INVALID', 'No.', { field: ['id'] })]);
    expect(error).toEqual({ __typename: 'InputError', code: 'INVALID', message: 'No.', field: ['id'] });
  });
});
