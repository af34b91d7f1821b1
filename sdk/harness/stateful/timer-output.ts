import { writePane } from '#portability/coders/panes.js';
import type { TimerFrame } from '#portability/fnapi/connection.js';
import type { TransformId } from '#portability/model/ids.js';
import type { Pane } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { KeyScope } from './key-scope.js';

/** On the wire one millisecond behind the largest time: nothing is held. */
const NO_HOLD = Uint8Array.of(0x80, 0x20, 0xc4, 0x9b, 0xa5, 0xe3, 0x53, 0xf8);

/** When a timer is to fire, and what it holds until then. */
export interface TimerSetting {
  readonly fire: EventTime;
  /** `undefined`: nothing. */
  readonly hold: EventTime | undefined;
  readonly pane: Pane;
}

/** Timers of one family that the bundle gives to the runner, in Beam's timer coder. */
export class TimerOutput {
  readonly #transform: TransformId;
  readonly #family: string;
  readonly #out = new ByteWriter(256);
  #count = 0;

  constructor(transform: TransformId, family: string) {
    this.#transform = transform;
    this.#family = family;
  }

  set(scope: KeyScope, tag: string, { fire, hold, pane }: TimerSetting): void {
    const out = this.#begin(scope.bytes, scope.start, scope.end, tag, scope.windowBytes);
    out.byte(0);
    out.timestamp(fire);
    if (hold === undefined) out.shortRaw(NO_HOLD);
    else out.timestamp(hold);
    writePane(pane, out);
  }

  clear(scope: KeyScope, tag: string): void {
    this.#begin(scope.bytes, scope.start, scope.end, tag, scope.windowBytes).byte(1);
  }

  /** A timer of another key. */
  setAt(key: Uint8Array, window: Uint8Array, tag: string, setting: TimerSetting): void {
    const { fire, hold, pane } = setting;
    const out = this.#begin(key, 0, key.length, tag, window);
    out.byte(0);
    out.timestamp(fire);
    if (hold === undefined) out.shortRaw(NO_HOLD);
    else out.timestamp(hold);
    writePane(pane, out);
  }

  /** What was written, and starts anew. */
  take(): readonly TimerFrame[] {
    if (this.#count === 0) return [];
    const count = this.#count;
    const bytes = this.#out.toBytes();
    this.#out.pos = 0;
    this.#count = 0;
    return [{ transform: this.#transform, family: this.#family, bytes, count }];
  }

  #begin(key: Uint8Array, start: number, end: number, tag: string, window: Uint8Array): ByteWriter {
    this.#count++;
    const out = this.#out;
    out.shortRaw(key, start, end);
    if (tag === '') out.byte(0);
    else out.string(tag);
    out.int32(1);
    out.shortRaw(window);
    return out;
  }
}
