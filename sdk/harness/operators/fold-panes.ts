import { maxTime, minTime, type EventTime } from '#portability/model/time.js';
import type { TimestampCombiner } from '#portability/model/windowing.js';
import type { Window } from '#portability/model/windows.js';
import type { CombineFnSpec } from '../../dofn/user-function.js';
import type { CombineEntry, PaneTable } from './combine-entry.js';
import { WindowIdentities } from './window-identities.js';

/** Takes an accumulator of `count` elements that leaves the table; it is in all of the windows. */
export type Evict = (
  key: unknown,
  accumulator: unknown,
  at: EventTime,
  windows: readonly Window[],
  count: number,
) => void;

/** A window, and which of the panes it is made of. */
interface FoldedWindow {
  readonly windows: readonly [Window];
  readonly panes: number[];
}

/** A key with its entry in each pane, if it has one there. */
interface Column {
  readonly key: unknown;
  readonly entries: (CombineEntry | undefined)[];
}

/**
 * Turns the accumulators of panes into those of their windows, which are far fewer than pairs of pane and
 * window: an element of a 10 s window every second is added once, not ten times.
 *
 *   O1. Only for accumulators without parts of their own (numbers, texts, …): `merge` may change what it
 *       is given or keep a part of it, and here each accumulator goes into several windows.
 *
 * @returns false if O1 does not hold; then nothing was evicted
 */
export function foldPanes(
  panes: readonly PaneTable[],
  fn: CombineFnSpec,
  combiner: TimestampCombiner,
  evict: Evict,
): boolean {
  const columns = columnsOf(panes);
  if (columns === undefined) return false;
  for (const { windows, panes: parts } of windowsOf(panes)) {
    const [{ maxTimestamp }] = windows;
    for (const { key, entries } of columns) {
      let found = false;
      let accumulator: unknown;
      let timestamp = maxTimestamp;
      let count = 0;
      for (const n of parts) {
        const entry = entries[n];
        if (entry === undefined) continue;
        count += entry.count;
        accumulator = found ? fn.merge(accumulator, entry.accumulator) : entry.accumulator;
        if (combiner !== 'end-of-window') {
          const combine = combiner === 'latest' ? maxTime : minTime;
          timestamp = found ? combine(timestamp, entry.timestamp) : entry.timestamp;
        }
        found = true;
      }
      if (found) evict(key, fn.compact?.(accumulator) ?? accumulator, timestamp, windows, count);
    }
  }
  return true;
}

/** `undefined` if O1 does not hold. */
function columnsOf(panes: readonly PaneTable[]): readonly Column[] | undefined {
  const plain = new Map<unknown, Column>();
  const encoded = new Map<unknown, Column>();
  const enter = (columns: Map<unknown, Column>, entry: CombineEntry, n: number): boolean => {
    if (typeof entry.accumulator === 'object' && entry.accumulator !== null) return false;
    let column = columns.get(entry.id);
    if (column === undefined) columns.set(entry.id, (column = { key: entry.key, entries: [] }));
    column.entries[n] = entry;
    return true;
  };
  for (const [n, pane] of panes.entries()) {
    for (const entry of pane.plain.live) if (!enter(plain, entry, n)) return undefined;
    for (const entry of pane.encoded.live) if (!enter(encoded, entry, n)) return undefined;
  }
  return [...plain.values(), ...encoded.values()];
}

function windowsOf(panes: readonly PaneTable[]): Iterable<FoldedWindow> {
  const identities = new WindowIdentities();
  const folded = new Map<unknown, FoldedWindow>();
  for (const [n, { windows }] of panes.entries()) {
    for (const window of windows) {
      const id = identities.ofOne(window);
      const known = folded.get(id);
      if (known === undefined) folded.set(id, { windows: [window], panes: [n] });
      else known.panes.push(n);
    }
  }
  return folded.values();
}
