import { NestedCoder, type ElementCoder } from '#portability/coders/coder.js';
import { CoderRegistry } from '#portability/coders/registry.js';
import { StrahlError } from '#portability/errors.js';
import type { StageDescriptor } from '#portability/fnapi/connection.js';
import type { CoderSpec } from '#portability/model/graph.js';
import type { ByteReader } from '#portability/wire/reader.js';
import type { ByteWriter } from '#portability/wire/writer.js';
import { CODER_REF_URN, pathOf } from '../../dofn/function-ref.js';
import { runningCoder } from '../../dofn/user-coders.js';
import type { FunctionRegistry, UserCoder } from '../../dofn/user-function.js';
import { textOfThrown } from '../steps/step.js';

/** The coders of a stage, a user's own ones included. */
export function stageCoders(
  { components }: StageDescriptor,
  functions: FunctionRegistry,
): CoderRegistry {
  return new CoderRegistry(components.coders, ({ spec }, parts) =>
    userCoder(spec, functions, parts),
  );
}

function userCoder(
  spec: CoderSpec['spec'],
  functions: FunctionRegistry,
  components: readonly ElementCoder<unknown>[],
): ElementCoder<unknown> | undefined {
  if (spec.urn !== CODER_REF_URN) return undefined;
  const path = pathOf(spec);
  const fn = functions.get(path);
  if (fn?.kind === 'coder') return new UserElementCoder(runningCoder(fn.coder, components));
  throw new StrahlError('notExported', {
    title: `no coder is registered under ${path}`,
    fix: 'build the same pipeline in the process that runs its functions',
  });
}

function threw(cause: unknown): string {
  return `the user's coder threw ${textOfThrown(cause)}`;
}

/**
 * Bytes that only the user's functions understand. Nested, they stand behind their length, because only
 * their owner knows where they end.
 */
class UserElementCoder extends NestedCoder<unknown> {
  readonly urn: string = CODER_REF_URN;
  // The graph names a user's coder for a key only where the user says that it is deterministic.
  readonly deterministic = true;
  readonly #coder: UserCoder;

  constructor(coder: UserCoder) {
    super();
    this.#coder = coder;
  }

  #encoded(value: unknown): Uint8Array {
    let bytes: unknown;
    try {
      bytes = this.#coder.encode(value);
    } catch (cause) {
      throw new StrahlError('cannotEncode', { title: threw(cause), cause });
    }
    if (bytes instanceof Uint8Array) return bytes;
    throw new StrahlError('cannotEncode', {
      title: `the user's coder gives a value of type ${typeof bytes} instead of bytes`,
      fix: 'return a Uint8Array, for example new TextEncoder().encode(text)',
    });
  }

  #decoded(bytes: Uint8Array): unknown {
    try {
      // A copy: the coder may keep what it is given.
      return this.#coder.decode(Uint8Array.prototype.slice.call(bytes));
    } catch (cause) {
      throw new StrahlError('cannotDecode', { title: threw(cause), cause });
    }
  }

  override encode(value: unknown, out: ByteWriter): void {
    out.lengthPrefixed(this.#encoded(value));
  }

  override decode(input: ByteReader): unknown {
    return this.#decoded(input.lengthPrefixed());
  }

  override skip(input: ByteReader): void {
    input.lengthPrefixed();
  }

  override encodeOuter(value: unknown, out: ByteWriter): void {
    out.raw(this.#encoded(value));
  }

  override decodeOuter(input: ByteReader): unknown {
    return this.#decoded(input.raw(input.remaining));
  }
}
