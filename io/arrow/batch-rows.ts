import { DataType, Precision, TimeUnit, type RecordBatch, type Vector } from 'apache-arrow';
import { StrahlError } from '#portability/errors.js';
import { RecordFault } from '../files/bad-records.js';

/**
 * One row of a batch as plain data.
 *
 * @example
 * ```ts
 * import type { ArrowRow } from 'strahl/io/arrow';
 * const columnsOf = (row: ArrowRow): readonly string[] => Object.keys(row);
 * ```
 */
export type ArrowRow = Readonly<Record<string, unknown>>;

/** How times are given. */
export interface RowOptions {
  /**
   * `'ms'` (default): timestamps are milliseconds since 1970, and one that is not a whole number of them is a
   * bad record. `'exact'`: bigints in the unit of the column.
   */
  readonly timestamps?: 'ms' | 'exact';
}

type Getter = (row: number) => unknown;

/** Column by column, since row objects of the library are far slower than vectors. */
export class BatchRows {
  readonly #names: readonly string[];
  readonly #getters: readonly Getter[];

  /** @throws STRAHL-2001 for a column of a type that has no plain data */
  constructor(batch: RecordBatch, options: RowOptions) {
    this.#names = batch.schema.fields.map((field) => field.name);
    this.#getters = batch.schema.fields.map((field, i) => {
      const vector = batch.getChildAt(i);
      return vector === null ? () => null : getterOf(vector, field.name, options);
    });
  }

  /** @throws RecordFault for a value that plain data cannot hold exactly */
  at(row: number): ArrowRow {
    const record: Record<string, unknown> = {};
    for (let i = 0; i < this.#names.length; i++) {
      const name = this.#names[i] ?? '';
      const value = this.#getters[i]?.(row);
      // Defined, not set: a column must not reach the prototype.
      if (name === '__proto__') Object.defineProperty(record, name, { value, enumerable: true });
      else record[name] = value;
    }
    return record;
  }
}

function getterOf(vector: Vector, column: string, options: RowOptions): Getter {
  const { type } = vector as { readonly type: DataType };
  if (DataType.isInt(type) && type.bitWidth === 64)
    return (i) => exactInteger(vector.get(i) as bigint | null);
  if (DataType.isInt(type) || DataType.isFloat(type)) return numberGetter(vector);
  if (DataType.isTimestamp(type)) return timestampGetter(vector, type.unit, options);
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type)) {
    return (i) => (vector.get(i) as Uint8Array | null)?.slice() ?? null;
  }
  if (DataType.isList(type) || DataType.isFixedSizeList(type) || DataType.isLargeList(type)) {
    return (i) => listOf(vector.get(i) as Vector | null, column, options);
  }
  if (DataType.isStruct(type)) return structGetter(vector, column, options);
  if (isDirect(type)) return (i) => vector.get(i) as unknown;
  throw new StrahlError('unsupportedFeature', {
    // eslint-disable-next-line @typescript-eslint/no-base-to-string -- Arrow's types print themselves
    title: `column ${column} has the Arrow type ${String(type)}, which has no plain data`,
    fix: "read it as batches: { as: 'batches' }",
  });
}

/** Types whose values the library gives as plain data. */
function isDirect(type: DataType): boolean {
  if (DataType.isDictionary(type)) {
    const { dictionary } = type as { readonly dictionary: DataType };
    return isDirect(dictionary) || (DataType.isInt(dictionary) && dictionary.bitWidth < 64);
  }
  return (
    DataType.isUtf8(type) ||
    DataType.isLargeUtf8(type) ||
    DataType.isBool(type) ||
    DataType.isNull(type) ||
    DataType.isDate(type)
  );
}

function numberGetter(vector: Vector): Getter {
  const [data] = vector.data;
  const half = DataType.isFloat(vector.type) && vector.type.precision === Precision.HALF;
  if (data === undefined || data.offset !== 0 || vector.nullCount > 0 || half) {
    return (i) => vector.get(i) as unknown;
  }
  const values = data.values as ArrayLike<number>;
  return (i) => values[i];
}

function exactInteger(value: bigint | null): number | bigint | null {
  if (value === null) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const PER_SECOND: Readonly<Record<TimeUnit, bigint>> = {
  [TimeUnit.SECOND]: 1n,
  [TimeUnit.MILLISECOND]: 1000n,
  [TimeUnit.MICROSECOND]: 1_000_000n,
  [TimeUnit.NANOSECOND]: 1_000_000_000n,
};

function timestampGetter(vector: Vector, unit: TimeUnit, { timestamps }: RowOptions): Getter {
  const values = vector.data[0]?.values as BigInt64Array | undefined;
  const raw = (i: number): bigint | null => (vector.isValid(i) ? (values?.[i] ?? null) : null);
  if (timestamps === 'exact') return raw;
  const perSecond = PER_SECOND[unit] as bigint | undefined;
  if (perSecond === undefined)
    throw new RangeError(`no unit of time has the number ${String(unit)}`);
  return (i) => {
    const value = raw(i);
    if (value === null) return null;
    const scaled = value * 1000n;
    const ms = Number(scaled / perSecond);
    if (scaled % perSecond === 0n && Number.isSafeInteger(ms)) return ms;
    const why = `timestamp ${String(value)} is not a whole number of milliseconds; read { timestamps: 'exact' }`;
    throw new RecordFault('integerOutOfRange', why);
  };
}

function listOf(list: Vector | null, column: string, options: RowOptions): unknown {
  if (list === null) return null;
  const get = getterOf(list, column, options);
  return Array.from({ length: list.length }, (_, i) => get(i));
}

function structGetter(vector: Vector, column: string, options: RowOptions): Getter {
  const fields = (vector.type as { readonly children: readonly { readonly name: string }[] })
    .children;
  const getters = fields.map(({ name }, i) => {
    const child = vector.getChildAt<DataType>(i);
    return [
      name,
      child === null ? () => null : getterOf(child, `${column}.${name}`, options),
    ] as const;
  });
  return (i) =>
    vector.isValid(i) ? Object.fromEntries(getters.map(([name, get]) => [name, get(i)])) : null;
}
