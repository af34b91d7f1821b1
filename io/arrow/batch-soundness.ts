import { DataType, type Data, type RecordBatch } from 'apache-arrow';

/** More rows than any batch of sensible size has; a batch of nulls alone could claim any number. */
const MAX_ROWS = 2 ** 26;

/** Whether every column of a batch holds as many values as the batch says it has rows. */
export function isSound(batch: RecordBatch): boolean {
  const { numRows } = batch;
  return (
    Number.isSafeInteger(numRows) &&
    numRows >= 0 &&
    numRows <= MAX_ROWS &&
    batch.data.children.every((column) => holds(column, numRows))
  );
}

function holds(data: Data, rows: number): boolean {
  const { type, length } = data as { readonly type: DataType; readonly length: number };
  const bitmap = data.nullBitmap as Uint8Array | undefined;
  const nullsFit =
    bitmap === undefined || bitmap.length === 0 || bitmap.length * 8 >= data.offset + rows;
  return length >= rows && nullsFit && valuesFit(data, type, rows);
}

function valuesFit(data: Data, type: DataType, rows: number): boolean {
  const values = data.values as { readonly length: number } | undefined;
  if (DataType.isNull(type)) return true;
  if (DataType.isStruct(type)) return data.children.every((child) => holds(child, rows));
  if (DataType.isFixedSizeList(type)) {
    return data.children.every((child) => holds(child, rows * type.listSize));
  }
  if (DataType.isFixedSizeBinary(type)) return (values?.length ?? 0) >= rows * type.byteWidth;
  if (DataType.isBool(type)) return (values?.length ?? 0) * 8 >= rows;
  const offsets = data.valueOffsets as ArrayLike<number | bigint> | undefined;
  if (offsets !== undefined) return rows === 0 || offsetsFit(offsets, rows, data);
  return (values?.length ?? 0) >= rows;
}

/** Offsets rise and end inside of what they point into. */
function offsetsFit(offsets: ArrayLike<number | bigint>, rows: number, data: Data): boolean {
  let last = 0;
  for (let i = 0; i <= rows; i++) {
    const offset = Number(offsets[i] ?? -1);
    if (offset < last) return false;
    last = offset;
  }
  const [child] = data.children;
  if (child !== undefined) return holds(child, last);
  return last <= (data.values as Uint8Array).length;
}
