import runDirectory from './tests/support/run-directory.cjs';

// All temporary directories of a run are in one, which is removed however the run ends.
await runDirectory.openRunDirectory();

const transform = {
  '^.+\\.[jt]s$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', decorators: true },
        transform: { legacyDecorator: true },
        target: 'es2022',
      },
      module: { type: 'commonjs' },
    },
  ],
};

const common = {
  // Not in the run's directory: it would start empty each time.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  runtime: '<rootDir>/tests/support/package-runtime.cjs',
  testEnvironment: '<rootDir>/tests/support/suite-environment.ts',
  transform,
  moduleFileExtensions: ['ts', 'js', 'json', 'node'],
  // Sources import each other as `./x.js`, the name that Node sees after the build.
  moduleNameMapper: {
    '^@souk/(shared|gateway|standalone|client|reference|testing)/(.*)$': '<rootDir>/$1/src/$2',
    '^@souk/testing$': '<rootDir>/testing/src/start-souk',
    '^@souk/(account|catalog|order|payment|social)/(.*)$': '<rootDir>/subgraphs/$1/src/$2',
    '^souk-stripe-simulator/(.*)$': '<rootDir>/stripe-simulator/src/$1',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};

// Suites with real stores share one PostgreSQL server; each file makes databases of its own in it.
const stores = {
  ...common,
  globalSetup: '<rootDir>/tests/support/global-setup.ts',
  globalTeardown: '<rootDir>/tests/support/global-teardown.ts',
};

/** @type {import('jest').Config} */
const config = {
  testTimeout: 120_000,
  // Of `it.concurrent`: more processes of one suite than processors starve the suite beside it.
  maxConcurrency: 3,
  testSequencer: '<rootDir>/tests/support/suite-order.cjs',
  // A third fills what these leave idle, and starves what must end in five seconds: a run in four failed by that.
  maxWorkers: 2,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/*/src/**/*.test.ts',
        '<rootDir>/subgraphs/*/src/**/*.test.ts',
        '<rootDir>/gateway/tests/**/*.test.ts',
        '!<rootDir>/gateway/tests/stores/**',
        '<rootDir>/stripe-simulator/tests/**/*.test.ts',
        '<rootDir>/tests/architecture/**/*.test.ts',
        '<rootDir>/tests/prose/**/*.test.ts',
      ],
      testPathIgnorePatterns: [...common.testPathIgnorePatterns, '/gateway/tests/stores/'],
    },
    {
      ...stores,
      displayName: 'subgraphs',
      testMatch: [
        '<rootDir>/subgraphs/*/tests/**/*.test.ts',
        '<rootDir>/shared/tests/**/*.test.ts',
        '<rootDir>/standalone/tests/**/*.test.ts',
        '<rootDir>/gateway/tests/stores/**/*.test.ts',
      ],
    },
    // The same suites against both topologies, each started once for all of them, when the first needs it.
    ...['standalone', 'distributed'].map((topology) => ({
      ...common,
      displayName: `e2e-${topology}`,
      testEnvironment: '<rootDir>/tests/support/e2e-environment.ts',
      testEnvironmentOptions: { topology },
      globalSetup: '<rootDir>/tests/support/e2e-setup.ts',
      globalTeardown: '<rootDir>/tests/support/e2e-teardown.ts',
      testMatch: ['<rootDir>/tests/e2e/**/*.test.ts', '<rootDir>/tests/security/*.test.ts'],
    })),
    // Attacks that need settings of their own start a Souk for themselves.
    {
      ...common,
      displayName: 'security',
      testMatch: ['<rootDir>/tests/security/own/**/*.test.ts'],
    },
    // The test kit as others use it.
    {
      ...common,
      displayName: 'testing',
      testMatch: ['<rootDir>/testing/tests/**/*.test.ts'],
    },
    {
      ...common,
      displayName: 'chaos',
      testMatch: ['<rootDir>/tests/chaos/**/*.test.ts'],
    },
  ],
};

export default config;
