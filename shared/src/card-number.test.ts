import { looksLikeCard } from './card-number.js';

it.each([
  ['4242424242424242', true],
  ['card 4242 4242 4242 4242 of the buyer', true],
  ['378282246310005', true],
  ['5555-5555-5555-4444', true],
  ['https://shop.test/back?card=4242424242424242&x=1', true],
  ['pm_4242424242424242', true],
  ['4242424242424241', false],
  // A time in milliseconds whose last digit happens to be right.
  ['https://shop.test/back?at=1764045012341', false],
  // Longer than a card's.
  ['42424242424242424242', false],
  ['order 123456789012', false],
  ['PAY-0123456789', false],
  ['', false],
])('%j: %s', (text, expected) => {
  expect(looksLikeCard(text)).toBe(expected);
});
