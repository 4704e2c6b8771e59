'use strict';
const { default: Sequencer } = require('@jest/test-sequencer');

// Suites that start a whole Souk run first, the longest ones before the others, and the suites of a topology run together
// because they share one Souk. Without timings Jest starts the largest files first, and these are small: started last,
// they would leave a processor idle; started together, they would starve each other. Other suites run in between.
const long = [
  '/tests/chaos/storm.',
  '/order/tests/crash-points.',
  '/standalone/tests/start.',
  '/standalone/tests/traces.',
  '/standalone/tests/postgres.',
  '/tests/chaos/kill.',
];
const topologies = ['e2e-standalone', 'e2e-distributed'];
/** Hundreds of concurrent buyers on the shared Souk; runs last in its topology so as not to disturb other suites. */
const crowd = '/tests/e2e/races.';
const between = 12;
/** Suites that run while the first of a topology waits for its Souk. */
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
    // SharedSouk stops a topology's Souk after this many suites.
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
