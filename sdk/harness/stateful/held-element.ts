import type { Window } from '#portability/model/windows.js';
import type { KeyCall } from './key-call.js';
import type { LocatedKey } from './key-scope.js';

/** An element whose call waits for its turn, or has not answered yet. */
export class HeldElement implements LocatedKey {
  readonly value: unknown;
  readonly window: Window;
  readonly place: number;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly hash: number;
  /** Of its key in its window, for this bundle, once somebody has asked for it. */
  id: string | undefined = undefined;
  /** The call that its outputs still belong to. */
  call: KeyCall | undefined = undefined;

  constructor(value: unknown, window: Window, located: LocatedKey) {
    this.value = value;
    this.window = window;
    this.place = located.place;
    this.bytes = located.bytes;
    this.start = located.start;
    this.end = located.end;
    this.hash = located.hash;
  }
}
