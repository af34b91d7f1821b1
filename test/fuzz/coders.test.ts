import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { ElementCoder } from '#portability/coders/coder.js';
import { plainCoder, plainKeyCoder } from '#portability/coders/plain/plain.js';
import { stringCoder, varintCoder } from '#portability/coders/primitives.js';
import { intervalWindowCoder } from '#portability/coders/windows.js';
import { isStrahlError } from '#portability/errors.js';
import { NO_FIRING } from '#portability/model/panes.js';
import { TIMESTAMP_MIN, type EventTime } from '#portability/model/time.js';
import { intervalWindow } from '#portability/model/windows.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import type { Frame } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { coderOf, readVectors } from '../conformance/coder-vectors.js';
import { mutate, Random } from './mutations.js';

// A bug here lets foreign bytes crash a worker, make it hang, or fill its memory.

const CODER_INPUTS = 80_000;
const FRAME_INPUTS = 20_000;
const SEED = Number(process.env['STRAHL_FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

// Almost every input ends in an error, and collecting its stack would take most of the time.
const { stackTraceLimit } = Error;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

interface Subject {
  readonly coder: ElementCoder<unknown>;
  readonly bytes: Uint8Array;
}

const PLAIN_VALUES: readonly unknown[] = [
  { name: 'a', list: [1, -1, 2.5, 10n ** 30n], map: new Map([['k', new Set([null, true])]]) },
  ['x'.repeat(100), new Uint8Array(5), new Date(0), undefined, -(2 ** 40)],
  [[[[[[]]]]]],
];

function subjects(): readonly Subject[] {
  const vectors = readVectors().map(({ document, encoded }) => ({
    coder: coderOf(document.coder),
    bytes: Uint8Array.from(Buffer.from(encoded, 'hex')),
  }));
  const plain = PLAIN_VALUES.map((value) => {
    const out = new ByteWriter();
    plainCoder.encode(value, out);
    return { coder: plainCoder, bytes: out.toBytes() };
  });
  const key = { coder: plainKeyCoder, bytes: plain[1]!.bytes };
  return [...vectors, ...plain, key];
}

/** Where `run` left the input; `undefined` if it threw a StrahlError. Any other error is a failure. */
function endOf(bytes: Uint8Array, run: (input: ByteReader) => void): number | undefined {
  const input = new ByteReader(bytes);
  try {
    run(input);
    return input.pos;
  } catch (thrown) {
    if (isStrahlError(thrown)) return undefined;
    throw thrown;
  }
}

test(`a coder reads mutated bytes, or throws a StrahlError (seed ${String(SEED)})`, () => {
  const random = new Random(SEED);
  const all = subjects();
  const before = process.memoryUsage().rss;
  for (let i = 0; i < CODER_INPUTS; i++) {
    const { coder, bytes } = random.pick(all);
    const mutated = mutate(bytes, random);
    const decoded = endOf(mutated, (input) => {
      coder.decode(input);
    });
    endOf(mutated, (input) => {
      coder.decodeOuter(input);
    });
    const skipped = endOf(mutated, (input) => {
      coder.skip(input);
    });
    if (decoded !== undefined && skipped !== decoded) {
      throw new Error(`${coder.urn}: ${Buffer.from(mutated).toString('hex')} is skipped otherwise`);
    }
  }
  // A count that is believed would take gigabytes.
  expect(process.memoryUsage().rss - before).toBeLessThan(500 * 2 ** 20);
});

function sampleFrame(): Frame {
  const out = new FrameWriter({ windowCoder: intervalWindowCoder, keyed: false });
  const windows = [intervalWindow(0 as EventTime, 60_000 as EventTime)];
  for (let i = 0; i < 5; i++) {
    const element = out.begin(i === 0 ? TIMESTAMP_MIN : (i as EventTime), windows, NO_FIRING);
    stringCoder.encode(`key-${String(i)}`, element);
    varintCoder.encode(i * 1000, element);
    out.end();
  }
  return out.flush()[0]!;
}

test(`a frame of mutated bytes is walked, or a StrahlError is thrown (seed ${String(SEED)})`, () => {
  const random = new Random(SEED);
  const frame = sampleFrame();
  const reader = new FrameReader(intervalWindowCoder);
  for (let i = 0; i < FRAME_INPUTS; i++) {
    const bytes = mutate(frame.bytes, random);
    endOf(bytes, () => {
      reader.reset({ ...frame, bytes });
      while (reader.next()) {
        if (reader.windows.length !== reader.windowCount) throw new Error('windows are missing');
        reader.locateKeyed(stringCoder, varintCoder);
      }
    });
  }
});
