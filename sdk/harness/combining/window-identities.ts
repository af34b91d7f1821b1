import { exactBounds } from '#portability/model/exact-windows.js';
import type { Window } from '#portability/model/windows.js';

/**
 * What stands for windows in the key of a `Map`: equal for equal windows. Those of the length that was seen
 * first are numbers, because making a text costs more than adding an element does.
 */
export class WindowIdentities {
  #length: number | undefined;

  of(windows: readonly Window[]): unknown {
    if (windows.length === 1) return this.ofOne(windows[0]!);
    const identities = windows.map((window) => this.ofOne(window));
    return identities.some((id) => typeof id === 'object') ? windows : identities.join();
  }

  /** Custom windows are only equal to themselves, which merely combines less. */
  ofOne(window: Window): unknown {
    if (window.kind === 'global') return 'global';
    if (window.kind === 'custom') return window;
    const { start, end } = window;
    if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end)) {
      const bounds = exactBounds(window) ?? window;
      return `${String(bounds.start)} ${String(bounds.end)}`;
    }
    this.#length ??= end - start;
    return end - start === this.#length ? start : `${String(start)} ${String(end)}`;
  }
}
