import type { Window } from '#portability/model/windows.js';
import type { BundleContext, Context, DoFn, Stamped } from '#sdk/dofn/dofn.js';
import { stamp } from '#sdk/dofn/stamped.js';
import { HOWEVER_LATE } from './late-commit.js';
import type { OutputFormat, PartWriter } from './output-format.js';
import type { OutputName } from './output-name.js';
import type { TempSpace } from './temp-space.js';

/** A finished file of one bundle, not yet where users look for it. */
export interface Part {
  readonly windowPart: string;
  readonly shard: number;
  readonly file: string;
  /** Position of the bundle among those of its process. */
  readonly order: number;
}

/** Elements held in memory before all open parts are flushed, in bytes. */
const MAX_HELD_BYTES = 1024 * 1024;
let bundles = 0;

/**
 * Writes each bundle's elements to files of its own, one per window and shard, and emits their names at the
 * end of the bundle. Files are opened only to append, so that any number of windows needs no descriptor.
 *
 *   W1. A bundle that does not commit leaves no file: its instance removes them when it is torn down. Only where
 *       others do the work too, what is complete and was not heard of again stays.
 */
export class WriteParts<T> implements DoFn<T, Part> {
  readonly #name: OutputName;
  readonly #format: OutputFormat<T>;
  readonly #space: TempSpace;
  #open: Map<string, OpenPart<T>> = new Map();
  #held = 0;
  #records = 0;
  #next = 0;
  /** Files of the bundle that runs, and of those that wait for their commit (W1). */
  #current: string[] | undefined;
  readonly #waiting: Set<readonly string[]> = new Set();
  #window: Window | undefined;
  #last: readonly OpenPart<T>[] = [];

  constructor(name: OutputName, format: OutputFormat<T>, space: TempSpace) {
    this.#name = name;
    this.#format = format;
    this.#space = space;
  }

  setup(): void {
    this.#space.enter();
  }

  startBundle(c: BundleContext): void {
    this.#space.watch(c.signal);
    this.#current = [];
    this.#forget();
  }

  element(value: T, c: Context): void {
    this.#records++;
    // Elements of one window often follow each other: the shards of the last one are kept at hand.
    if (c.window !== this.#window) {
      this.#last = this.#partsOf(c.window);
      this.#window = c.window;
    }
    const part = this.#last[this.#next];
    this.#next = this.#next + 1 < this.#last.length ? this.#next + 1 : 0;
    this.#held += part?.writer.add(value) ?? 0;
    if (part !== undefined) part.used = true;
    if (this.#held > MAX_HELD_BYTES) this.#flush();
  }

  finishBundle(c: BundleContext): readonly Stamped<Part>[] {
    this.#flush();
    if (this.#records > 0) c.metrics.counter('records_written').inc(this.#records);
    this.#records = 0;
    const order = bundles++;
    const parts = [...this.#open.values()].filter((part) => part.used);
    this.#forget();
    const own = this.#current ?? [];
    this.#current = undefined;
    this.#waiting.add(own);
    c.onBundleCommitted(() => {
      this.#waiting.delete(own);
    }, HOWEVER_LATE);
    return parts.map(({ windowPart, shard, file, window }) =>
      stamp({ windowPart, shard, file, order }, window.maxTimestamp, window),
    );
  }

  teardown(): void {
    const failed = this.#current !== undefined || this.#waiting.size > 0;
    // Where others do the work too, a runner that goes may have committed what it never told of.
    const waiting = this.#space.isShared ? [] : this.#waiting;
    for (const files of [this.#current ?? [], ...waiting]) {
      for (const file of files) this.#space.remove(file);
    }
    this.#space.leave(failed);
  }

  #partsOf(window: Window): readonly OpenPart<T>[] {
    const windowPart = this.#name.windowPart(window);
    return Array.from({ length: this.#name.shards }, (_, shard) => {
      const id = `${String(shard)} ${windowPart}`;
      let part = this.#open.get(id);
      if (part === undefined) this.#open.set(id, (part = this.#start(windowPart, shard, window)));
      return part;
    });
  }

  #start(windowPart: string, shard: number, window: Window): OpenPart<T> {
    const file = this.#space.newFile();
    this.#current?.push(file);
    const writer = this.#format.openPart(file);
    return { windowPart, shard, file, writer, window, used: false };
  }

  #flush(): void {
    for (const part of this.#open.values()) part.writer.flush();
    this.#held = 0;
  }

  #forget(): void {
    this.#open.clear();
    this.#window = undefined;
    this.#last = [];
    this.#next = 0;
    this.#held = 0;
  }
}

interface OpenPart<T> {
  readonly windowPart: string;
  readonly shard: number;
  readonly file: string;
  readonly writer: PartWriter<T>;
  /** A window of the elements; without a template, of the first one. */
  readonly window: Window;
  used: boolean;
}
