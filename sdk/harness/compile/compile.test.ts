// What a bug here looks like: a pipeline gives other results where `new Function` is forbidden.
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { transformId } from '#portability/model/ids.js';
import type { Transform } from '#portability/model/graph.js';
import { duration, type EventTime } from '#portability/model/time.js';
import { stamp } from '../../dofn/stamped.js';
import { CallOperator, type CallSetting } from '../operators/call-operator.js';
import { Operator } from '../operators/operator.js';
import { PartitionOperator, TimestampOperator } from '../operators/routing-operators.js';
import { SpreadOperator } from '../operators/spread-operator.js';
import { WindowOperator } from '../operators/window-operator.js';
import { RunningStage } from '../stage/running-stage.js';
import { Step } from '../steps/step.js';
import { windowAssigner } from '../windows/assign-windows.js';
import { closures, fanOut } from './closures.js';
import { mayGenerate } from '#portability/may-generate.js';
import { generate } from './generated.js';
import type { RangeLoop, StageNode, Template } from './node.js';
import { sourceText } from './source-text.js';

type Link =
  | { readonly kind: 'add' | 'odd' | 'later' | 'spread' | 'generate' | 'stamp' | 'retime' }
  | { readonly kind: 'window'; readonly size: number; readonly period: number }
  | { readonly kind: 'partition' | 'throw' | 'observe' };

const transform = (name: string): Transform => ({
  id: transformId(name),
  uniqueName: name,
  subtransforms: [],
  inputs: new Map(),
  outputs: new Map(),
  displayData: [],
  annotations: new Map(),
});

class Collector extends Operator {
  readonly seen: unknown[] = [];
  override process(x: unknown): void {
    const { timestamp, windows } = this.stage;
    this.seen.push([x, timestamp, windows.map((w) => w.maxTimestamp)]);
  }
}

const CALLS: Record<string, readonly [Template, (x: number, ...rest: never[]) => unknown]> = {
  add: ['map', (x) => x + 1],
  odd: ['filter', (x) => x % 2 !== 0],
  later: ['map', (x) => (x % 3 === 0 ? Promise.resolve(x) : x)],
  spread: ['spread', (x) => (x % 5 === 0 ? undefined : [x, x * 10])],
  stamp: ['spread', (x) => [stamp(x, 1_000 + x)]],
  throw: ['map', failsAtForty],
};

function failsAtForty(x: number): number {
  if (x === 40) throw new RangeError('forty');
  return x;
}

function* twice(x: number): Iterable<number> {
  yield x;
  yield -x;
}

function nodeOf(link: Link, slot: number, stage: RunningStage, last: number): StageNode {
  const step = new Step(transform(`step ${String(slot)}`));
  const setting: CallSetting = {
    stage,
    step,
    log: { debug() {}, info() {}, warn() {}, error() {} },
    sides: undefined,
    concurrency: 2,
    ordered: true,
  };
  const node = (template: Template, operator: Operator, explodes = false): StageNode => ({
    template,
    operator,
    explodes,
    sides: false,
    targets: [[Math.min(slot + 1, last)]],
  });
  switch (link.kind) {
    case 'window': {
      const size = duration(link.size);
      const fn = {
        kind: 'sliding',
        size,
        period: duration(link.period),
        offset: duration(0),
      } as const;
      return node(
        'window-into',
        new WindowOperator(stage, step, (known) => windowAssigner(fn, new Map(), known)),
      );
    }
    case 'partition': {
      const partition = node('partition', new PartitionOperator(setting, (x: number) => x & 1, 2));
      // The second output skips a step: its consumer has two producers.
      return { ...partition, targets: [[slot + 1], [Math.min(slot + 2, last)]] };
    }
    case 'retime':
      return node(
        'with-timestamps',
        new TimestampOperator(setting, (x: number) => 5_000 + x, duration(0)),
      );
    case 'observe': {
      const observe = (x: number, c: { window: { maxTimestamp: number } }): number =>
        x + (c.window.maxTimestamp % 7);
      return node('map', new CallOperator(setting, observe), true);
    }
    case 'generate':
      return node('spread', new SpreadOperator(setting, twice));
    default: {
      const [template, call] = CALLS[link.kind]!;
      const Class = template === 'spread' ? SpreadOperator : CallOperator;
      return node(template, new Class(setting, call));
    }
  }
}

/** `looped`: generated, and each element comes from the loop of a root, which holds calls in its body. */
type Mode = 'generated' | 'looped' | 'closures';

async function run(links: readonly Link[], xs: readonly number[], mode: Mode) {
  const stage = new RunningStage();
  const last = links.length + 1;
  const collector = new Collector(stage, new Step(transform('collector')));
  const plain = { operator: collector, explodes: false, sides: false };
  const nodes: StageNode[] = [
    { ...plain, template: 'sequence', targets: [[1]] },
    ...links.map((link, i) => nodeOf(link, i + 1, stage, last)),
    { ...plain, template: 'operator', targets: [] },
  ];
  const code = (mode === 'closures' ? closures : generate(nodes))(stage, nodes);
  for (const [slot, { operator, targets }] of nodes.entries()) {
    operator.connect(targets.map((slots) => fanOut(slots.map((t) => code.nodes[t]!))));
    if (operator instanceof CallOperator) operator.install(code.calls[slot]!);
  }
  try {
    for (const x of xs) {
      stage.timestamp = x as EventTime;
      if (mode === 'looped') (code.loops[0] as RangeLoop)(x, x + 1);
      else code.nodes[1]!(x);
      while (stage.blocked > 0) await stage.wait();
    }
    for (const { operator } of nodes) await operator.finishBundle();
  } catch (e) {
    return (e as Error).message;
  }
  return collector.seen;
}

const link: fc.Arbitrary<Link> = fc.oneof(
  fc.constantFrom<Link>(
    { kind: 'add' },
    { kind: 'odd' },
    { kind: 'later' },
    { kind: 'spread' },
    { kind: 'generate' },
    { kind: 'stamp' },
    { kind: 'retime' },
    { kind: 'partition' },
    { kind: 'throw' },
    { kind: 'observe' },
  ),
  fc.record({
    kind: fc.constant('window' as const),
    size: fc.constantFrom(10, 25),
    period: fc.constantFrom(5, 10, 40),
  }),
);

describe('a compiled stage', () => {
  it('runs identically as a generated function, in a loop of it, and as closures', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(link, { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 }),
        async (links, xs) => {
          const expected = await run(links, xs, 'closures');
          expect(await run(links, xs, 'generated')).toEqual(expected);
          expect(await run(links, xs, 'looped')).toEqual(expected);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps the order of elements when only some calls are asynchronous', async () => {
    const xs = Array.from({ length: 20 }, (_, i) => i);
    for (const mode of ['generated', 'looped', 'closures'] as const) {
      const seen = await run([{ kind: 'later' }, { kind: 'add' }], xs, mode);
      expect((seen as unknown[][]).map(([x]) => x)).toEqual(xs.map((x) => x + 1));
    }
  });

  it('takes nothing but integers and words of its own into its source', () => {
    const text = sourceText([
      { template: 'sequence', explodes: false, sides: false, targets: [[1]] },
      { template: 'filter', explodes: false, sides: false, targets: [[2]] },
      { template: 'map', explodes: true, sides: true, targets: [[3, 4]] },
      { template: 'spread', explodes: false, sides: false, targets: [[4]] },
      { template: 'operator', explodes: false, sides: false, targets: [] },
    ]);
    expect(text).not.toMatch(/["'`](?!use strict|object|function)[A-Za-z]/);
    expect(() =>
      sourceText([
        { template: 'map', explodes: false, sides: false, targets: [['0);evil('] as never] },
      ]),
    ).toThrow(RangeError);
  });

  it('may be generated in this process', () => {
    expect(mayGenerate()).toBe(true);
  });
});
