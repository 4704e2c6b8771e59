'use strict';
const { default: Sequencer } = require('@jest/test-sequencer');

// Where Jest has no timings of an earlier run it begins with the largest files; these are small and take long. Begun
// last, they would leave all but one processor idle at the end.
const long = [
  '/tests/chaos/storm.',
  '/order/tests/crash-points.',
  '/standalone/tests/start.',
  '/social/tests/graph-store.',
  '/tests/chaos/checks.',
  '/standalone/tests/payments.',
  '/tests/chaos/kill.',
];

const rank = ({ path }) => {
  const index = long.findIndex((part) => path.includes(part));
  return index === -1 ? long.length : index;
};

module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
