import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchJavaTests, JAVA_TESTS_JAR } from './java-peer.js';
import { mustRun } from './peer-process.js';
import type { SuiteResult } from './python-suites.js';

/** All classes of tests for any runner; the names of nested ones hold a dollar sign. */
const FOR_ANY_RUNNER = [
  'CoGroupByKeyTest',
  'CombineFnsTest',
  'CombineTest$AccumulationTests',
  'CombineTest$BasicTests',
  'CombineTest$CombineWithContextTests',
  'CombineTest$WindowingTests',
  'CountingSourceTest',
  'CreateTest',
  'FlattenTest',
  'GroupByKeyTest$BasicTests',
  'GroupByKeyTest$WindowTests',
  'GroupIntoBatchesTest',
  'ImpulseTest',
  'KeysTest',
  'KvSwapTest',
  'MapElementsTest',
  'MetricsTest$AttemptedMetricTests',
  'PAssertTest',
  'PCollectionRowTupleTest',
  'PCollectionTupleTest',
  'PDoneTest',
  'ParDoLifecycleTest',
  'ParDoSchemaTest',
  'ParDoTest$BasicTests',
  'ParDoTest$BundleFinalizationTests',
  'ParDoTest$BundleInvariantsTests',
  'ParDoTest$KeyTests',
  'ParDoTest$LifecycleTests',
  'ParDoTest$MultipleInputsAndOutputTests',
  'ParDoTest$OnWindowExpirationTests',
  'ParDoTest$StateCoderInferenceTests',
  'ParDoTest$StateTests',
  'ParDoTest$TimerCoderInferenceTests',
  'ParDoTest$TimerFamilyTests',
  'ParDoTest$TimerTests',
  'ParDoTest$TimestampTests',
  'PerKeyOrderingTest',
  'PipelineTest',
  'RedistributeTest',
  'ReifyTimestampsTest',
  'ReshuffleTest',
  'SplittableDoFnTest',
  'TestStreamTest',
  'ViewTest',
  'WindowTest',
  'WindowingTest',
  'WithTimestampsTest',
];
/** Classes of tests of transforms that ask much of a runner. */
const FOR_SOME_RUNNER = [
  'BoundedReadFromUnboundedSourceTest',
  'DeduplicateTest',
  'DistinctTest',
  'ErrorHandlerTest',
  'GatherAllPanesTest',
  'GenerateSequenceTest',
  'LatestTest',
  'PeriodicImpulseTest',
  'ReifyTest',
  'TopTest',
  'UnboundedReadFromBoundedSourceTest',
  'WaitTest',
  'WatchTest',
  'WithFailuresTest',
  'WriteFilesTest',
];
/** Of the whole suite. */
const LIMIT_MS = 900_000;
/** One core's worth of memory and of compiling: the JVM waits for the job server most of the time. */
const JVM_FLAGS = ['-Xmx1g', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/**
 * The tests of Beam's Java SDK that every runner must pass, and some more, against a Job service; its log is `java.log`
 * in the cache.
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
      ...FOR_ANY_RUNNER,
      ...FOR_SOME_RUNNER,
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
