// What a bug here would look like: a window that starts with the groups of another, or two that share memory.
import { describe, expect, it } from '@jest/globals';
import { hashView } from '#portability/wire/frames.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { viewOf } from '#portability/wire/native-buffer.js';
import { TIMESTAMP_MIN } from '#portability/model/time.js';
import { at, TENS } from '../input/frames.fixture.js';
import { MemoryScratch } from '../spill/memory-scratch.js';
import { GroupingDriver, lateness } from './grouping.fixture.js';
import { keptBytes, zeroCells, zeroWords } from './small-memory.js';
import { giveTable, NO_GROUPS, takeTable } from './spare-tables.js';
import type { GroupTable } from './group-table.js';
import { WindowGroups } from './window-groups.js';

const VALUE = viewOf(Uint8Array.of(9, 9, 9, 9));

function keyOf(n: number): DataView {
  return viewOf(Uint8Array.of(n >> 8, n));
}

function fill(table: GroupTable, groups: number): void {
  for (let n = 0; n < groups; n++) {
    const key = keyOf(n);
    const id = table.buffer.create(key, 0, 2, 4);
    table.insert(hashView(key, 0, 2), id);
    table.buffer.append(id, VALUE, 0, 4);
    table.buffer.setMark(id, 5);
  }
}

describe('tables of windows that are over', () => {
  it('have no groups when they serve again', () => {
    const table = takeTable();
    fill(table, 12);
    giveTable(table);
    expect(takeTable()).toBe(table);
    const key = keyOf(3);
    const { buffer } = table;
    expect([buffer.size, buffer.created]).toEqual([0, 0]);
    expect(table.find(key, 0, 2, hashView(key, 0, 2))).toBe(-1);
    const id = buffer.create(key, 0, 2, 0);
    const out = new ByteWriter();
    buffer.writeKey(id, out);
    buffer.writeValues(id, out);
    expect([...out.toBytes(), buffer.markOf(id), buffer.countOf(id)]).toEqual([0, 3, 0, 0]);
  });

  it.each<[string, (table: GroupTable) => void]>([
    [
      'many groups',
      (table) => {
        fill(table, 40);
      },
    ],
    [
      'a value in files',
      (table) => {
        fill(table, 1);
        table.buffer.spill(new MemoryScratch());
      },
    ],
    [
      'recycled groups',
      (table) => {
        fill(table, 1);
        table.buffer.recycle(0);
      },
    ],
    [
      'a large value',
      (table) => {
        fill(table, 1);
        table.buffer.append(0, new DataView(new ArrayBuffer(5000)), 0, 5000);
      },
    ],
  ])('do not serve again with %s', (_, use) => {
    const table = takeTable();
    use(table);
    giveTable(table);
    expect(takeTable()).not.toBe(table);
  });

  it.each([false, true])(
    'serve no one whose window was to be merged and is over (%s)',
    (general) => {
      const windowing = {
        ...TENS,
        accumulation: 'accumulating',
        allowedLateness: lateness(10),
      } as const;
      const driver = new GroupingDriver(windowing, { accumulators: true, general });
      driver.add(['a', 'x', 1]);
      driver.watermark(12);
      driver.absorb(['a', 'y', 2]);
      driver.times.input = at(30);
      driver.grouping.advance();
      // The pane of what came late, which leaves two accumulators, and the last pane, in one go.
      while (driver.grouping.due) driver.grouping.emit(Infinity);
      const { overfull } = driver.grouping;
      expect([overfull.empty, overfull.frames()]).toEqual([false, []]);
      expect(overfull.replace([])).toBe(0);
      driver.add(['b', 'z', 35]);
      expect(driver.watermark(41)).toEqual(['b@[30,40): z 39 on-time 0 first']);
    },
  );

  it('are of nobody while they wait', () => {
    const window = new WindowGroups(Uint8Array.of(1), TIMESTAMP_MIN, TIMESTAMP_MIN, false);
    const { table } = window;
    fill(table, 1);
    window.release();
    expect(window.table).toBe(NO_GROUPS);
    window.release();
    expect([takeTable(), takeTable()].filter((each) => each === table)).toEqual([table]);
  });
});

describe('short pieces of memory', () => {
  it('are zero and do not lie over each other', () => {
    const pieces: (Int32Array | Float64Array | Uint8Array)[] = [];
    for (let n = 1; n < 200; n++) {
      const bytes = Uint8Array.from({ length: n }, () => 0);
      pieces.push(zeroWords(n), zeroCells(n), keptBytes(bytes, 0, n));
    }
    for (const piece of pieces) {
      expect(piece.every((x) => x === 0)).toBe(true);
      piece.fill(1);
    }
    expect(pieces.every((piece) => piece.every((x) => x === 1))).toBe(true);
  });

  it('copies bytes of any length', () => {
    const bytes = Uint8Array.from({ length: 3000 }, (_, i) => i);
    for (const end of [0, 1, 5, 1024, 1025, 3000])
      expect([...keptBytes(bytes, 0, end)]).toEqual([...bytes.subarray(0, end)]);
  });
});
