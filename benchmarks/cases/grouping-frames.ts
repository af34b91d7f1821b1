import { CoderRegistry } from '#portability/coders/registry.js';
import { intervalWindowCoder } from '#portability/coders/windows.js';
import { functionSpec } from '#portability/model/function-spec.js';
import type { CoderSpec } from '#portability/model/graph.js';
import { coderId, type CoderId } from '#portability/model/ids.js';
import { NO_FIRING } from '#portability/model/panes.js';
import { duration, TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import type { WindowingStrategy } from '#portability/model/windowing.js';
import { intervalWindow } from '#portability/model/windows.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Frame } from '#portability/wire/frames.js';
import { PLAIN_CODER_URN, PLAIN_KEY_CODER_URN } from '#portability/coders/plain/plain-urns.js';
import { FixedGrouping } from '#runners/core/grouping/fixed-grouping.js';
import type { StageTimes } from '#runners/core/grouping/grouping.js';

const coder = (urn: string, ...componentIds: CoderId[]): CoderSpec => ({
  spec: functionSpec(urn),
  componentIds,
});

const [KEY, VALUE, PAIR] = [coderId('key'), coderId('value'), coderId('pair')];

const registry = new CoderRegistry(
  new Map([
    [KEY, coder(PLAIN_KEY_CODER_URN)],
    [VALUE, coder(PLAIN_CODER_URN)],
    [PAIR, coder('beam:coder:kv:v1', KEY, VALUE)],
  ]),
);
const keyCoder = registry.coderOf(KEY);
const valueCoder = registry.coderOf(VALUE);

const WINDOWS = [intervalWindow(0 as EventTime, 3_600_000 as EventTime)];

const WINDOWING: WindowingStrategy = {
  windowFn: { kind: 'fixed', size: duration(3_600_000), offset: duration(0) },
  mergeStatus: 'non-merging',
  windowCoderId: coderId('interval'),
  trigger: { kind: 'default' },
  accumulation: 'discarding',
  timestampCombiner: 'end-of-window',
  closing: 'if-non-empty',
  onTime: 'always',
  allowedLateness: duration(0),
  assignsToOneWindow: true,
};

/** The grouping of the engine over pairs of plain data in interval windows; by default one, before its end. */
export function openGrouping(
  accumulators: boolean,
  windowing: Partial<WindowingStrategy> = {},
  times: StageTimes = { input: TIMESTAMP_MIN, output: TIMESTAMP_MIN },
): FixedGrouping {
  return new FixedGrouping({
    windowing: { ...WINDOWING, ...windowing },
    keyed: true,
    accumulators,
    shape: { windowCoder: intervalWindowCoder, keyCoder, elementCoder: registry.coderOf(PAIR) },
    times,
  });
}

/** One frame of pairs with times, in fixed windows of `size` milliseconds. */
export function stampedFrame(
  ns: readonly number[],
  elementOf: (n: number) => {
    readonly time: number;
    readonly key: unknown;
    readonly value: unknown;
  },
  size: number,
): Frame {
  const windowCoder = intervalWindowCoder;
  const writer = new FrameWriter({ windowCoder, keyed: true, targetBytes: 2 ** 30 });
  for (const n of ns) {
    const { time, key, value } = elementOf(n);
    const start = Math.floor(time / size) * size;
    const window = intervalWindow(start as EventTime, (start + size) as EventTime);
    const out = writer.begin(time as EventTime, [window], NO_FIRING);
    keyCoder.encode(key, out);
    writer.keyEnd();
    valueCoder.encode(value, out);
    writer.end();
  }
  return writer.flush()[0]!;
}

/** Encodes pairs as a sink would. */
export function framesOf(
  count: number,
  key: (i: number) => unknown,
  value: (i: number) => unknown,
): readonly Frame[] {
  const writer = new FrameWriter({ windowCoder: intervalWindowCoder, keyed: true });
  for (let i = 0; i < count; i++) {
    const out = writer.begin((i & 0xffff) as EventTime, WINDOWS, NO_FIRING);
    keyCoder.encode(key(i), out);
    writer.keyEnd();
    valueCoder.encode(value(i), out);
    writer.end();
  }
  return writer.flush();
}

export function absorb(grouping: FixedGrouping, frames: readonly Frame[]): void {
  for (const frame of frames) grouping.absorb(frame, frame.index!);
  grouping.endBundle();
}

/** The panes of a grouping of numbers. */
export function groupsOf(frame: Frame): readonly { key: unknown; values: readonly number[] }[] {
  const reader = new FrameReader(intervalWindowCoder);
  reader.reset(frame);
  const groups: { key: unknown; values: readonly number[] }[] = [];
  while (reader.next()) {
    const key = keyCoder.decode(reader.input);
    const length = reader.input.int32();
    const values = Array.from({ length }, () => valueCoder.decode(reader.input) as number);
    groups.push({ key, values });
  }
  return groups;
}
