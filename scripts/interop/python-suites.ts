import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Arguments of pytest by suite. */
export const PYTHON_SUITES: Readonly<Record<string, readonly string[]>> = {
  fnapi: ['fnapi_suite.py'],
  state: ['--pyargs', 'apache_beam.transforms.userstate_test'],
  transcripts: ['transcript_suite.py'],
  teststream: [
    '--pyargs',
    'apache_beam.testing.test_stream_test',
    'apache_beam.transforms.periodicsequence_test',
    'apache_beam.transforms.trigger_test',
    '-k',
    'not TranscriptTest',
  ],
  validates: [
    '-m',
    'it_validatesrunner',
    '--pyargs',
    'apache_beam.pipeline_test',
    'apache_beam.transforms.combinefn_lifecycle_test',
    'apache_beam.transforms.combiners_test',
    'apache_beam.transforms.deduplicate_test',
    'apache_beam.transforms.dofn_lifecycle_test',
    'apache_beam.transforms.ptransform_test',
    'apache_beam.transforms.sideinputs_test',
    'apache_beam.transforms.util_test',
    'apache_beam.metrics.metric_test',
    'apache_beam.runners.portability.fn_api_runner.translations_test',
  ],
  transforms: [
    '-m',
    'not it_validatesrunner',
    '--pyargs',
    'apache_beam.pipeline_test',
    'apache_beam.transforms.combiners_test',
    'apache_beam.transforms.core_test',
    'apache_beam.transforms.deduplicate_test',
    'apache_beam.transforms.error_handling_test',
    'apache_beam.transforms.sideinputs_test',
    'apache_beam.transforms.util_test',
    'apache_beam.transforms.window_test',
    'apache_beam.transforms.write_ptransform_test',
  ],
  fnapi_streaming: ['fnapi_suite.py'],
  fnapi_extra: ['fnapi_extra_suite.py'],
  lost_worker: ['lost_worker_suite.py'],
};

/** Seconds that one test may take. */
const TEST_SECONDS = 150;

interface Outcome {
  readonly id: string;
  readonly outcome: 'passed' | 'failed' | 'skipped' | 'xfailed';
  /** Jobs that the test has submitted. */
  readonly jobs: number;
  readonly message: string;
}

/** What came of one suite. */
export interface SuiteResult {
  /** Of the tests that submitted a job. */
  readonly passed: number;
  /** Of those and all that failed. */
  readonly failed: readonly { readonly test: string; readonly message: string }[];
  readonly skipped: number;
}

/** Runs a suite against a Job service; its log goes to `.cache/interop/NAME.log`. */
export function runPythonSuite(
  root: string,
  python: string,
  name: string,
  endpoint: string,
): SuiteResult {
  const folder = join(root, 'test/interop/python');
  const out = join(root, '.cache/interop');
  mkdirSync(out, { recursive: true });
  const json = join(out, `${name}.json`);
  rmSync(json, { force: true });
  const flags = ['-q', '-p', 'beam_suite', '-p', 'no:cacheprovider', '-c', 'pytest.ini'];
  const { stdout } = spawnSync(
    python,
    [
      ...['-m', 'pytest', ...flags, '--rootdir', folder, '--tb=native'],
      ...[`--timeout=${String(TEST_SECONDS)}`, ...PYTHON_SUITES[name]!],
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        JOB_ENDPOINT: endpoint,
        PYTHONPATH: folder,
        PYTHONDONTWRITEBYTECODE: '1',
        GRPC_ENABLE_FORK_SUPPORT: 'false',
        SUITE_JSON: json,
        ...(name === 'fnapi_streaming' ? { BEAM_STREAMING: '1' } : {}),
      },
      maxBuffer: 1 << 28,
    },
  );
  writeFileSync(join(out, `${name}.log`), stdout);
  return resultIn(json);
}

function resultIn(json: string): SuiteResult {
  const { tests } = JSON.parse(readFileSync(json, 'utf8')) as {
    readonly tests: readonly Outcome[];
  };
  return {
    passed: tests.filter(({ outcome, jobs }) => outcome === 'passed' && jobs > 0).length,
    failed: tests
      .filter(({ outcome }) => outcome === 'failed')
      .map(({ id, message }) => ({ test: id.slice(id.indexOf('::') + 2), message })),
    skipped: tests.filter(({ outcome }) => outcome === 'skipped' || outcome === 'xfailed').length,
  };
}
