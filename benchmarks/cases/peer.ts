import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ratioCase, type Benchmark, type Case } from '../case.js';
import { cpuOf, timing, type Timing } from '../measure.js';
import { pollute } from '../pollute.js';
import { ours as chainOfOurs } from './chain.js';
import { ours as groupOfOurs } from './group.js';
import { stringKeys } from './keys.js';

const ELEMENTS = 1_000_000;
const ROUNDS = 3;
const PACKAGE = 'apache-beam@2.49.0';
const FOLDER = join(import.meta.dirname, '..', '..', '.cache', 'peer');

/**
 * Beam's own TypeScript SDK on its direct runner, in a process of its own and never part of our
 * dependencies. Its functions are serialised, so the script holds its numbers as literals.
 */
export const peer: Benchmark = {
  name: 'peer',
  about: 'the chain and the grouping at 1 M elements, against npm apache-beam 2.49.0',
  async run() {
    install();
    await pollute();
    const keys = stringKeys(100_000);
    const ours = { chain: [] as number[], group: [] as number[] };
    const theirs = { chain: [] as number[], group: [] as number[] };
    const weigh = (v: number): number => v;
    await chainOfOurs(ELEMENTS);
    for (let round = 0; round < ROUNDS; round++) {
      ours.chain.push((await cpuOf(() => chainOfOurs(ELEMENTS))) / ELEMENTS);
      ours.group.push(
        (await cpuOf(() => groupOfOurs(ELEMENTS, keys, (n) => n & 1023, weigh))) / ELEMENTS,
      );
      const run = runPeer();
      theirs.chain.push(run.chain);
      theirs.group.push(run.group);
    }
    const cases: Case[] = [];
    const add = (name: 'chain' | 'group', limit: number): void => {
      const result: { ours: Timing; peer: Timing } = {
        ours: timing(ours[name]),
        peer: timing(theirs[name]),
      };
      cases.push(ratioCase(name, 'ns/element', result, limit, 'speedup'));
    };
    add('chain', 15);
    add('group', 8);
    return cases;
  },
};

function install(): void {
  if (existsSync(join(FOLDER, 'node_modules', 'apache-beam'))) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify({ name: 'peer', private: true }));
  const arguments_ = ['install', '--no-audit', '--no-fund', '--ignore-scripts', PACKAGE];
  const npm = spawnSync('npm', arguments_, { cwd: FOLDER, stdio: 'ignore' });
  if (npm.status !== 0) throw new Error(`npm could not install ${PACKAGE}`);
}

const SCRIPT = `
const beam = require('apache-beam');
const { directRunner } = require('apache-beam/runners/direct_runner');
globalThis.total = 0;
const cpu = async (run) => {
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  return ((user + system) * 1000) / 1000000;
};
(async () => {
  const chain = await cpu(() => directRunner().run((root) => {
    root.apply(beam.impulse())
      .flatMap(function* source() { for (let n = 0; n < 1000000; n++) yield n; })
      .map((n) => ({ id: n, value: (n * 7) % 1000 }))
      .flatMap((x) => (x.value !== 3 ? [x] : []))
      .map((x) => ({ id: x.id, value: x.value + 1 }))
      .flatMap((x) => ((x.id & 1) === 0 ? [x] : []))
      .map((x) => { globalThis.total += x.value; return 0; });
  }));
  const group = await cpu(() => directRunner().run((root) => {
    root.apply(beam.impulse())
      .flatMap(function* source() {
        for (let n = 0; n < 1000000; n++) yield { k: 'user-' + ((n * 7919) % 100000), v: n & 1023 };
      })
      .apply(beam.groupBy('k'))
      .map(function sumUp(kv) { for (const x of kv.value) globalThis.total += x.v; return 0; });
  }));
  console.log(JSON.stringify({ chain, group }));
})();
`;

function runPeer(): { readonly chain: number; readonly group: number } {
  const script = join(FOLDER, 'run.cjs');
  writeFileSync(script, SCRIPT);
  const child = spawnSync(process.execPath, [script], { cwd: FOLDER, encoding: 'utf8' });
  const line = child.stdout.trim().split('\n').at(-1) ?? '';
  if (child.status !== 0) throw new Error(`the peer failed: ${child.stderr.slice(-500)}`);
  return JSON.parse(line) as { chain: number; group: number };
}
