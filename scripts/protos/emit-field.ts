import type { FieldFacts } from './facts.js';
import { camelCase, type Homes } from './naming.js';

/** Text of a generated module, with what it uses of `codec.ts`, `message-writer.ts` and of its sisters. */
export interface Sink {
  readonly homes: Homes;
  readonly lines: string[];
  /** From `codec.ts` or `message-writer.ts`. */
  readonly use: (name: string) => string;
  /** Of a message or enum of any module. */
  readonly refer: (type: string, prefix?: 'read' | 'write') => string;
}

/**
 * 64-bit fields whose values may lie beyond 2^53 in a sound pipeline: Beam's limits of event time, an
 * unlimited lateness, sort keys, and integers of users. They are bigints; every other one is a number.
 */
const BIG: ReadonlySet<string> = new Set([
  ...['WindowingStrategy.allowed_lateness', 'AdvanceWatermark.new_watermark'],
  ...['AdvanceProcessingTime.advance_duration', 'TimestampedElement.timestamp'],
  ...['LabelledPayload.int_value', 'AtomicTypeValue.int64'],
  ...['OrderedListRange.start', 'OrderedListRange.end'],
]);

const WIRE_TYPES: Readonly<Record<string, number>> = {
  double: 1,
  float: 5,
  string: 2,
  bytes: 2,
};

/** Reading and writing of one value of a field's type. */
export class ValueCode {
  readonly type: string;
  readonly wireType: number;
  readonly isMessage: boolean;
  readonly #sink: Sink;
  readonly #proto: string;
  readonly #big: boolean;

  constructor(sink: Sink, message: string, field: FieldFacts) {
    const home = sink.homes.find(field.type);
    this.#sink = sink;
    this.#proto = field.type;
    this.#big = BIG.has(`${message.slice(message.lastIndexOf('.') + 1)}.${field.name}`);
    this.isMessage = home?.kind === 'message';
    this.wireType = this.isMessage ? 2 : (WIRE_TYPES[field.type] ?? 0);
    this.type = home === undefined ? this.#scalarType() : sink.refer(field.type);
  }

  #scalarType(): string {
    if (this.#big) return 'bigint';
    if (this.#proto === 'bytes') return 'Uint8Array';
    if (this.#proto === 'bool') return 'boolean';
    return this.#proto === 'string' ? 'string' : 'number';
  }

  tag(number: number): number {
    return number * 8 + this.wireType;
  }

  /** The value that is not written. */
  get zero(): string {
    if (this.type === 'Uint8Array') return this.#sink.use('NO_BYTES');
    return this.#big ? '0n' : ({ boolean: 'false', string: "''" }[this.type] ?? '0');
  }

  isSet(value: string): string {
    if (this.type === 'Uint8Array') return `${value} !== undefined && ${value}.length > 0`;
    // NaN is falsy but no default, and -0 is written.
    if (this.wireType === 1 || this.wireType === 5) {
      return `${value} !== undefined && !Object.is(${value}, 0)`;
    }
    return value;
  }

  read(): string {
    const { use, refer } = this.#sink;
    if (this.isMessage) return `${use('readNested')}(r, ${refer(this.#proto, 'read')}, depth)`;
    if (this.#big) return `${use('readBigInt64')}(r)`;
    switch (this.#proto) {
      case 'int64':
        return `${use('readInt64')}(r)`;
      case 'bytes':
        return `${use('readBytes')}(r)`;
      case 'string':
        return `${use('readString')}(r)`;
      default:
        return this.#sink.homes.find(this.#proto) === undefined
          ? `r.${this.#proto}()`
          : `r.int32() as ${this.type}`;
    }
  }

  /** A function of a reader, and for a message of its depth, that reads one. */
  reader(): string {
    const { use, refer } = this.#sink;
    if (this.isMessage) return refer(this.#proto, 'read');
    if (this.#proto === 'string') return use('readString');
    return this.#proto === 'bytes' ? use('readBytes') : `(r) => ${this.read()}`;
  }

  /** Statement that writes `value` behind its tag. */
  write(number: number, value: string): string {
    const { use, refer } = this.#sink;
    if (this.#proto === 'string') {
      return `${use('writeString')}(w, ${String(this.tag(number))}, ${value});`;
    }
    const tagged = `w.uint32(${String(this.tag(number))})`;
    if (this.isMessage) {
      return `${refer(this.#proto, 'write')}(${value}, ${tagged}.fork()); w.ldelim();`;
    }
    if (this.#big) return `${use('writeBigInt64')}(${tagged}, ${value});`;
    if (this.#proto === 'int64') return `${use('writeInt64')}(${tagged}, ${value});`;
    const method = this.#sink.homes.find(this.#proto) === undefined ? this.#proto : 'int32';
    return `${tagged}.${method}(${value});`;
  }
}

export function fieldName(field: FieldFacts): string {
  return camelCase(field.name);
}
