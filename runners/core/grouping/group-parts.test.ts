// What a bug here looks like: a key that is grouped twice, a value that is lost or out of order, or keys that stay.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { EventTime } from '#portability/model/time.js';
import { hashBytes } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { MemoryScratch } from '../spill/memory-scratch.js';
import { GroupParts, hasSmallGroups } from './group-parts.js';
import type { PaneKeys, PaneValues } from './pane-frames.js';
import { SortedPart } from './sorted-part.js';
import { WindowGroups } from './window-groups.js';

const at = (ms: number): EventTime => ms as EventTime;
const windowOf = (): WindowGroups => new WindowGroups(new Uint8Array(8), at(99), at(99), false);

function add(window: WindowGroups, key: string, value: string, time: number): void {
  const bytes = Buffer.from(key + value);
  const keyEnd = Buffer.byteLength(key);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const hash = hashBytes(bytes, 0, keyEnd);
  const record = { hash, bytes, view, start: 0, keyEnd, end: bytes.length, count: 1, time };
  if (window.parts === undefined) window.addRecord(record, hash);
  else window.parts.add(record);
}

/** What all parts hold: per key its values, how many there are, and the time of its pane. */
function contents(parts: Iterable<WindowGroups | SortedPart>): readonly string[] {
  const seen: string[] = [];
  for (const part of parts) {
    if (part instanceof SortedPart) {
      for (let id = part.next(); id >= 0; id = part.next())
        seen.push(contentOf(part, id, part.time <= 99 ? part.time : 99));
    } else {
      const { buffer } = part;
      for (let id = 0; id < buffer.created; id++) seen.push(contentOf(buffer, id, part.timeOf(id)));
    }
  }
  return seen.sort();
}

function contentOf(groups: PaneKeys & PaneValues, id: number, time: number): string {
  const key = text((out) => {
    groups.writeKey(id, out);
  });
  const values = text((out) => {
    groups.writeValues(id, out);
  });
  return `${key} ${values} ${String(groups.countOf(id))} ${String(time)}`;
}

function text(write: (out: ByteWriter) => void): string {
  const out = new ByteWriter();
  write(out);
  return Buffer.from(out.toBytes()).toString();
}

type Pair = readonly [key: string, value: string, time: number];

function grouped(pairs: readonly Pair[]): readonly string[] {
  const whole = windowOf();
  for (const pair of pairs) add(whole, ...pair);
  return contents([whole]);
}

describe('groups in parts', () => {
  const key = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 4 });
  const value = fc.string({ unit: fc.constantFrom('1', '2'), minLength: 1, maxLength: 30 });
  const time = fc.oneof(fc.integer({ min: 0, max: 99 }), fc.constant(NaN));
  const pairs = fc.array(fc.tuple(key, value, time), { maxLength: 200 });

  it('P1: are the groups that memory would hold, whenever they leave it and however little fits', () => {
    fc.assert(
      fc.property(
        pairs,
        fc.nat({ max: 200 }),
        fc.integer({ min: 1, max: 40_000 }),
        (all, at, bytes) => {
          const scratch = new MemoryScratch();
          const window = windowOf();
          for (const [i, pair] of all.entries()) {
            if (i === at) {
              const parts = new GroupParts({ bytes, scratch });
              parts.addAll(window);
              window.startParts(parts);
            }
            add(window, ...pair);
          }
          const found =
            window.parts === undefined ? contents([window]) : contents(window.parts.groups(window));
          expect(found).toEqual(grouped(all));
          expect(scratch.bytes).toBe(0);
        },
      ),
    );
  });

  it('P2: what does not fit is divided again, and never are all keys in memory', () => {
    const KEYS = 30_000;
    const scratch = new MemoryScratch();
    const window = windowOf();
    window.startParts(new GroupParts({ bytes: 4000, scratch }));
    for (let i = 0; i < 2 * KEYS; i++) add(window, `key ${String(i % KEYS).padStart(6)}`, '1', NaN);
    let most = 0;
    let groups = 0;
    for (const part of window.parts!.groups(window)) {
      const { length } = contents([part]);
      most = Math.max(most, length);
      groups += length;
    }
    expect(groups).toBe(KEYS);
    expect(most).toBeLessThan(KEYS / 64);
  });

  it('P2: the values of one key leave memory without it', () => {
    const window = windowOf();
    window.startParts(new GroupParts({ bytes: 4000, scratch: new MemoryScratch() }));
    for (let i = 0; i < 2000; i++) add(window, 'k', String(i % 10), NaN);
    const expected = [`k ${'0123456789'.repeat(200)} 2000 99`];
    expect(contents(window.parts!.groups(window))).toEqual(expected);
  });

  it('are only made of many groups that are small', () => {
    const few = windowOf();
    for (let i = 0; i < 60; i++) add(few, `k${String(i)}`, 'v', NaN);
    expect(hasSmallGroups(few)).toBe(false);
    const many = windowOf();
    for (let i = 0; i < 100; i++) add(many, `k${String(i)}`, 'v', NaN);
    expect(hasSmallGroups(many)).toBe(true);
    add(many, 'large', 'v'.repeat(2 ** 21), NaN);
    expect(hasSmallGroups(many)).toBe(false);
  });
});
