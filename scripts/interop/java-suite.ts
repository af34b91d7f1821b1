import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchJavaTests, JAVA_TESTS_JAR } from './java-peer.js';
import { mustRun } from './peer-process.js';
import type { SuiteResult } from './python-suites.js';

/** Classes of tests; the names of nested ones hold a dollar sign. */
const CLASSES = [
  'CoGroupByKeyTest',
  'CombineTest$CombineWithContextTests',
  'CountingSourceTest',
  'CreateTest',
  'FlattenTest',
  'GroupByKeyTest$BasicTests',
  'GroupByKeyTest$WindowTests',
  'MapElementsTest',
  'ParDoLifecycleTest',
  'ParDoTest$BasicTests',
  'ParDoTest$MultipleInputsAndOutputTests',
  'ParDoTest$OnWindowExpirationTests',
  'ParDoTest$StateCoderInferenceTests',
  'ParDoTest$TimerFamilyTests',
  'ParDoTest$TimerTests',
  'ParDoTest$TimestampTests',
  'ReshuffleTest',
  'SplittableDoFnTest',
  'TestStreamTest',
  'WindowTest',
  'WithTimestampsTest',
];
/** Of the whole suite. */
const LIMIT_MS = 600_000;
/** One core's worth of memory and of compiling: the JVM waits for the job server most of the time. */
const JVM_FLAGS = ['-Xmx1g', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/**
 * Of the tests of Beam's Java SDK that every runner must pass those of `CLASSES`, against a Job service; its log is
 * `java.log` in the cache.
 */
export function runJavaSuite(root: string, cache: string, endpoint: string): SuiteResult {
  const jars = fetchJavaTests(cache);
  const classes = join(cache, 'java-suite');
  mkdirSync(classes, { recursive: true });
  const source = join(root, 'test/interop/java/RunSuite.java');
  mustRun('javac', ['-d', classes, '-cp', `${jars}/*`, source]);
  const { stdout, stderr } = spawnSync(
    'java',
    [
      ...JVM_FLAGS,
      ...['-cp', `${classes}:${jars}/*`, 'RunSuite', join(jars, JAVA_TESTS_JAR), endpoint],
      ...CLASSES,
    ],
    { encoding: 'utf8', timeout: LIMIT_MS, maxBuffer: 1 << 28 },
  );
  writeFileSync(join(cache, 'java.log'), stdout + stderr);
  const outcomes = [...stdout.matchAll(/^(ok|failed|skipped) ([^:\n]+)(?:: (.*))?$/gm)];
  const named = (wanted: string): readonly RegExpMatchArray[] =>
    outcomes.filter(([, outcome]) => outcome === wanted);
  const failed = named('failed').map(([, , test, message = '']) => ({ test: test!, message }));
  // A suite that was killed has not run to its end.
  if (!/^tests \d+$/m.test(stdout)) failed.push({ test: 'suite', message: 'did not end' });
  return { passed: named('ok').length, failed, skipped: named('skipped').length };
}
