import type { Counted } from '#portability/coders/counted.js';
import type { KV } from '../../dofn/dofn.js';
import type { CombineFnSpec } from '../../dofn/user-function.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import { CombineTable, type CombineTableSetting } from './combine-table.js';
import { Operator } from '../operators/operator.js';
import { isKeyError } from '../operators/sink-operator.js';

/** Entries that leave before the clock is read. */
const FLUSHED_AT_ONCE = 4096;

export interface PrecombineSetting extends Omit<CombineTableSetting, 'evict'> {
  /** Whether each accumulator says how many elements are in it. */
  readonly counted: boolean;
}

function counts(value: unknown, count: number): Counted<unknown> {
  return { count, value };
}

/** Combines values per key as far as the bundle goes, before the shuffle. */
export class PrecombineOperator extends Operator {
  readonly #table: CombineTable;
  /** The step that made the keys: it is at fault when one cannot be a key. */
  readonly #keyProducer: Step;

  constructor(
    stage: RunningStage,
    step: Step,
    { counted, ...setting }: PrecombineSetting,
    keyProducer: Step,
  ) {
    super(stage, step);
    this.#keyProducer = keyProducer;
    this.#table = new CombineTable({
      ...setting,
      evict: (key, accumulator, timestamp, of, count) => {
        const before = stage.timestamp;
        const { windows } = stage;
        stage.timestamp = timestamp;
        stage.windows = of;
        this.emits[0]!([key, counted ? counts(accumulator, count) : accumulator]);
        stage.timestamp = before;
        stage.windows = windows;
      },
    });
  }

  override process(x: unknown): void {
    // Read by index: taking an array apart by pattern goes through its iterator.
    const pair = x as KV<unknown, unknown>;
    this.add(pair[0], pair[1]);
  }

  /** What compiled code calls with the two parts of a pair. */
  add(key: unknown, value: unknown): void {
    const { stage } = this;
    try {
      if (stage.windows.length > 0) this.#table.add(key, value, stage);
    } catch (e) {
      throw (isKeyError(e) ? this.#keyProducer : this.step).wrap(e, { value: [key, value] });
    }
  }

  /** Others have their turn in between: a full table takes longer than they should wait. */
  override finishBundle(): void | Promise<void> {
    const { bundle } = this.stage;
    while (this.#table.flushSome(FLUSHED_AT_ONCE)) {
      if (bundle.sliceIsOver()) {
        return bundle.breathe().then(() => {
          bundle.throwIfAborted();
          return this.finishBundle();
        });
      }
    }
    this.#table.flush();
  }
}

/** The steps of a combine behind the shuffle: each answers one pair with one pair. */
export type CombineStep =
  | 'combine-merge-accumulators'
  | 'combine-extract-outputs'
  | 'combine-convert-to-accumulators'
  | 'combine-grouped-values';

export class CombineOperator extends Operator {
  readonly #apply: (value: unknown) => unknown;

  /** `counted`: of accumulators of single values, whether each says so. */
  constructor(
    stage: RunningStage,
    step: Step,
    fn: CombineFnSpec,
    kind: CombineStep,
    counted = false,
  ) {
    super(stage, step);
    const apply = applying(fn, kind);
    this.#apply = counted ? (value) => counts(apply(value), 1) : apply;
  }

  override process(x: unknown): void {
    const pair = x as KV<unknown, unknown>;
    let result: unknown;
    try {
      result = this.#apply(pair[1]);
    } catch (e) {
      throw this.step.wrap(e, { value: x });
    }
    this.emits[0]!([pair[0], result]);
  }
}

function applying(fn: CombineFnSpec, kind: CombineStep): (value: unknown) => unknown {
  switch (kind) {
    case 'combine-extract-outputs':
      return (accumulator) => fn.extract(accumulator);
    case 'combine-convert-to-accumulators':
      return (value) => fn.add(fn.create(), value);
    case 'combine-merge-accumulators':
      return (accumulators) => {
        let merged: unknown;
        let first = true;
        for (const accumulator of accumulators as Iterable<unknown>) {
          merged = first ? accumulator : fn.merge(merged, accumulator);
          first = false;
        }
        if (first) merged = fn.create();
        return fn.compact === undefined ? merged : fn.compact(merged);
      };
    case 'combine-grouped-values':
      return (values) => {
        let accumulator = fn.create();
        for (const value of values as Iterable<unknown>) accumulator = fn.add(accumulator, value);
        return fn.extract(accumulator);
      };
  }
}
