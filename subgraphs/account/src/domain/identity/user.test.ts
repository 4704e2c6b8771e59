import { createDisplayName } from './user.js';

test.each([
  ['Ada', 'Lovelace', 'Ada L.'],
  ['Émile', 'ångström', 'Émile Å.'],
  ['Sukarno', '', 'Sukarno'],
  ['x'.repeat(100), 'Long', 'x'.repeat(100)],
])('%s %s has the display name %s', (firstName, lastName, displayName) => {
  expect(createDisplayName(firstName, lastName)).toBe(displayName);
});
