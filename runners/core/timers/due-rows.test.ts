// What a bug here would look like: a timer that is due and never fires, fires twice, or fires before its time.
import { describe, expect, it } from '@jest/globals';
import { DueRows, MANY_ROWS } from './due-rows.js';
import { TimeQueue } from './time-queue.js';

/** A queue in which row `i` is due at `timeOf(i)`. */
function queueOf(count: number, timeOf: (i: number) => number): TimeQueue {
  const queue = new TimeQueue();
  for (let i = 0; i < count; i++) queue.push(timeOf(i), i, i);
  return queue;
}

function visited(due: DueRows): number[] {
  const rows: number[] = [];
  due.forEach((row) => rows.push(row));
  return rows;
}

describe('rows of timers that are due', () => {
  it('are visited in the order of their times, where they are few', () => {
    const due = new DueRows();
    due.takeFrom(
      queueOf(100, (i) => (i * 37) % 100),
      (time) => time < 5,
      1000,
    );
    expect(visited(due)).toEqual([0, 73, 46, 19, 92]);
  });

  it('are visited once each as they lie in memory, where they are many', () => {
    const count = 4 * MANY_ROWS;
    const due = new DueRows();
    const queue = queueOf(count, (i) => (i * 7919) % count);
    const before = (limit: number) => (time: number) => time < limit;
    const all: number[] = [];
    for (const limit of [count / 2, count]) {
      due.takeFrom(queue, before(limit), count);
      const rows = visited(due);
      expect(rows).toEqual([...rows].sort((a, b) => a - b));
      expect(rows.every((row) => (row * 7919) % count < limit)).toBe(true);
      all.push(...rows);
    }
    expect(new Set(all).size).toBe(count);
    expect(all).toHaveLength(count);
    expect(queue.size).toBe(0);
  });

  it('are no more than were asked for; the others stay in the queue', () => {
    const due = new DueRows();
    const queue = queueOf(3 * MANY_ROWS, (i) => i);
    due.takeFrom(queue, () => true, MANY_ROWS + 1);
    expect([visited(due).at(-1), queue.leastItem]).toEqual([MANY_ROWS, MANY_ROWS + 1]);
  });
});
