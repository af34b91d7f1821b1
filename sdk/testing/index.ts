export { runTest, type RunTestOptions, type TestResult } from './run-test.js';
export type { Collected, CollectedPane, TestOutput } from './collected.js';
export { assertThat, type Assertion } from './assert-that.js';
export {
  matchers,
  type ExpectedPane,
  type MatcherResult,
  type MatcherState,
  type StrahlMatchers,
} from './matchers.js';
