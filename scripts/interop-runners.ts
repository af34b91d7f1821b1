/**
 * The validates-runner suite through the portable client: `interop-runners.ts Prism|Flink [--results FILE] [TEST-FILE …]`.
 * A peer that dies is started anew. Tests of what the peer lacks are listed in `test/interop/runners/`, each with what
 * the peer says or does; a listed test that passes is a problem, too. Without a peer nothing passes.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lacksIn, type Lack } from './interop/lacks.js';
import type { Peer } from './interop/peer-process.js';
import { RUNNER_PEERS, type RunnerPeer } from './interop/runner-peers.js';
import { runSuiteFile, suiteFiles, type Outcome } from './interop/validates-runner.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const cache = join(root, '.cache/interop');

/** The suite on one peer. */
class SuiteRun {
  readonly problems: string[] = [];
  passed = 0;
  lacking = 0;
  readonly #runner: RunnerPeer;
  readonly #lacks: ReadonlyMap<string, Lack>;
  #peer: Peer;

  constructor(runner: RunnerPeer, lacks: ReadonlyMap<string, Lack>, peer: Peer) {
    this.#runner = runner;
    this.#lacks = lacks;
    this.#peer = peer;
  }

  async file(file: string): Promise<void> {
    const own = [...this.#lacks].filter(([test]) => test.startsWith(`${file} › `));
    const without = own.filter(([, lack]) => lack === 'left').map(([test]) => titleOf(test));
    const outcomes = await this.#run(file, { without });
    this.lacking += without.length;
    if (outcomes === undefined) {
      this.problems.push(`${file} did not run`);
      return;
    }
    for (const [test, lack] of own) {
      if (lack === 'left' || outcomes.some(({ name }) => name === test)) continue;
      this.problems.push(`${test} is on the list and no test`);
    }
    const failed = outcomes.filter(({ passed, name }) => !passed && !this.#lacks.has(name));
    // A busy machine and a peer that an earlier test has upset are no answer: once more, on a fresh peer.
    const again = failed.length === 0 ? [] : await this.#again(file, failed);
    for (const outcome of outcomes) {
      this.#count(again.find(({ name }) => name === outcome.name) ?? outcome);
    }
    const passed = outcomes.filter((o) => o.passed).length;
    const late = again.filter((o) => o.passed).map(({ name }) => titleOf(name));
    const second = late.length === 0 ? '' : `, and at the second try: ${late.join('; ')}`;
    console.log(`${file}: ${String(passed)} passed${second}`);
  }

  async #again(file: string, failed: readonly Outcome[]): Promise<readonly Outcome[]> {
    await this.#peer.stop();
    return (await this.#run(file, { only: failed.map(({ name }) => titleOf(name)) })) ?? [];
  }

  async #run(
    file: string,
    choice: Parameters<typeof runSuiteFile>[4],
  ): Promise<readonly Outcome[] | undefined> {
    if (!this.#peer.isAlive()) this.#peer = await this.#runner.start(cache);
    const outcomes = runSuiteFile(root, file, this.#runner, this.#peer, choice);
    // A job that never ends may keep the peer from others.
    if (outcomes?.some(({ message }) => message.includes('Exceeded timeout')) !== false) {
      await this.#peer.stop();
    }
    return outcomes;
  }

  #count({ name, passed, message }: Outcome): void {
    const lack = this.#lacks.get(name);
    if (passed && lack === 'fails') this.problems.push(`${name} passes: take it off the list`);
    if (!passed && lack === undefined) this.problems.push(`${name} failed: ${message}`);
    if (passed) this.passed++;
    else if (lack !== undefined) this.lacking++;
  }

  stop(): Promise<void> {
    return this.#peer.stop();
  }
}

function titleOf(test: string): string {
  return test.slice(test.indexOf(' › ') + 3);
}

async function main(name: string, files: readonly string[], results?: string): Promise<number> {
  const runner = RUNNER_PEERS[name]!;
  mkdirSync(cache, { recursive: true });
  const write = (passed: number, failed: number): void => {
    if (results !== undefined) writeFileSync(results, JSON.stringify({ passed, failed }));
  };
  // What does not get as far as this has failed.
  write(0, 1);
  const lacks = lacksIn(join(root, 'test/interop/runners', `${name.toLowerCase()}-lacks.txt`));
  const run = new SuiteRun(runner, lacks, await runner.start(cache));
  try {
    for (const file of files.length > 0 ? files : suiteFiles(root)) await run.file(file);
  } finally {
    await run.stop();
  }
  const { passed, lacking, problems } = run;
  for (const problem of problems) console.log(problem);
  const counts = [`${String(passed)} passed`, `${String(lacking)} lacking in the peer`];
  console.log(`${name}: ${counts.join(', ')}, ${String(problems.length)} problems`);
  const isGood = problems.length === 0 && passed > 0;
  write(passed, isGood ? 0 : Math.max(1, problems.length));
  return isGood ? 0 : 1;
}

const { values, positionals } = parseArgs({
  options: { results: { type: 'string' } },
  allowPositionals: true,
});
const [name = '', ...files] = positionals;
if (Object.hasOwn(RUNNER_PEERS, name)) {
  process.exitCode = await main(name, files, values.results);
} else {
  console.error(`interop-runners.ts ${Object.keys(RUNNER_PEERS).join('|')} [TEST-FILE …]`);
  process.exitCode = 2;
}
