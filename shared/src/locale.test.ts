import { canonicalLocale } from './locale.js';

it.each([
  ['pt_BR', 'pt-BR'],
  ['pt-br', 'pt-BR'],
  ['zh_hant_TW', 'zh-Hant-TW'],
  [' de ', 'de'],
  ['', null],
  ['*', null],
  ['not a locale', null],
  ['e'.repeat(61), null],
])('the canonical form of %j is %j', (tag, locale) => {
  expect(canonicalLocale(tag)).toBe(locale);
});
