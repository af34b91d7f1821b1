import type { ElementCoder } from '#portability/coders/coder.js';
import type { StateAccess, UserStateKey } from '#portability/fnapi/connection.js';
import type { DirectMaps, MapKey } from '#portability/fnapi/direct-state.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';
import type { MapState, MultimapState, SetState } from '../../dofn/state.js';
import type { Step } from '../steps/step.js';
import type { KeyScope, OpenedCell } from './key-scope.js';
import { firstOf, isEmpty, valuesOf } from './state-pages.js';

/** The value under a member of a set; what is under a key must be some byte. */
const MEMBER = Uint8Array.of(1);

/** What maps, multimaps and sets share: writes go to the runner at once. */
abstract class KeyedCell implements OpenedCell {
  protected readonly scope: KeyScope;
  protected readonly step: Step;
  /** In one process. */
  protected direct: DirectMaps | undefined;
  /** The runner's number of the state. */
  protected number = -1;
  readonly #name: string;
  readonly #keys: ElementCoder<unknown>;
  readonly #key = new KeyBytes();

  constructor(name: string, scope: KeyScope, keys: ElementCoder<unknown>, step: Step) {
    this.#name = name;
    this.scope = scope;
    this.#keys = keys;
    this.step = step;
    scope.addOpened(this);
  }

  open({ maps }: StateAccess): void {
    this.direct = maps;
    this.number = maps?.stateNumber(this.#name) ?? -1;
  }

  clear(): void {
    this.scope.clear(this.#allOf());
  }

  delete(key: unknown): void {
    const { direct } = this;
    if (direct === undefined) this.scope.clear(this.at(key));
    else direct.remove(this.place, this.number, this.keyOf(key));
  }

  protected get place(): number {
    this.scope.requireOpen(this.step);
    return this.scope.place;
  }

  /** The bytes of a key, good until the next call. */
  protected keyOf(key: unknown): MapKey {
    const { out } = this.#key;
    out.pos = 0;
    this.encode(this.#keys, key, out);
    return this.#key;
  }

  protected at(key: unknown): UserStateKey {
    this.scope.requireOpen(this.step);
    return this.scope.mapKey(this.#name, this.encoded(this.#keys, key));
  }

  protected encoded(coder: ElementCoder<unknown>, value: unknown): Uint8Array {
    const out = new ByteWriter(64);
    this.encode(coder, value, out);
    return out.toBytes();
  }

  protected encode(coder: ElementCoder<unknown>, value: unknown, out: ByteWriter): void {
    try {
      coder.encode(value, out);
    } catch (e) {
      throw this.step.wrap(e, { value });
    }
  }

  #allOf(): UserStateKey {
    this.scope.requireOpen(this.step);
    return this.scope.mapKeys(this.#name);
  }

  protected allKeys(): AsyncGenerator<unknown, void, undefined> {
    const key = this.#allOf();
    return valuesOf(this.scope, key, (input) => this.#keys.decode(input), this.step);
  }
}

class KeyBytes implements MapKey {
  readonly out = new ByteWriter(64);

  get bytes(): Uint8Array {
    return this.out.bytes;
  }

  get length(): number {
    return this.out.pos;
  }
}

export class SetCell extends KeyedCell implements SetState<unknown> {
  readonly #input = new ByteReader(MEMBER);

  add(value: unknown): void {
    if (this.direct !== undefined) {
      this.direct.set(this.place, this.number, this.keyOf(value), MEMBER, MEMBER.length);
      return;
    }
    const key = this.at(value);
    this.scope.clear(key);
    this.scope.append(key, MEMBER);
  }

  async has(value: unknown): Promise<boolean> {
    if (this.direct === undefined) return !(await isEmpty(this.scope, this.at(value)));
    return this.direct.point(this.place, this.number, this.keyOf(value), this.#input);
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    return this.allKeys();
  }
}

type Entry = readonly [key: unknown, value: unknown];

/** What maps and multimaps share: values under their keys. */
abstract class ValuedCell extends KeyedCell {
  protected readonly values: ElementCoder<unknown>;
  /** A value on its way to the runner. */
  protected readonly out: ByteWriter = new ByteWriter(64);

  constructor(
    name: string,
    scope: KeyScope,
    keys: ElementCoder<unknown>,
    values: ElementCoder<unknown>,
    step: Step,
  ) {
    super(name, scope, keys, step);
    this.values = values;
  }

  keys(): AsyncIterable<unknown> {
    return this.allKeys();
  }

  /** Leaves the bytes of a value in `out`. */
  protected encodeValue(value: unknown): void {
    this.out.pos = 0;
    this.encode(this.values, value, this.out);
  }
}

export class MapCell extends ValuedCell implements MapState<unknown, unknown> {
  readonly #input = new ByteReader(MEMBER);

  set(key: unknown, value: unknown): void {
    const { direct, out } = this;
    if (direct !== undefined) {
      const { place } = this;
      this.encodeValue(value);
      direct.set(place, this.number, this.keyOf(key), out.bytes, out.pos);
      return;
    }
    const cell = this.at(key);
    const data = this.encoded(this.values, value);
    this.scope.clear(cell);
    this.scope.append(cell, data);
  }

  async get(key: unknown): Promise<unknown> {
    const { direct } = this;
    if (direct === undefined) return firstOf(this.scope, this.at(key), this.values, this.step);
    const input = this.#input;
    if (!direct.point(this.place, this.number, this.keyOf(key), input)) return undefined;
    try {
      return this.values.decode(input);
    } catch (e) {
      throw this.step.wrap(e);
    }
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Entry> {
    for await (const key of this.allKeys()) yield [key, await this.get(key)];
  }
}

export class MultimapCell extends ValuedCell implements MultimapState<unknown, unknown> {
  put(key: unknown, value: unknown): void {
    const { direct, out } = this;
    if (direct !== undefined) {
      const { place } = this;
      this.encodeValue(value);
      direct.add(place, this.number, this.keyOf(key), out.bytes, out.pos);
      return;
    }
    this.scope.append(this.at(key), this.encoded(this.values, value));
  }

  get(key: unknown): AsyncIterable<unknown> {
    return valuesOf(this.scope, this.at(key), (input) => this.values.decode(input), this.step);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Entry> {
    for await (const key of this.allKeys()) {
      for await (const value of this.get(key)) yield [key, value];
    }
  }
}
