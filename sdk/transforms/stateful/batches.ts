import { StrahlError } from '#portability/errors.js';
import type { EventTime } from '#portability/model/time.js';
import type { Window } from '#portability/model/windows.js';
import type { Context, DoFn, Stamped } from '../../dofn/dofn.js';
import { stamp } from '../../dofn/stamped.js';
import { listOf } from '../../graph/coder-choice.js';
import type { CollectionNode } from '../../graph/graph-node.js';
import { checkOptionNames } from '../../graph/option-names.js';
import { processStep } from '../elements.js';
import type { StepInput } from '../par-do.js';

/**
 * How many elements `batchElements` puts together.
 *
 * @example
 * ```ts
 * import type { BatchSizes, PCollection } from 'strahl';
 * const sizes: BatchSizes = { min: 16, max: 256 };
 * const batches = (texts: PCollection<string>) => texts.batchElements(sizes);
 * ```
 */
export interface BatchSizes {
  /** Of the first list of an instance; the following ones are twice as long each. Default 1. */
  readonly min?: number;
  /** Of any list. Default 1,000. */
  readonly max?: number;
}

const MIN = 1;
const MAX = 1_000;

export function batchElementsStep(input: StepInput, o: BatchSizes): CollectionNode {
  const name = 'batchElements';
  checkOptionNames(input.graph, name, o, ['min', 'max']);
  const { min = MIN, max = MAX } = o;
  const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 1;
  if (!isSize(min) || !isSize(max) || min > max) {
    throw new StrahlError('badValue', {
      title: `batchElements is given min ${String(min)} and max ${String(max)}`,
      ...input.graph.where(name),
      fix: 'give whole numbers of at least 1, min not greater than max',
    });
  }
  const batches = processStep(input, () => new ElementBatches(min, max), undefined, name);
  batches.coder = listOf(input.main.coder);
  return batches;
}

interface Batch {
  readonly window: Window;
  readonly values: unknown[];
  /** The latest of the values. */
  timestamp: EventTime;
}

/** Lists of elements of one bundle and window; a list has the time of its latest element. */
class ElementBatches implements DoFn<unknown, readonly unknown[]> {
  #size: number;
  readonly #max: number;
  /** Of the bundle; equal windows need not be the same object. */
  #open = new Map<unknown, Batch>();

  constructor(min: number, max: number) {
    this.#size = min;
    this.#max = max;
  }

  /** A bundle that failed has left things behind. */
  startBundle(): void {
    this.#open = new Map();
  }

  element(x: unknown, { timestamp, window }: Context): Stamped<readonly unknown[]>[] | undefined {
    const id = idOf(window);
    let batch = this.#open.get(id);
    if (batch === undefined) this.#open.set(id, (batch = { window, values: [], timestamp }));
    batch.values.push(x);
    if (timestamp > batch.timestamp) batch.timestamp = timestamp;
    if (batch.values.length < this.#size) return undefined;
    this.#size = Math.min(this.#size * 2, this.#max);
    this.#open.delete(id);
    return [stamp(batch.values, batch.timestamp)];
  }

  finishBundle(): Stamped<readonly unknown[]>[] {
    const open = [...this.#open.values()];
    this.#open = new Map();
    return open.map(({ window, values, timestamp }) => stamp(values, timestamp, window));
  }
}

function idOf(window: Window): unknown {
  return window.kind === 'interval' ? `${String(window.start)} ${String(window.end)}` : window;
}
