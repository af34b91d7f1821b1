import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { runJobServer } from '#runners/portable/server/job-server.js';
import { fetchPython } from '../../scripts/interop/python-peer.js';
import { RUNNER_PEERS } from '../../scripts/interop/runner-peers.js';
import { absoluteCase, type Benchmark, type Case } from '../case.js';
import { cpuOf } from '../measure.js';

const LINES = 1_000_000;
const WORDS_OF_A_LINE = 4;
const VOCABULARY = 5_000;
const ROUNDS = 2;
/** CPU of the engine per element. */
const LIMIT_NS = 700;
const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, '.cache', 'job-server');

/** Pipelines of the Python SDK; the server runs in this process, so its CPU is the engine's, all else is Python's. */
export const jobServer: Benchmark = {
  name: 'job-server',
  about: 'the engine drives the Python SDK: word count of 1 M lines, grouping of 1 M elements',
  async run() {
    const python = fetchPython(ROOT, join(ROOT, 'test/interop/python/requirements.txt'));
    writeLines();
    const prism = await RUNNER_PEERS['Prism']!.start(join(ROOT, '.cache/interop'));
    const server = await runJobServer();
    const cases: Case[] = [];
    try {
      for (const work of ['words', 'group']) {
        const ours = await contestant(python, work, server.address);
        const others = [
          await contestant(python, work, prism.address),
          await contestant(python, work, 'local'),
        ];
        const cpu: number[] = [];
        const walls: number[][] = [[], [], []];
        for (let round = 0; round < ROUNDS; round++) {
          cpu.push((await cpuOf(async () => walls[0]!.push(await ours.run()))) / LINES);
          for (const [i, other] of others.entries()) walls[i + 1]!.push(await other.run());
        }
        for (const one of [ours, ...others]) one.stop();
        const [wall, ofPrism, ofLocal] = walls.map((times) => Math.min(...times));
        cases.push(absoluteCase(`${work} engine`, 'ns/element', Math.min(...cpu), LIMIT_NS));
        cases.push(wallCase(`${work} wall, Prism`, wall!, ofPrism!));
        cases.push(wallCase(`${work} wall, local`, wall!, ofLocal!));
      }
    } finally {
      await server.close();
      await prism.stop();
    }
    return cases;
  },
};

function wallCase(name: string, ours: number, peer: number): Case {
  return { case: name, unit: 's', ours, peer, limit: 1, bar: 'ratio', calibrated: false };
}

interface Contestant {
  /** Seconds of one run. */
  run(): Promise<number>;
  stop(): void;
}

/** A Python process that has run a small job. */
async function contestant(python: string, work: string, runner: string): Promise<Contestant> {
  const script = join(ROOT, 'benchmarks/cases/job-server.py');
  const child = spawn(python, [script, work, runner, FOLDER], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const next = async (): Promise<string> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`the Python of ${work} at ${runner} has ended`);
    return line.value;
  };
  await next();
  return {
    run: async () => {
      child.stdin.write('\n');
      return Number(await next());
    },
    stop: () => child.kill(),
  };
}

function writeLines(): void {
  if (existsSync(join(FOLDER, 'few.txt'))) return;
  mkdirSync(FOLDER, { recursive: true });
  let seed = 1;
  const word = (): string => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return `w${String((seed >>> 8) % VOCABULARY)}`;
  };
  const line = (): string => Array.from({ length: WORDS_OF_A_LINE }, word).join(' ');
  for (const [name, count] of [
    ['lines', LINES],
    ['few', 1_000],
  ] as const) {
    writeFileSync(
      join(FOLDER, `${name}.txt`),
      `${Array.from({ length: count }, line).join('\n')}\n`,
    );
  }
}
