import { NestedCoder, type ElementCoder } from '#portability/coders/coder.js';
import type { CoderExtension } from '#portability/coders/registry.js';
import type { ByteReader } from '#portability/wire/reader.js';
import type { ByteWriter } from '#portability/wire/writer.js';
import { CODER_REF_URN, pathOf } from './function-ref.js';
import type { ComposedCoder, FunctionRegistry, UserCoder } from './user-function.js';

/** The coders of users among `functions`, for a `CoderRegistry`. */
export function userCoders(functions: FunctionRegistry): CoderExtension {
  return ({ spec }, components) => {
    if (spec.urn !== CODER_REF_URN) return undefined;
    const found = functions.get(pathOf(spec));
    if (found?.kind !== 'coder') return undefined;
    return new ReferredCoder(runningCoder(found.coder, components));
  };
}

/** The coder itself, or what it makes of its components. */
export function runningCoder(
  coder: UserCoder | ComposedCoder,
  components: readonly ElementCoder<unknown>[],
): UserCoder {
  return typeof coder === 'function' ? coder(components) : coder;
}

/** A user's bytes with their length before them when nested, since only the user could tell where they end. */
class ReferredCoder extends NestedCoder<unknown> {
  readonly urn: string = CODER_REF_URN;
  readonly deterministic: boolean = false;
  readonly #coder: UserCoder;

  constructor(coder: UserCoder) {
    super();
    this.#coder = coder;
  }

  override encode(value: unknown, out: ByteWriter): void {
    out.lengthPrefixed(this.#coder.encode(value));
  }

  override decode(input: ByteReader): unknown {
    // A copy: users may keep what they are given, and the input is reused.
    return this.#coder.decode(input.lengthPrefixed().slice());
  }

  override skip(input: ByteReader): void {
    input.skipLengthPrefixed('a value of a user coder');
  }

  override encodeOuter(value: unknown, out: ByteWriter): void {
    out.raw(this.#coder.encode(value));
  }

  override decodeOuter(input: ByteReader): unknown {
    return this.#coder.decode(input.raw(input.remaining).slice());
  }
}
