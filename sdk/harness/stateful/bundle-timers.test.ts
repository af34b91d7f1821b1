// What a bug here looks like: on another runner, timers fire in another order than here.
import { describe, expect, it } from '@jest/globals';
import { stringCoder } from '#portability/coders/primitives.js';
import { intervalWindowCoder } from '#portability/coders/windows.js';
import type { TimerFrame } from '#portability/fnapi/connection.js';
import { NO_STATE, NO_TIMES } from '#portability/fnapi/no-state.js';
import { transformId } from '#portability/model/ids.js';
import { NO_FIRING } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import { intervalWindow } from '#portability/model/windows.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { BundleTimers } from './bundle-timers.js';
import { FiredTimers } from './fired-timers.js';
import type { KeyScope } from './key-scope.js';
import { TimerOutput } from './timer-output.js';

const TRANSFORM = transformId('t');
const WINDOW = intervalWindow(0 as EventTime, 100 as EventTime);

function bytesOf(write: (out: ByteWriter) => void): Uint8Array {
  const out = new ByteWriter(32);
  write(out);
  return out.toBytes();
}

const KEY = bytesOf((out) => stringCoder.encode('key', out));
const WINDOW_BYTES = bytesOf((out) => intervalWindowCoder.encode(WINDOW, out));

/** Timers of one key and window that a runner fires, by tag. */
function firing(times: Readonly<Record<string, number>>, family = 'f'): readonly TimerFrame[] {
  const output = new TimerOutput(TRANSFORM, family);
  for (const [tag, fire] of Object.entries(times)) {
    const setting = { fire: fire as EventTime, hold: undefined, pane: NO_FIRING };
    output.setAt(KEY, WINDOW_BYTES, tag, setting);
  }
  return output.take();
}

/** A bundle of a runner that tells no clocks. */
function bundleWith(given: readonly TimerFrame[]) {
  const timers = new BundleTimers(
    TRANSFORM,
    new Map([
      ['f', 'event-time'],
      ['end', 'event-time'],
    ]),
    new FiredTimers(stringCoder, intervalWindowCoder, 'end'),
  );
  const bundle = { state: NO_STATE, times: NO_TIMES, request: { timers: given } };
  timers.open(bundle as unknown as Parameters<BundleTimers['open']>[0]);
  const scope = {
    ...{ hash: 0, place: -1, direct: undefined, ownKeyBytes: KEY },
    ...{ bytes: KEY, start: 0, end: KEY.length, window: WINDOW, windowBytes: WINDOW_BYTES },
  } as unknown as KeyScope;
  const set = (tag: string, fire: number, family = 'f'): void =>
    timers.set(scope, timers.line(family), tag, fire as EventTime, NaN, NO_FIRING);
  return { timers, set };
}

describe('timers of a bundle whose runner tells no clocks', () => {
  it('TMR-4: fire in the order of their times, also what a callback sets before the last of them', () => {
    const { timers, set } = bundleWith(firing({ a: 10, c: 30 }));
    expect(timers.next()?.tag).toBe('a');
    set('b', 20);
    expect(timers.next()?.tag).toBe('b');
    expect(timers.next()?.tag).toBe('c');
    expect(timers.next()).toBeUndefined();
  });

  it('TMR-11: that tell of the end of a window fire behind all others of their time', () => {
    const { timers, set } = bundleWith([...firing({ '': 99 }, 'end'), ...firing({ a: 99 })]);
    expect(timers.next()?.tag).toBe('a');
    set('b', 99);
    expect(timers.next()?.tag).toBe('b');
    expect(timers.next()?.family).toBe('end');
    expect(timers.next()).toBeUndefined();
  });

  it('TMR-11: that tell of the end of a window do so also where it is over as they are set', () => {
    const { timers, set } = bundleWith(firing({ a: 99 }));
    set('', 99, 'end');
    set('b', 99);
    const tags = [timers.next(), timers.next(), timers.next()].map((timer) => timer?.family);
    expect(tags).toEqual(['f', 'f', 'end']);
  });

  it('TMR-3: wait for the runner behind the last that it fires', () => {
    const { timers, set } = bundleWith(firing({ a: 10 }));
    expect(timers.next()?.tag).toBe('a');
    set('b', 11);
    expect(timers.next()).toBeUndefined();
    expect(timers.take()).toEqual(firing({ b: 11 }));
  });

  it('TMR-3: wait for the runner if it fires none', () => {
    const { timers, set } = bundleWith([]);
    set('b', 11);
    expect(timers.next()).toBeUndefined();
    expect(timers.take()).toEqual(firing({ b: 11 }));
  });
});
