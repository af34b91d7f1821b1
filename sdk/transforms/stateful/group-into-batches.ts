import { StrahlError } from '#portability/errors.js';
import type { Context } from '../../dofn/dofn.js';
import { stateOf, type BagState, type ReadAtOnce, type ValueState } from '../../dofn/state.js';
import type { Timer } from '../../dofn/timers.js';
import { durationOf, type DurationLike } from '../../duration.js';
import { kvOf, listOf, PLAIN, PLAIN_KEY, type CoderChoice } from '../../graph/coder-choice.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { checkOptionNames } from '../../graph/option-names.js';
import { keyedCoder } from '../checks.js';
import { parDoOne, type StepInput } from '../par-do.js';
import { statefulStep } from './stateful.js';
import { eventTimer, processingTimer } from './timers.js';

/**
 * When a list of `groupIntoBatches` is complete: as soon as one limit is reached, or the window ends.
 *
 * @example
 * ```ts
 * import type { GroupIntoBatchesOptions, Keyed } from 'strahl';
 * const small: GroupIntoBatchesOptions = { size: 100, wait: '2s' };
 * const batches = (rows: Keyed<string, string>) => rows.groupIntoBatches(small);
 * ```
 */
export interface GroupIntoBatchesOptions {
  /** Values. */
  readonly size?: number;
  /** Bytes of the values, encoded by their coder. */
  readonly bytes?: number;
  /** By the clock, since the first value. */
  readonly wait?: DurationLike;
  /**
   * Spreads each key over so many lists at a time, so that a frequent key is no bottleneck. `true`: 16.
   * Default: one.
   */
  readonly sharded?: boolean | number;
}

/** As many as spread a key over the cores of a machine. */
const SHARDS = 16;

interface Limits {
  readonly size: number;
  readonly bytes: number;
  readonly waitMs: number;
}

export function groupIntoBatchesStep(input: StepInput, o: GroupIntoBatchesOptions): CollectionNode {
  const { graph, main } = input;
  const name = 'groupIntoBatches';
  graph.use(main, name);
  checkOptionNames(graph, name, o, ['size', 'bytes', 'wait', 'sharded']);
  const { key, value } = keyedCoder(graph, main, name);
  const limits = limitsOf(input, o, name);
  const shards = shardsOf(input, o.sharded, name);
  return graph.inside({ name, inputs: { in: main } }, (composite) => {
    const spread = shards === 1 ? main : shardedPairs(input, shards);
    const step = batching(limits, value);
    const batches = statefulStep({ graph, main: spread }, step, undefined, 'batch');
    batches.coder = kvOf(keyedCoder(graph, spread, name).key, listOf(value));
    const result = shards === 1 ? batches : wholeKeys({ graph, main: batches });
    result.coder = kvOf(key, listOf(value));
    return graph.expose(composite, 'out', result);
  });
}

interface States {
  readonly batch: BagState<unknown>;
  readonly size: ValueState<number>;
  readonly bytes: ValueState<number>;
}

interface Batching extends Context {
  readonly key: unknown;
  readonly state: States;
  readonly timers: { readonly end: Timer; readonly late: Timer };
}

/**
 * Values wait in a bag. The timer of the clock holds the watermark at the first of them; the end of the window
 * needs no hold, since what it emits is not earlier.
 */
function batching(
  { size, bytes, waitMs }: Limits,
  coder: CoderChoice,
): Parameters<typeof statefulStep>[1] {
  const counter = (): unknown => stateOf({ kind: 'value', value: PLAIN, initial: 0 });
  const sizes = new ByteSizes(Number.isFinite(bytes), coder);
  const waits = Number.isFinite(waitMs);
  return {
    state: { batch: stateOf({ kind: 'bag', value: coder }), size: counter(), bytes: counter() },
    timers: { end: eventTimer(), late: processingTimer() },
    element: (value: unknown, c: Batching) =>
      sizes.ready((bytesOf) => {
        const { state, timers } = c;
        const isFirst = state.size.read() === 0;
        state.batch.add(value);
        state.size.write(state.size.read() + 1);
        if (bytesOf !== undefined) state.bytes.write(state.bytes.read() + bytesOf(value));
        if (state.size.read() >= size || state.bytes.read() >= bytes) {
          timers.end.clear();
          if (waits) timers.late.clear();
          return emitted(c);
        }
        if (isFirst) timers.end.at(c.window.maxTimestamp);
        if (isFirst && waits) timers.late.after(waitMs);
        return undefined;
      }),
    // What has fired is not cleared: to some runners a clear of a timer that is not set is a timer.
    onTimer: {
      end: (c: Batching) => {
        if (waits) c.timers.late.clear();
        return emitted(c);
      },
      late: (c: Batching) => {
        c.timers.end.clear();
        return emitted(c);
      },
    },
  };
}

type BytesOf = (value: unknown) => number;

/** Loads the coder with the first element: to build a pipeline needs none. */
class ByteSizes {
  readonly #areAsked: boolean;
  readonly #coder: CoderChoice;
  #bytesOf: BytesOf | undefined;

  constructor(areAsked: boolean, coder: CoderChoice) {
    this.#areAsked = areAsked;
    this.#coder = coder;
  }

  ready<R>(use: (bytesOf: BytesOf | undefined) => R): R | Promise<R> {
    if (!this.#areAsked || this.#bytesOf !== undefined) return use(this.#bytesOf);
    return import('../../translate/encoded-size.js').then(({ encodedSize }) =>
      use((this.#bytesOf = encodedSize(this.#coder))),
    );
  }
}

/** The batch, at once where its values are at hand: what comes for the key behind it has to wait else. */
function emitted(c: Batching): readonly unknown[] | AsyncIterable<unknown> {
  const values = (c.state.batch as Partial<ReadAtOnce>).atOnce?.();
  return values === undefined ? awaited(c) : taken(c, values);
}

async function* awaited(c: Batching): AsyncIterable<unknown> {
  const values: unknown[] = [];
  for await (const value of c.state.batch) values.push(value);
  yield* taken(c, values);
}

function taken({ key, state }: Batching, values: readonly unknown[]): readonly unknown[] {
  state.batch.clear();
  state.size.clear();
  state.bytes.clear();
  return values.length > 0 ? [[key, values]] : [];
}

/** In turn, so that the lists of a key fill alike. */
function shardedPairs(input: StepInput, shards: number): CollectionNode {
  const { key, value } = keyedCoder(input.graph, input.main, 'groupIntoBatches');
  let next = 0;
  return parDoOne(input, {
    name: 'shard',
    fn: (fields) => ({
      kind: 'map',
      call: ([k, v]: readonly [unknown, unknown]) => [[k, next++ % shards], v],
      ...fields,
    }),
    coder: kvOf(kvOf(key, PLAIN_KEY), value),
  });
}

function wholeKeys(input: StepInput): CollectionNode {
  return parDoOne(input, {
    name: 'unshard',
    fn: (fields) => ({
      kind: 'map',
      call: ([[k], values]: readonly [readonly [unknown, number], unknown]) => [k, values],
      ...fields,
    }),
    coder: PLAIN,
  });
}

function shardsOf(
  input: StepInput,
  sharded: GroupIntoBatchesOptions['sharded'],
  name: string,
): number {
  if (typeof sharded === 'boolean' || sharded === undefined) return sharded === true ? SHARDS : 1;
  return checked(input, name, 'sharded', sharded);
}

function limitsOf(input: StepInput, o: GroupIntoBatchesOptions, name: string): Limits {
  if (o.size === undefined && o.bytes === undefined && o.wait === undefined) {
    throw new StrahlError('badValue', {
      title: `${name} is given no limit`,
      ...input.graph.where(name),
      fix: "say when a list is complete: { size: 100 }, { bytes: 1e6 } or { wait: '10s' }",
    });
  }
  const { site } = input.graph;
  const waitMs = o.wait === undefined ? Infinity : durationOf(o.wait, `wait of ${name}`, site);
  return {
    size: o.size === undefined ? Infinity : checked(input, name, 'size', o.size),
    bytes: o.bytes === undefined ? Infinity : checked(input, name, 'bytes', o.bytes),
    waitMs: waitMs === Infinity ? waitMs : checked(input, name, 'wait', waitMs),
  };
}

function checked({ graph }: StepInput, name: string, option: string, n: number): number {
  if (Number.isSafeInteger(n) && n >= 1) return n;
  throw new StrahlError('badValue', {
    title: `${option} of ${name} is ${String(n)}`,
    ...graph.where(name),
    fix: 'give a whole number of at least 1',
  });
}
