import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSaga, findUnreleased } from '../../tests/support/released-sagas.js';
import type { ReleasedSagas } from '../../tests/support/released-sagas.js';
import { checkoutSaga } from './checkout.js';
import { sagaDefinitions } from './definitions.js';

const released = JSON.parse(readFileSync(join(__dirname, 'released-sagas.json'), 'utf8')) as ReleasedSagas;

it('released versions stay in code as they were, and every version is recorded', () => {
  expect(findUnreleased(sagaDefinitions, released)).toEqual([]);
});

describe('the comparison finds', () => {
  const [first, ...steps] = checkoutSaga.steps;
  if (!first) throw new Error('The checkout has no step.');
  const others = sagaDefinitions.filter((definition) => definition !== checkoutSaga);

  it.each([
    ['a removed step', { ...checkoutSaga, steps }],
    ['an added step', { ...checkoutSaga, steps: [...checkoutSaga.steps, first] }],
    ['another order', { ...checkoutSaga, steps: [...steps, first] }],
    ['another name', { ...checkoutSaga, steps: [{ ...first, name: 'UPDATE_STATS' as const }, ...steps] }],
    [
      'a compensation that is gone',
      { ...checkoutSaga, steps: checkoutSaga.steps.map(({ undo: _, ...step }) => step) },
    ],
    ['another pivot', { ...checkoutSaga, steps: checkoutSaga.steps.map(({ pivot: _, ...step }) => step) }],
  ])('%s under the same version', (_what, changed) => {
    expect(findUnreleased([...others, changed], released)).toEqual([
      'checkout@1 differs from its released steps. Restore it, and give the new list a new version.',
    ]);
  });

  it('a version that was removed', () => {
    expect(findUnreleased(others, released)).toEqual([
      'checkout@1 was released and is gone. Keep it in definitions.ts: rows may still need it.',
    ]);
  });

  it('a version that is not recorded, with the entry to add', () => {
    const next = { ...checkoutSaga, version: 2 };
    expect(findUnreleased([...sagaDefinitions, next], released)).toEqual([
      `checkout@2 is not recorded. Add to released-sagas.json: "checkout@2": ${JSON.stringify(describeSaga(next), null, 2)}`,
    ]);
  });
});
