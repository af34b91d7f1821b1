import type { Context, DoFn } from '#sdk/dofn/dofn.js';
import { HOWEVER_LATE } from './late-commit.js';
import type { OutputFormat } from './output-format.js';
import type { OutputName } from './output-name.js';
import type { TempSpace } from './temp-space.js';
import { moveInto } from './write-all.js';
import type { Part } from './write-parts.js';

/** One file to make, of these parts in the order of their bundles. */
export interface FileParts {
  readonly windowPart: string;
  readonly shard: number;
  readonly parts: readonly Part[];
}

/**
 * Joins the parts of a file and moves the whole to its place; emits the path.
 *
 *   F1. May be repeated: parts stay until the bundle is committed, and the move replaces.
 *   F2. A part is written once: an accumulating pane names the parts of earlier panes again.
 */
export class FinishFiles<T> implements DoFn<FileParts, string> {
  readonly #name: OutputName;
  readonly #format: OutputFormat<T>;
  readonly #space: TempSpace;

  constructor(name: OutputName, format: OutputFormat<T>, space: TempSpace) {
    this.#name = name;
    this.#format = format;
    this.#space = space;
  }

  async element(file: FileParts, c: Context): Promise<readonly string[]> {
    const target = this.#name.of(file.windowPart, file.shard, c.pane.index);
    this.#space.watch(c.signal);
    const parts = [...file.parts]
      .filter((part) => !this.#space.isUsed(part.file))
      .sort((a, b) => a.order - b.order)
      .map((part) => part.file);
    const whole = this.#space.newFile();
    try {
      await this.#format.join(parts, whole);
      c.signal.throwIfAborted();
      await moveInto(target, whole);
    } finally {
      // After a move of a linked part the name may still be there, since both were one file.
      this.#space.remove(whole);
    }
    c.metrics.counter('files_written').inc();
    // The context speaks of another element by then.
    const isAll = this.#name.isOneFile && c.pane.last;
    c.onBundleCommitted(() => {
      for (const part of parts) this.#space.use(part);
      if (isAll) this.#space.finish();
    }, HOWEVER_LATE);
    return [target];
  }

  teardown(): void {
    this.#space.leaveEmpty();
  }
}
