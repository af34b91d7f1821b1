import { CODER_URN } from '../urns.js';
import type { ByteReader } from '../wire/reader.js';
import type { ByteWriter } from '../wire/writer.js';
import type { ElementCoder } from './coder.js';
import { wrongType } from './refusals.js';

export type Kv = readonly [key: unknown, value: unknown];

/** The key, nested, and the value in the context of the pair. */
export class KvCoder implements ElementCoder<Kv> {
  readonly urn: string = CODER_URN.KV;
  readonly deterministic: boolean;
  readonly key: ElementCoder<unknown>;
  readonly value: ElementCoder<unknown>;

  constructor(key: ElementCoder<unknown>, value: ElementCoder<unknown>) {
    this.key = key;
    this.value = value;
    this.deterministic = key.deterministic && value.deterministic;
  }

  encode(pair: Kv, out: ByteWriter): void {
    checkPair(pair);
    this.key.encode(pair[0], out);
    this.value.encode(pair[1], out);
  }

  encodeOuter(pair: Kv, out: ByteWriter): void {
    checkPair(pair);
    this.key.encode(pair[0], out);
    this.value.encodeOuter(pair[1], out);
  }

  decode(input: ByteReader): Kv {
    const key = this.key.decode(input);
    return [key, this.value.decode(input)];
  }

  decodeOuter(input: ByteReader): Kv {
    const key = this.key.decode(input);
    return [key, this.value.decodeOuter(input)];
  }

  skip(input: ByteReader): void {
    this.key.skip(input);
    this.value.skip(input);
  }
}

function checkPair(pair: unknown): void {
  if (!Array.isArray(pair) || pair.length !== 2) throw wrongType(pair, 'a pair [key, value]');
}
