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
    const left = [...windows];
    const merged: Merged[] = [];
    for (const { into, windows: parts } of this.#fn.merge?.(windows.map((w) => w.value)) ?? []) {
      const members = parts.map((part) => {
        const at = left.findIndex((window) => window.value === part);
        if (at < 0) throw notGiven(part, windows);
        return left.splice(at, 1)[0]!;
      });
      const maxTimestamp = toEventTime(this.#fn.maxTimestamp(into));
      merged.push([{ kind: 'custom', value: into, maxTimestamp }, members]);
    }
    return [left, merged];
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
