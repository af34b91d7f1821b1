// What a bug here would look like: a harness that reads a whole map misses entries, or reads one as many.
import { describe, expect, it } from '@jest/globals';
import type { ElementCoder } from '#portability/coders/coder.js';
import { bytesCoder } from '#portability/coders/primitives.js';
import { globalWindowCoder } from '#portability/coders/windows.js';
import type { UserStateKey } from '#portability/fnapi/connection.js';
import { duration } from '#portability/model/time.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import { BundleSettings } from '../timers/bundle-settings.js';
import { BatchMemory } from '../timers/batch-memory.js';
import { DueBatch } from '../timers/due-batch.js';
import { PaneNumbers } from '../timers/pane-numbers.js';
import { TimerJournal } from '../timers/timer-journal.js';
import { TimerStore } from '../timers/timer-store.js';
import { BundleCells } from './bundle-cells.js';
import { KeyedState } from './keyed-state.js';
import { PlaceList } from './place-list.js';

const AT = { transform: 't' as never, window: new Uint8Array(0), key: Buffer.from('k') };
const ALL: UserStateKey = { kind: 'multimap-entries', state: 'map', ...AT };
const under = (mapKey: string): UserStateKey => ({
  ...{ kind: 'multimap', state: 'map', ...AT },
  mapKey: nested(mapKey),
});

function nested(...texts: readonly string[]): Uint8Array {
  const out = new ByteWriter(32);
  for (const text of texts) bytesCoder.encode(Buffer.from(text), out);
  return out.toBytes();
}

/** Bundles of a step with one map, whose values end where `coder` says, or only its SDK knows. */
function bundles(coder: ElementCoder<unknown> | 'unknown' = bytesCoder): () => BundleCells {
  const state = new KeyedState({
    states: new Map([['map', 'multimap']]),
    ...(coder === 'unknown' ? {} : { mapValues: new Map([['map', coder]]) }),
    windowCoder: globalWindowCoder,
    lateness: duration(0),
  });
  const store = new TimerStore(['event-time'], () => Infinity);
  const panes = new PaneNumbers();
  const [journal, cleared] = [new TimerJournal(), new PlaceList()];
  const due = new DueBatch(
    { transform: 't' as never, state, panes, families: [] },
    new BatchMemory(),
  );
  return () => {
    const settings = { store, families: new Map(), panes, journal, cleared };
    return new BundleCells(state, { read: () => [] }, new BundleSettings(settings, due));
  };
}

/** All entries, page by page. */
function entriesOf(cells: BundleCells): readonly (readonly [string, readonly string[]])[] {
  const pages: Uint8Array[] = [];
  for (let token: Uint8Array | undefined; ;) {
    const cell = { key: ALL, ...(token === undefined ? {} : { token }) };
    const [page] = cells.read([cell]);
    pages.push(page!.data);
    ({ token } = page!);
    if (token === undefined) break;
  }
  const input = new ByteReader(Buffer.concat(pages));
  const text = (): string => Buffer.from(bytesCoder.decode(input)).toString();
  const entries: [string, string[]][] = [];
  while (input.remaining > 0) entries.push([text(), Array.from({ length: input.int32() }, text)]);
  return entries;
}

describe('the entries of a map, read at once', () => {
  it('are each key with the number of its values and these (STA-1)', () => {
    const bundle = bundles();
    const first = bundle();
    first.append(under('a'), nested('1'));
    first.append(under('b'), nested('2', '3'));
    first.append(under('a'), nested('4'));
    const all = [
      ['a', ['1', '4']],
      ['b', ['2', '3']],
    ];
    expect(entriesOf(first)).toEqual(all);
    first.apply();
    expect(entriesOf(bundle())).toEqual(all);
  });

  it('are what the bundle sees: what it has added, and not what it has cleared (STA-3)', () => {
    const bundle = bundles();
    const first = bundle();
    for (const key of ['a', 'b', 'c']) first.append(under(key), nested(key));
    first.apply();
    const second = bundle();
    second.clear(under('a'));
    second.append(under('b'), nested('more'));
    second.append(under('d'), nested('d'));
    expect(entriesOf(second)).toEqual([
      ['b', ['b', 'more']],
      ['c', ['c']],
      ['d', ['d']],
    ]);
    second.clear(ALL);
    expect(entriesOf(second)).toEqual([]);
  });

  it('come in pages that end behind whole entries', () => {
    const cells = bundles()();
    const long = 'x'.repeat(100_000);
    const keys = Array.from({ length: 8 }, (_, n) => `key ${String(n)}`);
    for (const key of keys) cells.append(under(key), nested(long, 'y'));
    const [page] = cells.read([{ key: ALL }]);
    expect(page!.token).toBeDefined();
    expect(entriesOf(cells)).toEqual(keys.map((key) => [key, [long, 'y']]));
  });

  it('are refused by name where only the SDK knows how many values there are (2001)', () => {
    const cells = bundles('unknown')();
    expect(() => cells.read([{ key: ALL }])).toThrow(/STRAHL-2001[^]*entries of state "map"/);
  });

  it('are refused by name where values take no bytes, so that nobody can count them (2001)', () => {
    const cells = bundles(globalWindowCoder)();
    cells.append(under('a'), Uint8Array.of(1));
    expect(() => cells.read([{ key: ALL }])).toThrow(/STRAHL-2001[^]*entries of state "map"/);
  });
});
