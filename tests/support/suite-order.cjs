'use strict';
const { default: Sequencer } = require('@jest/test-sequencer');

// What starts whole Souks, the longest first, and the suites of a topology together, for they share one Souk. Jest
// begins with the largest files where it has no timings of an earlier run, and these are small: begun last, they would
// leave a processor idle at the end; begun together, they would starve each other. So each has so many others before
// the next.
const long = [
  '/tests/chaos/storm.',
  '/order/tests/crash-points.',
  '/standalone/tests/start.',
  '/tests/chaos/checks.',
  '/standalone/tests/traces.',
  '/standalone/tests/postgres.',
  '/tests/chaos/kill.',
];
const topologies = ['e2e-standalone', 'e2e-distributed'];
/** Has hundreds buy at once of the Souk that it shares: the last of a topology disturbs no other. */
const crowd = '/tests/e2e/races.';
const between = 12;
/** Others that run while the first of a topology waits for its Souk. */
const meanwhile = 2;

const projectOf = ({ context }) => context.config.displayName?.name;

module.exports = class SuiteOrder extends Sequencer {
  sort(tests) {
    const sorted = [...super.sort(tests)];
    const ofTopology = topologies.map((name) => {
      const own = sorted.filter((test) => projectOf(test) === name);
      const isCrowd = ({ path }) => path.includes(crowd);
      return [...own.filter((test) => !isCrowd(test)), ...own.filter(isCrowd)];
    });
    // The keeper ends a topology's Souk after so many suites.
    globalThis.suitesOfProject = Object.fromEntries(
      topologies.map((name, index) => [name, ofTopology[index].length]),
    );
    const [others, alone] = [[], long.map(() => [])];
    for (const test of sorted) {
      if (topologies.includes(projectOf(test))) continue;
      (alone[long.findIndex((part) => test.path.includes(part))] ?? others).push(test);
    }
    const groups = [...alone, ...ofTopology].filter((group) => group.length > 0);
    return groups
      .flatMap(([first, ...rest], index) => [
        first,
        ...(rest.length > 0 ? [...others.splice(0, meanwhile), ...rest] : []),
        ...(index < groups.length - 1 ? others.splice(0, between) : []),
      ])
      .concat(others);
  }
};
