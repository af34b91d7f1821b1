import { CODER_URN } from '../urns.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import { NestedCoder, type ElementCoder } from './coder.js';
import { bytesCoder } from './primitives.js';

/** A key that a runner split so that one hot key keeps several workers busy. */
export interface ShardedKey {
  readonly shardId: Uint8Array;
  readonly key: unknown;
}

/** The shard and the key, both nested in either context. */
export class ShardedKeyCoder extends NestedCoder<ShardedKey> {
  readonly urn: string = CODER_URN.SHARDED_KEY;
  readonly deterministic: boolean;
  readonly #key: ElementCoder<unknown>;

  constructor(key: ElementCoder<unknown>) {
    super();
    this.#key = key;
    this.deterministic = key.deterministic;
  }

  override encode(value: ShardedKey, out: ByteWriter): void {
    bytesCoder.encode(value.shardId, out);
    this.#key.encode(value.key, out);
  }

  override decode(input: ByteReader): ShardedKey {
    const shardId = bytesCoder.decode(input);
    return { shardId, key: this.#key.decode(input) };
  }

  override skip(input: ByteReader): void {
    input.skipLengthPrefixed('a shard id');
    this.#key.skip(input);
  }
}
