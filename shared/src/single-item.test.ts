import { singleItem } from './single-item.js';

it('returns the item of a list of one', () => {
  expect(singleItem([7])).toBe(7);
});

it.each([[[]], [[1, 2]]])('throws for %j', (items: number[]) => {
  expect(() => singleItem(items)).toThrow(`Expected one item, got ${items.length}.`);
});
