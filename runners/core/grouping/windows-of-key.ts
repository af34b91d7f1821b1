import { latin1Of } from '#portability/wire/native-buffer.js';
import type { SessionWindows } from './session-windows.js';

/**
 * The sessions of one key by their exact windows (WIN-8). A key may have thousands of windows that user code has yet to
 * merge: each is found at once.
 */
export class WindowsOfKey {
  readonly #windows: SessionWindows;
  /** Windows that user code has made may be equal to others. */
  readonly #ids = new Map<string, number[]>();

  constructor(windows: SessionWindows, sessions: readonly number[]) {
    this.#windows = windows;
    for (const id of sessions) this.add(id);
  }

  /** The sessions of the window that is encoded so. */
  of(bytes: Uint8Array): readonly number[] {
    return this.#ids.get(latin1Of(bytes)) ?? NONE;
  }

  add(id: number): void {
    const text = latin1Of(this.#windows.encoded(id));
    const known = this.#ids.get(text);
    if (known === undefined) this.#ids.set(text, [id]);
    else known.push(id);
  }

  /** Takes out all sessions of a window. */
  remove(bytes: Uint8Array): void {
    this.#ids.delete(latin1Of(bytes));
  }
}

const NONE: readonly number[] = [];
