import { isDeepStrictEqual } from 'node:util';

/** The names of the fields whose value differs between two states of a thing, in the order of `before`. */
export function changedFields<Fields extends object>(
  before: Fields,
  after: Fields,
): (keyof Fields & string)[] {
  const names = Object.keys(before) as (keyof Fields & string)[];
  return names.filter((name) => !isDeepStrictEqual(before[name], after[name]));
}
