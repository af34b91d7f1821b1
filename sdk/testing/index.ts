export { runTest, type RunTestOptions, type TestResult } from './run-test.js';
export type { Collected, CollectedPane, TestOutput } from './collected.js';
export { testStream, type TestStream } from './test-stream.js';
export { pane } from './pane.js';
export { testDriver, type DrivenPane, type DrivenState, type TestDriver } from './test-driver.js';
export { arbitraries, type Arbitraries } from './arbitraries.js';
export { simulate, type SimulateOptions } from './simulate.js';
export { at, type TestTime } from './test-time.js';
export { assertThat, type Assertion } from './assert-that.js';
export {
  matchers,
  type ExpectedPane,
  type MatcherResult,
  type MatcherState,
  type StrahlMatchers,
} from './matchers.js';
