import { causeOf, localeOf } from './context';

it.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['de-de', 'de-DE'],
  ['en;q=0.2, pt-BR;q=0.9, de;q=0.5', 'pt-BR'],
  ['en;q=0, fr;q=0.1', 'fr'],
  ['fr;q=0', 'en'],
  ['fr;q=0.8, de;q=0.8', 'fr'],
  ['*, de;q=0.9', 'de'],
  ['not_a_tag!, es;q=0.3', 'es'],
  ['zh-Hant-TW;q=0.7, ja ; q=0.701', 'ja'],
  ['pt_BR', 'pt-BR'],
])('Accept-Language %s selects %s', (header, locale) => {
  expect(localeOf(header)).toBe(locale);
});

it('considers 20 languages of a header', () => {
  const invalid = Array.from({ length: 20 }, (_, n) => `x${n}!`).join(',');
  expect(localeOf(`${invalid};q=0.9,it;q=0.1`)).toBe('en');
  expect(localeOf(`it;q=0.1,${invalid}`.replace('x19!', 'pt'))).toBe('pt');
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['[2001:DB8::1]:443', '2001:db8::1'],
  ['x'.repeat(10_000), null],
  [null, null],
])('the cause of a request from %.40s has the address %s', (clientAddress, address) => {
  const cause = causeOf({ identity: null, requestId: 'r', clientAddress });
  expect(cause).toEqual({ actorId: null, requestId: 'r', clientAddress: address, traceparent: null });
});
