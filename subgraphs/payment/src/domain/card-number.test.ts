import { looksLikeCard } from './card-number.js';

it.each([
  ['4242424242424242', true],
  ['card 4242 4242 4242 4242 of the buyer', true],
  ['378282246310005', true],
  ['5555-5555-5555-4444', true],
  ['4242424242424241', false],
  ['order 123456789012', false],
  ['PAY-0123456789', false],
  ['', false],
])('%j: %s', (text, expected) => {
  expect(looksLikeCard(text)).toBe(expected);
});
