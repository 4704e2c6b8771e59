import { storedEnum } from './stored-enum';

const colorOf = storedEnum<'red' | 'dark blue', 'RED' | 'DARK_BLUE'>({
  red: 'RED',
  'dark blue': 'DARK_BLUE',
});

test('a stored value becomes its value of the API', () => {
  expect(colorOf('dark blue')).toBe('DARK_BLUE');
});

test.each(['green', 'constructor', ''])('a value of another version becomes OTHER: %j', (stored) => {
  expect(colorOf(stored)).toBe('OTHER');
});
