// What a bug here looks like: foreign bytes that are believed, or an error that does not say where.
import { describe, expect, it } from '@jest/globals';
import { plainCoder } from '#portability/coders/plain/plain.js';
import { readPane } from '#portability/coders/panes.js';
import { varintCoder } from '#portability/coders/primitives.js';
import { globalWindowCoder } from '#portability/coders/windows.js';
import { isStrahlError, type StrahlError } from '#portability/errors.js';
import { NO_FIRING } from '#portability/model/panes.js';
import type { EventTime } from '#portability/model/time.js';
import { GLOBAL_WINDOW } from '#portability/model/windows.js';
import { FrameReader } from '#portability/wire/frame-reader.js';
import { FrameWriter } from '#portability/wire/frame-writer.js';
import { ByteReader } from '#portability/wire/reader.js';
import { coderOf, readVectors, type VectorCoder } from '../conformance/coder-vectors.js';

const beam = (name: string, ...components: readonly VectorCoder[]): VectorCoder => ({
  urn: `beam:coder:${name}:v1`,
  components,
});
const bytes = beam('bytes');
const text = beam('string_utf8');
const varint = beam('varint');
const paned = beam('windowed_value', varint, beam('global_window'));

/** Timestamp, one window, pane byte, value. */
const windowed = (pane: string, rest = '05'): string => `8000000000000000 00000001 ${pane} ${rest}`;

type Fault = readonly [what: string, coder: VectorCoder, hex: string, code: string, text: RegExp];

// prettier-ignore
const FAULTS: readonly Fault[] = [
  ['a varint without an end', varint, '80', 'STRAHL-5002', /at byte 1$/],
  ['a varint of eleven bytes', varint, 'ff'.repeat(10) + '01', 'STRAHL-5002', /more than (10 bytes|64 bits) at byte 0/],
  ['a varint of 70 bits', varint, 'ff'.repeat(9) + '7f', 'STRAHL-5002', /more than 64 bits at byte 0/],
  ['a negative length', text, 'ffffffffffffffffff01', 'STRAHL-5002', /at byte \d/],
  ['a length beyond the bytes', text, '05 6161', 'STRAHL-5002', /has length 5 but 2 bytes remain, at byte 0/],
  ['a length of four gigabytes', bytes, 'ffffffff0f 00', 'STRAHL-5002', /has length 4294967295 but 1 bytes remain/],
  ['a length beyond all numbers', bytes, 'ffffffffffffffff7f', 'STRAHL-5003', /at byte 0/],
  ['a text that is no UTF-8', text, '02 c328', 'STRAHL-5002', /UTF-8.* at byte 1/],
  ['a truth that is two', beam('bool'), '02', 'STRAHL-5002', /at byte 0/],
  ['a mark of nothing that is two', beam('nullable', varint), '02 05', 'STRAHL-5002', /at byte 0/],
  ['half of a double', beam('double'), '3ff00000', 'STRAHL-5002', /needs 8 bytes but 4 remain, at byte 0/],
  ['a list of minus two', beam('iterable', varint), 'fffffffe', 'STRAHL-5002', /at byte \d/],
  ['a list of two billion', beam('iterable', varint), '7fffffff 01', 'STRAHL-5002', /at byte \d/],
  ['a pair without its value', beam('kv', text, varint), '01 61', 'STRAHL-5002', /at byte 2/],
  ['minus one windows', paned, windowed('0f').replace('00000001', 'ffffffff'), 'STRAHL-5002', /at byte 8/],
  ['two billion windows', beam('windowed_value', varint, beam('interval_window')), '8000000000000000 7fffffff', 'STRAHL-5002', /at byte (8|12)/],
  ['a window that ends before it starts', beam('interval_window'), '8000000000000000 ffffffffffffffffff01', 'STRAHL-5002', /at byte \d/],
  ['half of a window', beam('interval_window'), '80000000', 'STRAHL-5002', /needs 8 bytes but 4 remain/],
  ['a pane of an unknown form', paned, windowed('3f'), 'STRAHL-5002', /a pane has the unknown form 3 at byte 12/],
  ['a pane whose index is missing', paned, windowed('1d', ''), 'STRAHL-5002', /at byte 13/],
  ['a pane whose metadata is missing', paned, windowed('8f', '7f'), 'STRAHL-5002', /element metadata/],
  ['a timer without its end', beam('timer', text, beam('global_window')), '01 61 00', 'STRAHL-5002', /at byte \d/],
];

const at = (ms: number): EventTime => ms as EventTime;

const hexBytes = (hex: string): Uint8Array =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

function errorOf(run: () => unknown): StrahlError {
  try {
    run();
  } catch (e) {
    if (isStrahlError(e)) return e;
    throw e;
  }
  throw new Error('the bytes were accepted');
}

describe('bytes with a single fault', () => {
  it.each(FAULTS)('%s', (_, vector, hex, code, pattern) => {
    const coder = coderOf(vector);
    const input = hexBytes(hex);
    const before = process.memoryUsage().rss;
    const error = errorOf(() => coder.decode(new ByteReader(input)));
    expect(error).toMatchObject({ code, class: 'CoderError' });
    expect(error.title).toMatch(pattern);
    // Nothing was made room for because a length says so.
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
  });

  it('plain data of an unknown tag', () => {
    const error = errorOf(() => plainCoder.decode(new ByteReader(hexBytes('00ff'), 1)));
    expect(error).toMatchObject({ code: 'STRAHL-5002' });
    expect(error.title).toMatch(/at byte 1/);
  });

  it('bytes behind the last element of a frame', () => {
    const out = new FrameWriter({ windowCoder: globalWindowCoder, keyed: false });
    varintCoder.encode(5, out.begin(at(0), [GLOBAL_WINDOW], NO_FIRING));
    out.end();
    const frame = out.flush()[0]!;
    const reader = new FrameReader(globalWindowCoder);
    reader.reset({ ...frame, bytes: Uint8Array.from([...frame.bytes, 0]) });
    reader.next();
    varintCoder.decode(reader.input);
    expect(errorOf(() => reader.next())).toMatchObject({ code: 'STRAHL-5002' });
  });

  it('bytes behind the end of a whole value', () => {
    const prefixed = coderOf(beam('length_prefix', varint));
    const error = errorOf(() => prefixed.decode(new ByteReader(hexBytes('02 05 06'))));
    expect(error).toMatchObject({ code: 'STRAHL-5002', title: '1 bytes follow a value at byte 2' });
  });
});

// Every nested encoding says itself where it ends, so no part of it is a whole one.
const NESTED = readVectors().filter(
  ({ nested, document }) => nested && document.coder.requires === undefined,
);

it.each(NESTED.map((vector) => [vector.name, vector] as const))(
  '%s is refused when it ends early',
  (_, vector) => {
    const coder = coderOf(vector.document.coder);
    const whole = hexBytes(vector.encoded);
    for (let length = 0; length < whole.length; length++) {
      const cut = whole.subarray(0, length);
      for (const read of [
        () => coder.decode(new ByteReader(cut)),
        () => {
          coder.skip(new ByteReader(cut));
        },
      ]) {
        expect(errorOf(read)).toMatchObject({ code: 'STRAHL-5002' });
      }
    }
  },
);

it('a pane is refused when it ends early', () => {
  for (const hex of ['', '1d', '2d05', '8f', '8f02']) {
    expect(errorOf(() => readPane(new ByteReader(hexBytes(hex)))).code).toBe('STRAHL-5002');
  }
});
