import { bytesCoder } from '#portability/coders/primitives.js';
import { globalWindowCoder } from '#portability/coders/windows.js';
import { NO_FIRING } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import { INDEX_STRIDE, type Frame } from '#portability/wire/frames.js';
import { keepShape } from '#portability/wire/kept-shapes.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { endOf, indexOf, type FrameShape } from '../input/frame-scan.js';
import type { GroupBuffer } from './group-buffer.js';
import { PaneFrames, type GroupBytes } from './pane-frames.js';

/** What an accumulator that is merged needs to be a windowed value. */
interface MergedWindow {
  readonly bytes: Uint8Array;
  readonly maxTimestamp: EventTime;
}

/**
 * Groups that hold too many accumulators. They are merged by user code, all of a bundle at once;
 * between `frames` and `replace` the grouping must not be touched.
 */
export class Overfull {
  #groups: (GroupBytes & { readonly window: MergedWindow })[] = [];
  /** The numbers of those groups, by the buffer of their values: each is merged once. */
  readonly #listed = new Map<GroupBuffer, Set<number>>();
  readonly #shape: FrameShape;

  /** `shape`: of what comes back. */
  constructor(shape: FrameShape) {
    this.#shape = shape;
  }

  get empty(): boolean {
    return this.#groups.length === 0;
  }

  /** Does nothing for a group that is there already. */
  add(window: MergedWindow, group: GroupBytes): void {
    let ids = this.#listed.get(group.values);
    if (ids === undefined) this.#listed.set(group.values, (ids = new Set()));
    if (ids.has(group.valuesId)) return;
    ids.add(group.valuesId);
    this.#groups.push({ window, ...group });
  }

  /** `KV<key, Iterable<accumulator>>` for each group that still has several. */
  frames(): readonly Frame[] {
    this.#groups = this.#groups.filter(({ values, valuesId }) => values.countOf(valuesId) > 1);
    const out = new PaneFrames(this.#shape);
    for (const group of this.#groups) {
      out.add(group.window.maxTimestamp, group.window.bytes, NO_FIRING, group);
    }
    return out.flush();
  }

  /** Takes `KV<key, accumulator>` in the same order; returns how many accumulators fewer there are. */
  replace(answers: readonly Frame[]): number {
    const total = answers.reduce((sum, { count }) => sum + count, 0);
    if (total !== this.#groups.length) {
      throw new RangeError(`${String(this.#groups.length)} groups were merged to ${String(total)}`);
    }
    let at = 0;
    let fewer = 0;
    for (const frame of answers) {
      const index = indexOf(frame, this.#shape);
      const view = viewOf(frame.bytes);
      for (let i = 0; i < index.length; i += INDEX_STRIDE) {
        const { values, valuesId } = this.#groups[at++]!;
        fewer += values.countOf(valuesId) - 1;
        values.clear(valuesId);
        values.append(valuesId, view, index[i + 2]!, endOf(frame, index, i));
      }
    }
    this.#groups = [];
    this.#listed.clear();
    return fewer;
  }
}

keepShape(new Overfull({ windowCoder: globalWindowCoder, elementCoder: bytesCoder }));
