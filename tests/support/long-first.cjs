'use strict';
const { default: Sequencer } = require('@jest/test-sequencer');

// Suites that start whole Souks and kill them, the longest first. Jest begins with the largest files where it has no
// timings of an earlier run, and these are small: begun last, they would leave a processor idle at the end; begun
// together, they would starve each other. So each has so many others before the next.
const long = [
  '/tests/chaos/storm.',
  '/order/tests/crash-points.',
  '/standalone/tests/start.',
  '/tests/chaos/checks.',
  '/standalone/tests/traces.',
  '/standalone/tests/postgres.',
  '/tests/chaos/kill.',
];
const between = 12;

const rank = ({ path }) => long.findIndex((part) => path.includes(part));

module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)];
    const others = sorted.filter((test) => rank(test) === -1);
    return sorted
      .filter((test) => rank(test) !== -1)
      .sort((a, b) => rank(a) - rank(b))
      .flatMap((test, index, all) => [
        test,
        ...(index < all.length - 1 ? others.splice(0, between) : others.splice(0)),
      ])
      .concat(others);
  }
};
