import type { ElementCoder } from '#portability/coders/coder.js';
import { isStrahlError } from '#portability/errors.js';
import type { StatePage, UserStateKey } from '#portability/fnapi/connection.js';
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
  let rest = new Uint8Array(0);
  let token: Uint8Array | undefined;
  do {
    const page = await readPage(scope, key, token);
    token = page.token;
    const data = rest.length === 0 ? page.data : Buffer.concat([rest, page.data]);
    const input = new ByteReader(data);
    while (input.remaining > 0) {
      const start = input.pos;
      let value: T;
      try {
        value = decode(input);
      } catch (e) {
        if (token === undefined || !isStrahlError(e)) throw step.wrap(e);
        input.pos = start;
        break;
      }
      yield value;
    }
    rest = Uint8Array.prototype.slice.call(data, input.pos);
  } while (token !== undefined);
}

/** The first page of a cell holds something unless the cell is empty. */
export async function isEmpty(scope: KeyScope, key: UserStateKey): Promise<boolean> {
  const { data, token } = await readPage(scope, key, undefined);
  return data.length === 0 && token === undefined;
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

async function readPage(
  scope: KeyScope,
  key: UserStateKey,
  token: Uint8Array | undefined,
): Promise<StatePage> {
  const [page] = await scope.state.read([token === undefined ? { key } : { key, token }]);
  return page!;
}
