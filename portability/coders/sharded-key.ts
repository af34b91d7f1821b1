import { CODER_URN } from '../urns.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import type { ElementCoder } from './coder.js';
import { bytesCoder } from './primitives.js';

/** A key that a runner split so that one hot key keeps several workers busy. */
export interface ShardedKey {
  readonly shardId: Uint8Array;
  readonly key: unknown;
}

/** The shard, nested, then the key in the context of the whole. */
export class ShardedKeyCoder implements ElementCoder<ShardedKey> {
  readonly urn: string = CODER_URN.SHARDED_KEY;
  readonly deterministic: boolean;
  readonly #key: ElementCoder<unknown>;

  constructor(key: ElementCoder<unknown>) {
    this.#key = key;
    this.deterministic = key.deterministic;
  }

  encode(value: ShardedKey, out: ByteWriter): void {
    bytesCoder.encode(value.shardId, out);
    this.#key.encode(value.key, out);
  }

  encodeOuter(value: ShardedKey, out: ByteWriter): void {
    bytesCoder.encode(value.shardId, out);
    this.#key.encodeOuter(value.key, out);
  }

  decode(input: ByteReader): ShardedKey {
    const shardId = bytesCoder.decode(input);
    return { shardId, key: this.#key.decode(input) };
  }

  decodeOuter(input: ByteReader): ShardedKey {
    const shardId = bytesCoder.decode(input);
    return { shardId, key: this.#key.decodeOuter(input) };
  }

  skip(input: ByteReader): void {
    input.skipLengthPrefixed('a shard id');
    this.#key.skip(input);
  }
}
