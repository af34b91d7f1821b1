/** About the bytes that a value takes as plain data; what is no plain data counts as nothing. */
export function plainSize(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return 2 + Buffer.byteLength(value);
    case 'number':
    case 'bigint':
      return 9;
    case 'object':
      return value === null ? 1 : sizeOfObject(value);
    default:
      return 1;
  }
}

function sizeOfObject(value: object): number {
  if (ArrayBuffer.isView(value)) return 5 + value.byteLength;
  const parts: Iterable<unknown> =
    Symbol.iterator in value ? (value as Iterable<unknown>) : Object.entries(value).flat();
  let size = 5;
  for (const part of parts) size += plainSize(part);
  return size;
}
