import { sortRanks } from './sort-entries.js';
import type { TimeQueue } from './time-queue.js';

/** Fewer are taken one after the other, in the order of their times. */
const FEW = 4096;

/** Entries that were taken out of a queue, in the order in which their rows lie in memory. */
export interface DueEntries {
  readonly rows: Uint32Array;
  readonly times: Float64Array;
}

/**
 * Takes due entries, at most `most`; `undefined`, and nothing is taken, if they are few. Rows that were set in
 * any order are visited as they lie: in the order of their times each one would be waited for. For queues in which
 * no key has two entries: only of one key is an order promised (TMR-4).
 */
export function takeMany(
  queue: TimeQueue,
  isDue: (time: number) => boolean,
  most: number,
): DueEntries | undefined {
  if (queue.size < FEW) return undefined;
  const room = Math.min(most, queue.size);
  const rows = new Uint32Array(room);
  const times = new Float64Array(room);
  const orders = new Uint32Array(room);
  let count = 0;
  for (; count < room; count++) {
    const time = queue.leastTime;
    if (!isDue(time)) break;
    rows[count] = queue.leastItem;
    times[count] = time;
    orders[count] = queue.leastOrder;
    queue.pop();
  }
  if (count >= FEW) return inMemoryOrder(rows.subarray(0, count), times);
  for (let i = 0; i < count; i++) queue.push(times[i]!, orders[i]!, rows[i]!);
  return undefined;
}

function inMemoryOrder(rows: Uint32Array, times: Float64Array): DueEntries {
  const ranks = new Uint32Array(rows.length);
  for (let i = 0; i < ranks.length; i++) ranks[i] = i;
  const [sorted] = sortRanks(rows, ranks, new Uint32Array(rows.length));
  const ordered = new Uint32Array(rows.length);
  const orderedTimes = new Float64Array(rows.length);
  for (let to = 0; to < sorted.length; to++) {
    const from = sorted[to]!;
    ordered[to] = rows[from]!;
    orderedTimes[to] = times[from]!;
  }
  return { rows: ordered, times: orderedTimes };
}
