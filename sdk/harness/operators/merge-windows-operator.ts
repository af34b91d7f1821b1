import { StrahlError } from '#portability/errors.js';
import type { CustomWindow, Window } from '#portability/model/windows.js';
import type { KV } from '../../dofn/dofn.js';
import { toEventTime } from '../../dofn/time-like.js';
import type { WindowFnFunctions } from '../../dofn/user-function.js';
import type { RunningStage } from '../stage/running-stage.js';
import type { Step } from '../steps/step.js';
import { Operator } from './operator.js';

type Merged = KV<Window, readonly Window[]>;

/**
 * Asks a window function of the user which windows of a key become one (MRG-9). Elements are
 * `[nonce, windows]`, answers `[nonce, [windows that stay, [[merged, its parts], …]]]`.
 */
export class MergeWindowsOperator extends Operator {
  readonly #fn: WindowFnFunctions;

  constructor(stage: RunningStage, step: Step, fn: WindowFnFunctions) {
    super(stage, step);
    this.#fn = fn;
  }

  override process(x: unknown): void {
    const [nonce, asked] = x as KV<Uint8Array, Iterable<Window>>;
    const windows = [...asked] as CustomWindow[];
    let answer: KV<readonly Window[], readonly Merged[]>;
    try {
      answer = this.#merge(windows);
    } catch (e) {
      throw this.step.wrap(e, { value: windows.map(({ value }) => value) });
    }
    this.emits[0]!([nonce, answer]);
  }

  #merge(windows: readonly CustomWindow[]): KV<readonly Window[], readonly Merged[]> {
    const left = new WindowsLeft(windows);
    const merged: Merged[] = [];
    for (const { into, windows: parts } of this.#fn.merge?.(windows.map((w) => w.value)) ?? []) {
      const members = parts.map((part) => {
        const window = left.take(part);
        if (window === undefined) throw notGiven(part, windows);
        return window;
      });
      const maxTimestamp = toEventTime(this.#fn.maxTimestamp(into));
      merged.push([{ kind: 'custom', value: into, maxTimestamp }, members]);
    }
    return [merged.length === 0 ? windows : left.rest(), merged];
  }
}

/** Beyond so many windows they are not looked for one by one. */
const MANY = 16;

/** Windows of a key that are not part of another one yet, by identity of their values. */
class WindowsLeft {
  readonly #windows: (CustomWindow | undefined)[];
  /** Where objects are; of equal numbers or texts there may be several. */
  #places: Map<unknown, number> | undefined;

  constructor(windows: readonly CustomWindow[]) {
    this.#windows = windows.slice();
  }

  /** Takes out the window of this value, `undefined` if there is none. */
  take(value: unknown): CustomWindow | undefined {
    const at = this.#placeOf(value);
    const window = this.#windows[at];
    if (window !== undefined) this.#windows[at] = undefined;
    return window;
  }

  rest(): readonly CustomWindow[] {
    return this.#windows.filter((window) => window !== undefined);
  }

  #placeOf(value: unknown): number {
    const windows = this.#windows;
    if (windows.length <= MANY || typeof value !== 'object')
      return windows.findIndex((window) => window !== undefined && window.value === value);
    this.#places ??= new Map(windows.map((window, at) => [window?.value, at]));
    return this.#places.get(value) ?? -1;
  }
}

function notGiven(part: unknown, windows: readonly CustomWindow[]): StrahlError {
  const given = windows.some(({ value }) => value === part);
  return new StrahlError('badValue', {
    title: given
      ? 'merge puts one window into two others'
      : 'merge names a window that it was not given',
    why: 'windows are told apart by identity, so merge must pass on the very objects that it is given',
    fix: 'return { into, windows }, with each of the given windows in one of them at most',
  });
}
