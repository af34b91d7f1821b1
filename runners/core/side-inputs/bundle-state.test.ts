// What a bug here looks like: a harness that gets half an answer, the same page for ever, or parts of two panes.
import { describe, expect, it } from '@jest/globals';
import type { SideStateKey } from '#portability/fnapi/connection.js';
import { duration, type EventTime } from '#portability/model/time.js';
import { ByteWriter } from '#portability/wire/writer.js';
import {
  element,
  frameOf,
  list,
  pair,
  size,
  tenOf,
  text,
  windowCoder,
} from '../input/frames.fixture.js';
import { BundleState } from './bundle-state.js';
import { ViewStore } from './view-store.js';

type Pair = readonly [string, number];

const WINDOW = encoded((out) => windowCoder.encode(tenOf(0), out));
const CELL = { transform: 'join' as never, sideInput: 'side', window: WINDOW };
const view = {
  view: 'view' as never,
  mapping: { kind: 'global' },
  mainLateness: duration(0),
} as const;
const use = { ...view, transform: CELL.transform, name: CELL.sideInput };

function encoded(write: (out: ByteWriter) => void): Uint8Array {
  const out = new ByteWriter(16);
  write(out);
  return out.toBytes();
}

/** A view that has taken one pane per list of pairs. */
function viewOf(
  ...panes: readonly (readonly [index: number, pairs: readonly Pair[]])[]
): ViewStore {
  const store = new ViewStore(
    windowCoder,
    { input: 0 as EventTime },
    duration(0),
    { key: text, value: size },
    pair(text, size),
  );
  store.addReader(() => 0 as EventTime, duration(0));
  const coder = list(pair(text, size));
  for (const [index, pairs] of panes) {
    const pane = {
      timing: 'early',
      index,
      nonSpeculativeIndex: 0,
      first: false,
      last: false,
    } as const;
    const frame = frameOf([{ ...element(pairs, 0, tenOf(0)), pane }], coder, windowCoder);
    store.absorb(frame, { windowCoder, elementCoder: coder });
  }
  return store;
}

function readAll(state: BundleState, key: SideStateKey): { pages: number; bytes: Uint8Array } {
  const pages: Uint8Array[] = [];
  let token: Uint8Array | undefined;
  do {
    const [page] = state.read([token === undefined ? { key } : { key, token }]);
    pages.push(page!.data);
    ({ token } = page!);
  } while (token !== undefined);
  return { pages: pages.length, bytes: Buffer.concat(pages) };
}

const pairsOf = (...pairs: readonly Pair[]): Uint8Array =>
  encoded((out) => {
    for (const each of pairs) pair(text, size).encode(each, out);
  });

const REPEATED: readonly Pair[] = [
  ['a', 1],
  ['b', 2],
  ['a', 3],
];

describe('a side input, as a bundle reads it', () => {
  const stateOf = (store: ViewStore, pageBytes?: number): BundleState =>
    new BundleState([use], new Map([[use.view, store]]), [], pageBytes);

  it('comes in pages that together are all of it', () => {
    const state = stateOf(viewOf([0, REPEATED]), 4);
    const { pages, bytes } = readAll(state, { kind: 'iterable-side-input', ...CELL });
    expect(pages).toBeGreaterThan(1);
    expect(Buffer.from(bytes)).toEqual(Buffer.from(pairsOf(...REPEATED)));
  });

  it('comes in pages of whole elements, however long one is', () => {
    const state = stateOf(viewOf([0, REPEATED]), 1);
    const cell = { kind: 'iterable-side-input', ...CELL } as const;
    const [first] = state.read([{ key: cell }]);
    expect(Buffer.from(first!.data)).toEqual(Buffer.from(pairsOf(['a', 1])));
    const [second] = state.read([{ key: cell, token: first!.token! }]);
    expect(Buffer.from(second!.data)).toEqual(Buffer.from(pairsOf(['b', 2])));
  });

  it('is looked up by key', () => {
    const state = stateOf(viewOf([0, REPEATED]));
    const at = (key: string): Uint8Array =>
      readAll(state, {
        kind: 'multimap-side-input',
        ...CELL,
        key: encoded((out) => text.encode(key, out)),
      }).bytes;
    const sizes = (...ns: number[]): Buffer =>
      Buffer.from(encoded((out) => ns.forEach((n) => size.encode(n, out))));
    expect(Buffer.from(at('a'))).toEqual(sizes(1, 3));
    expect(Buffer.from(at('b'))).toEqual(sizes(2));
    expect(at('c')).toHaveLength(0);
  });

  it('names each key once, with its values if asked for', () => {
    const state = stateOf(viewOf([0, REPEATED]));
    const keys = readAll(state, { kind: 'multimap-keys-side-input', ...CELL }).bytes;
    expect(Buffer.from(keys)).toEqual(
      Buffer.from(encoded((out) => ['a', 'b'].forEach((key) => text.encode(key, out)))),
    );
    const all = readAll(state, { kind: 'multimap-keys-values-side-input', ...CELL }).bytes;
    const groups = encoded((out) => {
      pair(text, list(size)).encode(['a', [1, 3]], out);
      pair(text, list(size)).encode(['b', [2]], out);
    });
    expect(Buffer.from(all)).toEqual(Buffer.from(groups));
  });

  it('has no keys where nothing has come', () => {
    const state = stateOf(viewOf());
    expect(readAll(state, { kind: 'multimap-keys-side-input', ...CELL }).bytes).toHaveLength(0);
  });

  it('SID-4: is the pane with the highest index, in whatever order panes come', () => {
    const newest: readonly Pair[] = [['new', 1]];
    const state = stateOf(viewOf([0, REPEATED], [2, newest], [1, REPEATED]));
    const { bytes } = readAll(state, { kind: 'iterable-side-input', ...CELL });
    expect(Buffer.from(bytes)).toEqual(Buffer.from(pairsOf(...newest)));
  });

  it('SID-5: stays as it was when the bundle read it first', () => {
    const store = viewOf([0, REPEATED]);
    const state = stateOf(store, 4);
    const key = { kind: 'iterable-side-input', ...CELL } as const;
    const [first] = state.read([{ key }]);
    const later = frameOf(
      [element([['x', 9]] as readonly Pair[], 0, tenOf(0))],
      list(pair(text, size)),
      windowCoder,
    );
    store.absorb(later, { windowCoder, elementCoder: list(pair(text, size)) });
    const rest = state.read([{ key, token: first!.token! }]);
    expect(Buffer.concat([first!.data, rest[0]!.data])).toEqual(
      Buffer.from(pairsOf(...REPEATED.slice(0, 2))),
    );
  });
});
