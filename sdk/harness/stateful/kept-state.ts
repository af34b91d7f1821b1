import type { StateAccess } from '#portability/fnapi/connection.js';
import type { Window } from '#portability/model/windows.js';
import { hashBytes } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { BagCell } from './bag-cell.js';
import type { KeyScope } from './key-scope.js';
import { OrderedListCell } from './list-cell.js';
import { MapCell, MultimapCell, SetCell } from './map-cells.js';
import type { StatefulPlan } from './stateful-plan.js';
import { CombiningCell, ValueCell } from './value-cells.js';

/** What a runner has kept of a step, and of which windows of a key. */
export interface KeptState extends StateAccess {
  windowsOf(key: Uint8Array): readonly Uint8Array[];
}

/** What a step keeps for a key in a window, by the names of its states. */
export interface StateOfKey {
  readonly window: Window;
  /** A bag, a set and an ordered list as arrays, a map as a `Map`, a multimap as one of arrays. */
  readonly state: Readonly<Record<string, unknown>>;
}

/** Reads all state of a key, window by window; nothing if it can be no key of the step. */
export async function stateOfKey(
  { keyCoder, windowCoder }: Pick<StatefulPlan, 'keyCoder' | 'windowCoder'>,
  {
    scope,
    handles,
  }: { readonly scope: KeyScope; readonly handles: Readonly<Record<string, unknown>> },
  key: unknown,
  kept: KeptState,
): Promise<readonly StateOfKey[]> {
  const out = new ByteWriter(64);
  try {
    keyCoder.encode(key, out);
  } catch {
    return [];
  }
  const bytes = out.toBytes();
  const located = {
    key,
    bytes,
    start: 0,
    end: bytes.length,
    hash: hashBytes(bytes, 0, bytes.length),
    place: -1,
  };
  scope.open(kept);
  const found: StateOfKey[] = [];
  for (const encoded of kept.windowsOf(bytes)) {
    const window = windowCoder.decode(new ByteReader(encoded));
    scope.enter(located, window);
    await scope.load();
    const entries: [string, unknown][] = [];
    for (const [name, cell] of Object.entries(handles)) entries.push([name, await contentOf(cell)]);
    found.push({ window, state: Object.fromEntries(entries) });
  }
  scope.leave();
  return found;
}

async function contentOf(cell: unknown): Promise<unknown> {
  if (cell instanceof ValueCell || cell instanceof CombiningCell) return cell.read();
  if (cell instanceof MapCell) return new Map((await listOf(cell)) as [unknown, unknown][]);
  if (cell instanceof MultimapCell) return grouped((await listOf(cell)) as [unknown, unknown][]);
  if (cell instanceof BagCell || cell instanceof SetCell || cell instanceof OrderedListCell) {
    return listOf(cell);
  }
  throw new TypeError('a cell of an unknown kind');
}

async function listOf(values: {
  [Symbol.asyncIterator](): AsyncIterator<unknown>;
}): Promise<readonly unknown[]> {
  const list: unknown[] = [];
  for await (const value of values) list.push(value);
  return list;
}

function grouped(entries: readonly [unknown, unknown][]): ReadonlyMap<unknown, unknown[]> {
  const groups = new Map<unknown, unknown[]>();
  for (const [key, value] of entries) {
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
