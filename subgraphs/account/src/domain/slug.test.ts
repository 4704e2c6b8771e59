import { slugOf } from './slug.js';

test.each([
  ['Costa & Daughters', 'costa-daughters'],
  ['  Ápice — Söhne!  ', 'apice-sohne'],
  ['日本', 'partner'],
  ['---', 'partner'],
  [`${'x'.repeat(59)} y`, 'x'.repeat(59)],
])('turns %p into %p', (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});
