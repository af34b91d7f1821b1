import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExpansionService } from 'strahl';
import { portableRunner, startExpansionService } from 'strahl/runners/portable';
import moods from '../../examples/13-cross-language.js';
import * as offers from '../../test/interop/cross-language/offers.js';
import { runOn, type ForeignCase } from '../../test/interop/cross-language/foreign-case.js';
import { JAVA_CASES } from '../../test/interop/cross-language/java-steps.js';
import { PYTHON_CASES } from '../../test/interop/cross-language/python-steps.js';
import { fetchJava } from './java-peer.js';
import type { SuiteResult } from './python-suites.js';

/** What two languages in one pipeline must do, on the job server at `endpoint`. */
export async function runCrossLanguage(
  root: string,
  python: string,
  endpoint: string,
): Promise<SuiteResult> {
  const classpath = fetchJava(join(root, '.cache/interop'));
  const results = [
    ...(await ours(PYTHON_CASES, { python }, endpoint)),
    await example(python, endpoint),
    ...(await ours(JAVA_CASES, { classpath }, endpoint)),
    ...(await theirs(root, python, endpoint)),
  ];
  return {
    passed: results.filter(({ message }) => message === undefined).length,
    failed: results.flatMap(({ test, message }) =>
      message === undefined ? [] : [{ test, message }],
    ),
    skipped: 0,
  };
}

interface Outcome {
  readonly test: string;
  /** Of a failure. */
  readonly message?: string;
}

/** Pipelines of ours with steps of another SDK, whose service each of them starts. */
async function ours(
  cases: Readonly<Record<string, ForeignCase>>,
  expansion: ExpansionService,
  jobEndpoint: string,
): Promise<readonly Outcome[]> {
  const run = runOn(portableRunner({ jobEndpoint }));
  const results: Outcome[] = [];
  for (const [test, runCase] of Object.entries(cases)) {
    try {
      await runCase(run, expansion);
      results.push({ test });
    } catch (e) {
      results.push({ test, message: (e as { readonly message: string }).message });
    }
  }
  return results;
}

/** The example of the guide. */
async function example(python: string, jobEndpoint: string): Promise<Outcome> {
  const test = 'the example judges reviews in Python';
  const output = join(mkdtempSync(join(tmpdir(), 'strahl-example-')), 'moods.jsonl');
  const input = 'examples/data/reviews.jsonl';
  try {
    await moods.run({ input, output, python }, { runner: portableRunner({ jobEndpoint }) });
    const written = readFileSync(output, 'utf8');
    const wanted = '{"product":"toaster","mood":-2}\n';
    return written === wanted ? { test } : { test, message: `it wrote ${written}` };
  } catch (e) {
    return { test, message: (e as { readonly message: string }).message };
  }
}

/** Pipelines of Python with steps of ours. */
async function theirs(root: string, python: string, endpoint: string): Promise<readonly Outcome[]> {
  const service = await startExpansionService({ transforms: Object.values(offers) });
  try {
    const script = join(root, 'test/interop/cross-language/use_offers.py');
    const { stdout } = await promisify(execFile)(python, [script, endpoint, service.address]);
    const lines = stdout.split('\n').filter((line) => /^(ok|failed) /.test(line));
    if (lines.length === 0) return [{ test: 'use_offers.py', message: 'it ran no test' }];
    return lines.map((line): Outcome => {
      const [, test, message] = /^(?:ok|failed) ([^:]+)(?:: (.*))?$/.exec(line) ?? [];
      return { test: test ?? line, ...(message === undefined ? {} : { message }) };
    });
  } finally {
    await service.close();
  }
}
