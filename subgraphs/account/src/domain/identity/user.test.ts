import { createDisplayName } from './user.js';

test.each([
  ['Ada', 'Lovelace', 'Ada L.'],
  ['Émile', 'ångström', 'Émile Å.'],
  ['x'.repeat(100), 'Long', 'x'.repeat(100)],
])('%s %s is shown as %s', (firstName, lastName, shown) => {
  expect(createDisplayName(firstName, lastName)).toBe(shown);
});
