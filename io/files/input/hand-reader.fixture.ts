import { MACHINE_CLOCK, type MachineClock } from '#sdk/dofn/machine-clock.js';
import type { ReadContext, SourceSpec } from '#sdk/dofn/source.js';

/** Whoever sleeps gives the event loop one turn. */
const IMPATIENT: MachineClock = {
  now: () => 0,
  random: () => 0,
  sleep: () => new Promise((resolve) => setImmediate(resolve)),
};

/** What a source did when it was read by hand. */
export interface HandRead<T> {
  readonly elements: T[];
  readonly times: unknown[];
  readonly counters: Map<string, number>;
  /** Rests of restrictions, as a runner would get them back. */
  readonly rests: number;
}

/** How the reader plays the runner. */
export interface HandOptions {
  /** Claims granted before one is refused, so that the rest is read anew. Default: all. */
  readonly claimsPerBundle?: number;
  /** Bundles, by number, that fail after their last claim and are repeated. */
  readonly failing?: ReadonlySet<number>;
  readonly signal?: AbortSignal;
}

/**
 * Reads a whole source without an engine, bundle by bundle, and checks S1 to S3 on the way. For tests of
 * sources.
 */
export async function readByHand<T, R extends { readonly from: number; readonly to: number }>(
  source: SourceSpec<T, R>,
  options: HandOptions = {},
): Promise<HandRead<T>> {
  const read: { elements: T[]; times: unknown[]; counters: Map<string, number>; rests: number } = {
    elements: [],
    times: [],
    counters: new Map(),
    rests: 0,
  };
  const first = await source.initial({ now: () => 0 });
  const todo: R[] = [...((await source.split?.(first)) ?? [first])];
  for (let bundle = 0; todo.length > 0; bundle++) {
    const range = todo.shift() as R;
    const done = await readBundle(source, range, options);
    if (options.failing?.has(bundle) === true) {
      todo.unshift(range);
      continue;
    }
    read.elements.push(...done.elements);
    read.times.push(...done.times);
    for (const [name, n] of done.counters)
      read.counters.set(name, (read.counters.get(name) ?? 0) + n);
    for (const f of done.callbacks) await f();
    if (done.rest === undefined) continue;
    read.rests++;
    todo.unshift({ ...range, from: done.rest });
  }
  return read;
}

interface Bundle<T> {
  readonly elements: T[];
  readonly times: unknown[];
  readonly counters: Map<string, number>;
  readonly callbacks: (() => void | Promise<void>)[];
  /** Where the rest starts; undefined if there is none. */
  rest: number | undefined;
}

async function readBundle<T, R extends { readonly from: number; readonly to: number }>(
  source: SourceSpec<T, R>,
  range: R,
  { claimsPerBundle = Infinity, signal = new AbortController().signal }: HandOptions,
): Promise<Bundle<T>> {
  const done: Bundle<T> = {
    elements: [],
    times: [],
    counters: new Map(),
    callbacks: [],
    rest: undefined,
  };
  let claims = 0;
  let last = range.from - 1;
  const context: ReadContext<T> & { readonly [MACHINE_CLOCK]: MachineClock } = {
    [MACHINE_CLOCK]: IMPATIENT,
    claim(position) {
      if (position <= last)
        throw new RangeError(`claimed ${String(position)} after ${String(last)}`);
      last = position;
      if (position >= range.to) return false;
      if (claims++ < claimsPerBundle) return true;
      done.rest = position;
      return false;
    },
    emit(value, timestamp) {
      if (claims === 0 || done.rest !== undefined) throw new RangeError('emitted without a claim');
      done.elements.push(value);
      done.times.push(timestamp);
    },
    watermark: (t) => void done.counters.set('watermark', Number(t)),
    resumeAfter: () => (done.rest = last + 1),
    ready: () => undefined,
    now: () => 0,
    metrics: {
      counter: (name) => ({
        inc: (by = 1) => void done.counters.set(name, (done.counters.get(name) ?? 0) + by),
      }),
      distribution: () => ({ update: () => undefined }),
      gauge: () => ({ set: () => undefined }),
      stringSet: () => ({ add: () => undefined }),
      boundedTrie: () => ({ add: () => undefined }),
      histogram: () => ({ update: () => undefined }),
    },
    signal,
    onBundleCommitted: (f) => void done.callbacks.push(f),
  };
  await source.read(range, context);
  return done;
}
