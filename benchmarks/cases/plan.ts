import { planOf } from '#runners/direct/plan-of.js';
import { SystemEnv } from '#runners/direct/system-env.js';
import { HarnessWorld } from '#runners/direct/world.js';
import { InProcessConnection } from '#sdk/harness/in-process.js';
import { buildGraph } from '#sdk/translate/build-graph.js';
import { pipeline, type PCollection } from 'strahl';
import { absoluteCase, type Benchmark } from '../case.js';
import { cpuOf, timing } from '../measure.js';

const TRANSFORMS = 1000;
const ROUNDS = 7;

/** A chain that is all map, and one that shuffles every tenth step. */
export const plan: Benchmark = {
  name: 'plan',
  about: 'build, encode, decode, plan and compile 1,000 transforms',
  async run() {
    const samples: number[] = [];
    for (let round = 0; round < ROUNDS; round++)
      samples.push((await cpuOf(() => prepare(round))) / 1e6);
    return [
      absoluteCase('first-time', 'ms', samples[0] ?? NaN, 150),
      absoluteCase('again', 'ms', timing(samples.slice(1)).best, 150),
    ];
  },
};

async function prepare(round: number): Promise<void> {
  const chain = pipeline(`chain-${String(round)}`, (p) => {
    let numbers: PCollection<number, 'bounded', 'none'> = p.of([1]);
    for (let i = 0; i < TRANSFORMS; i++) {
      numbers = i % 10 === 9 ? numbers.reshuffle() : numbers.map((n) => n + 1);
    }
  });
  const { bytes, functions } = buildGraph(chain, {});
  const { stages, compactions } = planOf(bytes);
  const connection = new InProcessConnection({
    functions,
    clock: new HarnessWorld(new SystemEnv()),
  });
  const descriptors = stages.flatMap((stage) =>
    stage.kind === 'executable' ? [stage.descriptor] : [],
  );
  connection.register([...descriptors, ...compactions]);
  await connection.close();
}
