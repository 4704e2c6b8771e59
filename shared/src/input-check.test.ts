import { Rejection, Rejections } from './errors.js';
import { InputCheck } from './input-check.js';

const problemsOf = (check: InputCheck): string[] =>
  check.violations.map(({ code, field, message }) => `${code} ${field?.join('.') ?? ''}: ${message}`);

it('collects the violations of fields below its root', () => {
  const check = new InputCheck(['input']);
  expect(check.text('name', ' \u200b ')).toBe('');
  expect(check.text(['stops', '0', 'name'], ' Fado ')).toBe('Fado');
  expect(check.number('rows', 0, 1, 9)).toBeNull();
  expect(check.number('rows', 9, 1, 9)).toBe(9);
  expect(check.number('rows', null, 1, 9)).toBeNull();
  expect(check.texts('tags', ['a', ' a', 'b', ''], 4)).toEqual(['a', 'b', '']);
  expect(check.texts('tags', ['a', 'b'], 1)).toEqual([]);
  expect(check.url('website', new URL('ftp://souk.test/'))).toBeNull();
  expect(check.url('website', new URL('https://souk.test/'))).toBe('https://souk.test/');
  expect(check.money(['price'], { amount: 11, currency: 'EUR' }, 10)).toBeNull();
  expect(check.money(['price'], { amount: -1, currency: 'EUR' }, 10)).toBeNull();
  expect(check.textWithoutCard('note', '4242 4242 4242 4242')).toBe('4242 4242 4242 4242');
  expect(problemsOf(check)).toEqual([
    'INVALID input.name: Must not be empty.',
    'INVALID input.rows: Must be between 1 and 9; it is 0.',
    'INVALID input.tags.3: Must not be empty.',
    'INVALID input.tags: At most 1 are allowed.',
    'INVALID input.website: Must start with http:// or https://.',
    'INVALID input.price.amount: The amount must be at most 10.',
    expect.stringMatching(/^INVALID input\.price\.amount: /),
    'INVALID input.note: Must not contain a card number.',
  ]);
  expect(() => check.throwIfAny()).toThrow(Rejections);
});

it('throws nothing without violations, and a single one as it is', () => {
  const check = new InputCheck();
  check.add(null);
  check.throwIfAny();
  const missing = new Rejection('NOT_FOUND', 'There is no such user.', { field: ['id'] });
  expect(() => check.throwWith(missing)).toThrow(missing);
});

it('drops the violations beyond its maximum', () => {
  const check = new InputCheck([], 2);
  for (const field of ['a', 'b', 'c']) check.refuse(field, 'Must not be empty.');
  expect(check.violations).toHaveLength(2);
});
