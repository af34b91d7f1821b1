// What a bug here would look like: a map that says one thing to who asks for a key by its bytes and another to who asks
// at once, or an entry of a bundle that failed.
import { expect, test } from '@jest/globals';
import { globalWindowCoder } from '#portability/coders/windows.js';
import type { UserStateKey } from '#portability/fnapi/connection.js';
import { duration } from '#portability/model/time.js';
import { hashBytes } from '#portability/wire/frames.js';
import { ByteReader } from '#portability/wire/reader.js';
import fc from 'fast-check';
import { BundleCells } from './bundle-cells.js';
import { KeyedState } from './keyed-state.js';

const NO_BYTES = new Uint8Array(0);
const KEY = Buffer.from('key');
const NAMES = ['', 'a', 'b', 'long name', '\u00ff'];

type Bundle = (cells: BundleCells) => Access;

/** A map of texts as one bundle sees it; the values of a key follow each other. */
interface Access {
  set(name: string, value: string): void;
  add(name: string, value: string): void;
  remove(name: string): void;
  /** By keys, nothing and a key that is not there look alike. */
  get(name: string): string | undefined;
}

const at = { transform: 't' as never, state: 'map', window: NO_BYTES, key: KEY };

/** By the numbers of places. */
const direct: Bundle = (cells) => {
  const place = cells.place(KEY, 0, KEY.length, hashBytes(KEY, 0, KEY.length), NO_BYTES);
  const { maps } = cells;
  const state = maps.stateNumber('map');
  // More bytes than those that count, as a writer has them.
  const bytesOf = (text: string): Buffer => Buffer.from(`${text}...`, 'latin1');
  const keyOf = (name: string) => ({ bytes: bytesOf(name), length: name.length });
  const input = new ByteReader(NO_BYTES);
  return {
    set(name, value) {
      maps.set(place, state, keyOf(name), bytesOf(value), value.length);
    },
    add(name, value) {
      maps.add(place, state, keyOf(name), bytesOf(value), value.length);
    },
    remove(name) {
      maps.remove(place, state, keyOf(name));
    },
    get: (name) =>
      maps.point(place, state, keyOf(name), input)
        ? input.bytes.toString('latin1', input.pos, input.end)
        : undefined,
  };
};

/** By keys, as over the wire. */
const keyed: Bundle = (cells) => {
  const keyOf = (name: string): UserStateKey => ({
    kind: 'multimap',
    ...at,
    mapKey: Buffer.from(name, 'latin1'),
  });
  const access: Access = {
    set(name, value) {
      access.remove(name);
      access.add(name, value);
    },
    add(name, value) {
      cells.append(keyOf(name), Buffer.from(value, 'latin1'));
    },
    remove(name) {
      cells.clear(keyOf(name));
    },
    get: (name) => textOf(cells, keyOf(name)),
  };
  return access;
};

function textOf(cells: BundleCells, key: UserStateKey): string {
  return cells
    .read([{ key }])
    .map(({ data }) => Buffer.from(data).toString('latin1'))
    .join('');
}

const name = fc.constantFrom(...NAMES);
const value = fc.constantFrom('', 'x', 'yy', 'a value that is no short one');
const write = fc.oneof(
  fc.record({ kind: fc.constantFrom('set' as const, 'add' as const), name, value }),
  fc.record({ kind: fc.constant('remove' as const), name }),
);
const work = fc.record({ way: fc.boolean(), write });
const bundles = fc.array(
  fc.record({ works: fc.array(work, { maxLength: 8 }), fails: fc.boolean() }),
  { maxLength: 5 },
);

test('a map is the same by places and by keys, and as before when a bundle fails', () => {
  fc.assert(
    fc.property(bundles, (all) => {
      const state = new KeyedState({
        states: new Map([['map', 'multimap']]),
        windowCoder: globalWindowCoder,
        lateness: duration(0),
      });
      let committed = new Map<string, string>();
      for (const { works, fails } of all) {
        const cells = new BundleCells(state, { read: () => [] }, NO_TIMERS);
        const [byPlace, byKey] = [direct(cells), keyed(cells)];
        const expected = new Map(committed);
        for (const { way, write: w } of works) {
          const access = way ? byPlace : byKey;
          if (w.kind === 'remove') expected.delete(w.name);
          else if (w.kind === 'set') expected.set(w.name, w.value);
          else expected.set(w.name, (expected.get(w.name) ?? '') + w.value);
          if (w.kind === 'remove') access.remove(w.name);
          else access[w.kind](w.name, w.value);
          expect(NAMES.map((key) => byPlace.get(key))).toEqual(
            NAMES.map((key) => expected.get(key)),
          );
          expect(NAMES.map((key) => byKey.get(key))).toEqual(
            NAMES.map((key) => expected.get(key) ?? ''),
          );
        }
        if (fails) cells.takeBack(() => undefined);
        else {
          cells.apply();
          committed = expected;
        }
      }
      const last = direct(new BundleCells(state, { read: () => [] }, NO_TIMERS));
      for (const key of NAMES) expect(last.get(key)).toBe(committed.get(key));
    }),
    { numRuns: 200 },
  );
});

const NO_TIMERS = { settle() {}, takeBack() {}, cleared: [] } as never;
