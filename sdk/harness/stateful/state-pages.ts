import type { ElementCoder } from '#portability/coders/coder.js';
import { isStrahlError } from '#portability/errors.js';
import type { StateCell, StatePage, UserStateKey } from '#portability/fnapi/connection.js';
import { ByteReader } from '#portability/wire/reader.js';
import type { Step } from '../steps/step.js';
import type { KeyScope } from './key-scope.js';

/**
 * The values of a cell, page by page, as they are needed. A value may begin in one page and end in the
 * next: what cannot be decoded is tried again with the next page behind it.
 */
export async function* valuesOf<T>(
  scope: KeyScope,
  key: UserStateKey,
  decode: (input: ByteReader) => T,
  step: Step,
): AsyncGenerator<T, void, undefined> {
  const pages = new Pages(decode, step);
  do {
    const [page] = await scope.state.read([pages.next(key)]);
    for (const value of pages.valuesIn(page!)) yield value;
  } while (!pages.isOver);
}

/** Where the reading of a cell is. */
class Pages<T> {
  readonly #decode: (input: ByteReader) => T;
  readonly #step: Step;
  #rest: Uint8Array = new Uint8Array(0);
  #token: Uint8Array | undefined;

  constructor(decode: (input: ByteReader) => T, step: Step) {
    this.#decode = decode;
    this.#step = step;
  }

  get isOver(): boolean {
    return this.#token === undefined;
  }

  next(key: UserStateKey): StateCell {
    return this.#token === undefined ? { key } : { key, token: this.#token };
  }

  *valuesIn({ data: own, token }: StatePage): Generator<T, void, undefined> {
    this.#token = token;
    const data = this.#rest.length === 0 ? own : Buffer.concat([this.#rest, own]);
    const input = new ByteReader(data);
    while (input.remaining > 0) {
      const start = input.pos;
      let value: T;
      try {
        value = this.#decode(input);
      } catch (e) {
        if (token === undefined || !isStrahlError(e)) throw this.#step.wrap(e);
        input.pos = start;
        break;
      }
      yield value;
    }
    this.#rest = Uint8Array.prototype.slice.call(data, input.pos);
  }
}

/** The first page of a cell holds something unless the cell is empty. */
export async function isEmpty(scope: KeyScope, key: UserStateKey): Promise<boolean> {
  const [page] = await scope.state.read([{ key }]);
  return page!.data.length === 0 && page!.token === undefined;
}

/** The first value of a cell, if it has one. */
export async function firstOf(
  scope: KeyScope,
  key: UserStateKey,
  coder: ElementCoder<unknown>,
  step: Step,
): Promise<unknown> {
  for await (const value of valuesOf(scope, key, (input) => coder.decode(input), step)) {
    return value;
  }
  return undefined;
}
