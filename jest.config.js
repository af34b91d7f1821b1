import { availableParallelism } from 'node:os';

export default {
  testEnvironment: 'node',
  // Jest leaves one core free, which on two cores means one test file at a time.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // A bound for hangs, not for speed: machines are shared, and no test waits for time to pass.
  testTimeout: 60_000,
  testEnvironmentOptions: { customExportConditions: ['strahl-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'],
    '^fast-check$': '<rootDir>/test/seeded-fast-check.js',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/.cache/'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }],
  },
};
