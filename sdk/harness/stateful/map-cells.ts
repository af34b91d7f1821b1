import type { ElementCoder } from '#portability/coders/coder.js';
import type { UserStateKey } from '#portability/fnapi/connection.js';
import type { MapState, MultimapState, SetState } from '../../dofn/state.js';
import type { Step } from '../steps/step.js';
import type { Cell, KeyScope } from './key-scope.js';
import { firstOf, isEmpty, valuesOf } from './state-pages.js';

/** The value under a member of a set; what is under a key must be some byte. */
const MEMBER = Uint8Array.of(1);

/** What maps, multimaps and sets share: writes go to the runner at once. */
abstract class KeyedCell implements Cell {
  protected readonly scope: KeyScope;
  protected readonly step: Step;
  readonly #name: string;
  readonly #keys: ElementCoder<unknown>;

  constructor(name: string, scope: KeyScope, keys: ElementCoder<unknown>, step: Step) {
    this.#name = name;
    this.scope = scope;
    this.#keys = keys;
    this.step = step;
  }

  enter(): void {}

  flush(): void {}

  clear(): void {
    this.scope.clear(this.#allOf());
  }

  delete(key: unknown): void {
    this.scope.clear(this.at(key));
  }

  protected at(key: unknown): UserStateKey {
    this.scope.requireOpen(this.step);
    return this.scope.mapKey(this.#name, this.encoded(this.#keys, key));
  }

  protected encoded(coder: ElementCoder<unknown>, value: unknown): Uint8Array {
    try {
      return Uint8Array.from(this.scope.encoded((out) => coder.encode(value, out)));
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

export class SetCell extends KeyedCell implements SetState<unknown> {
  add(value: unknown): void {
    const key = this.at(value);
    this.scope.clear(key);
    this.scope.append(key, MEMBER);
  }

  async has(value: unknown): Promise<boolean> {
    return !(await isEmpty(this.scope, this.at(value)));
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown> {
    return this.allKeys();
  }
}

type Entry = readonly [key: unknown, value: unknown];

/** What maps and multimaps share: values under their keys. */
abstract class ValuedCell extends KeyedCell {
  protected readonly values: ElementCoder<unknown>;

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
}

export class MapCell extends ValuedCell implements MapState<unknown, unknown> {
  set(key: unknown, value: unknown): void {
    const cell = this.at(key);
    const data = this.encoded(this.values, value);
    this.scope.clear(cell);
    this.scope.append(cell, data);
  }

  async get(key: unknown): Promise<unknown> {
    return firstOf(this.scope, this.at(key), this.values, this.step);
  }

  async *[Symbol.asyncIterator](): AsyncIterator<Entry> {
    for await (const key of this.allKeys()) yield [key, await this.get(key)];
  }
}

export class MultimapCell extends ValuedCell implements MultimapState<unknown, unknown> {
  put(key: unknown, value: unknown): void {
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
