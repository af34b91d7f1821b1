import type { ElementCoder } from '#portability/coders/coder.js';
import { readWindows } from '#portability/coders/element-windows.js';
import { readPane } from '#portability/coders/panes.js';
import { StrahlError } from '#portability/errors.js';
import type { TimerFrame } from '#portability/fnapi/connection.js';
import type { DueTimers } from '#portability/fnapi/direct-state.js';
import { NO_FIRING, type Pane } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import { GLOBAL_WINDOWS, type Window } from '#portability/model/windows.js';
import { hashBytes } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { NO_BYTES, type LocatedKey } from './key-scope.js';

/** Reads the timers that the runner fires; after `next()` answered true the fields are those of one. */
export class FiredTimers implements LocatedKey {
  family = '';
  tag = '';
  place = -1;
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  hash = 0;
  /** The last windows stay the same array while they do not change. */
  windows: readonly Window[] = GLOBAL_WINDOWS;
  fire: EventTime = 0 as EventTime;
  hold: EventTime | undefined = undefined;
  pane: Pane = NO_FIRING;
  /** The family whose timers fire behind the others: no runner knows that they tell of the ends of windows. */
  readonly last: string | undefined;
  readonly #keyCoder: ElementCoder<unknown>;
  readonly #windowCoder: ElementCoder<Window>;
  readonly #input = new ByteReader(new Uint8Array(0));
  #frames: readonly TimerFrame[] = [];
  #at = 0;
  #left = 0;
  #isRead = false;
  /** Of a runner in this process; then there are no frames. */
  #due: DueTimers | undefined;
  /** Count and windows, as they are encoded. */
  #windowsBytes: Uint8Array = new Uint8Array(0);

  constructor(keyCoder: ElementCoder<unknown>, windowCoder: ElementCoder<Window>, last?: string) {
    this.#keyCoder = keyCoder;
    this.#windowCoder = windowCoder;
    this.last = last;
  }

  openDue(due: DueTimers): void {
    this.#due = due;
    this.#at = 0;
    this.#left = due.count;
    this.#isRead = false;
    this.bytes = NO_BYTES;
  }

  openFrames(frames: readonly TimerFrame[]): void {
    this.#due = undefined;
    this.place = -1;
    const given = frames.filter(({ count }) => count > 0);
    const isLast = ({ family }: TimerFrame): boolean => family === this.last;
    this.#frames = given.some(isLast)
      ? [...given.filter((frame) => !isLast(frame)), ...given.filter(isLast)]
      : given;
    this.#at = 0;
    this.#left = 0;
    this.#isRead = false;
  }

  /** The latest time that a timer of the families fires at; no frame is open meanwhile. */
  latest(families: ReadonlySet<string>): number {
    let latest = -Infinity;
    while (this.peek()) {
      if (families.has(this.family) && this.fire > latest) latest = this.fire;
      this.shift();
    }
    this.openFrames(this.#frames);
    return latest;
  }

  /** The encoding of the window, of a timer in one window. */
  get windowBytes(): Uint8Array {
    return this.#windowsBytes.subarray(4);
  }

  /** Whether another timer follows; its fields are there then, until `shift`. */
  peek(): boolean {
    if (this.#isRead) return true;
    if (this.#left === 0 && (this.#due !== undefined || !this.#nextFrame())) return false;
    this.#left--;
    if (this.#due === undefined) this.#read();
    else this.#take(this.#due, this.#at++);
    this.#isRead = true;
    return true;
  }

  shift(): void {
    this.#isRead = false;
  }

  #nextFrame(): boolean {
    const frame = this.#frames[this.#at++];
    if (frame === undefined) return false;
    this.#left = frame.count;
    this.family = frame.family;
    this.#input.reset(frame.bytes, 0, frame.bytes.length);
    return true;
  }

  #take(due: DueTimers, i: number): void {
    this.family = due.family(i);
    this.place = due.place(i);
    this.tag = due.tag(i);
    this.fire = due.fire(i);
    const hold = due.hold(i);
    this.hold = Number.isNaN(hold) ? undefined : (hold as EventTime);
    this.pane = due.pane(i);
    const window = due.window(i);
    if (window === this.#window) return;
    this.#window = window;
    this.windows = [this.#windowCoder.decode(new ByteReader(window))];
  }

  /** The window of the last timer that was due, as it is encoded. */
  #window: Uint8Array | undefined;

  #read(): void {
    const input = this.#input;
    this.bytes = input.bytes;
    this.start = input.pos;
    this.#keyCoder.skip(input);
    this.end = input.pos;
    this.hash = hashBytes(input.bytes, this.start, input.pos);
    this.tag = input.string();
    this.#readWindows(input);
    if (input.byte() !== 0) {
      throw new StrahlError('protocolBroken', { title: 'a timer fires that is cleared' });
    }
    this.fire = input.timestamp();
    this.hold = this.#readHold(input);
    this.pane = readPane(input);
  }

  #readWindows(input: ByteReader): void {
    const before = this.#windowsBytes;
    const { bytes, pos } = input;
    let same = before.length > 0 && before.length <= input.remaining;
    for (let i = 0; same && i < before.length; i++) same = bytes[pos + i] === before[i];
    if (same) {
      input.pos = pos + before.length;
      return;
    }
    this.windows = readWindows(this.#windowCoder, input);
    this.#windowsBytes = Uint8Array.prototype.slice.call(bytes, pos, input.pos);
  }

  /** TIME-4: one millisecond behind the largest time means that nothing is held. */
  #readHold(input: ByteReader): EventTime | undefined {
    const { bytes, pos } = input;
    for (let i = 0; i < 8; i++) if (bytes[pos + i] !== NO_HOLD[i]) return input.timestamp();
    input.pos = pos + 8;
    return undefined;
  }
}

const NO_HOLD = [0x80, 0x20, 0xc4, 0x9b, 0xa5, 0xe3, 0x53, 0xf8];
