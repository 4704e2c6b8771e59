import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSaga, findUnreleased } from '../../tests/support/released-sagas.js';
import type { ReleasedSagas } from '../../tests/support/released-sagas.js';
import { checkoutSaga } from './checkout.js';
import { sagaDefinitions } from './definitions.js';

const released = JSON.parse(readFileSync(join(__dirname, 'released-sagas.json'), 'utf8')) as ReleasedSagas;

it('released versions stay in code as they were, and every version is recorded', () => {
  const problems = findUnreleased(sagaDefinitions, released);
  // An error's message is printed as it is, so that the entry can be copied from it.
  if (problems.length > 0) throw new Error(problems.join('\n'));
});

describe('the comparison finds', () => {
  const [first, ...steps] = checkoutSaga.steps;
  if (!first) throw new Error('The checkout has no step.');
  const others = sagaDefinitions.filter((definition) => definition !== checkoutSaga);
  const { name, version } = checkoutSaga;
  const key = `${name}@${version}`;
  const nextKey = `${name}@${version + 1}`;
  // These cases do not depend on the recorded file.
  const recorded = Object.fromEntries(
    sagaDefinitions.map((each) => [`${each.name}@${each.version}`, describeSaga(each)]),
  );

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
    expect(findUnreleased([...others, changed], recorded)).toEqual([
      `${key} differs from its released steps. Restore it, and give the new list a new version.`,
    ]);
  });

  it('a version that was removed', () => {
    expect(findUnreleased(others, recorded)).toEqual([
      `${key} was released and is gone. Keep it in code: rows may still need it.`,
    ]);
  });

  it('a version that is not recorded, with the entry to add', () => {
    const next = { ...checkoutSaga, version: version + 1 };
    expect(findUnreleased([...sagaDefinitions, next], recorded)).toEqual([
      `${nextKey} is not recorded. Add to released-sagas.json: "${nextKey}": ${JSON.stringify(describeSaga(next), null, 2)}`,
    ]);
  });
});
