/**
 * Node's Buffer with its direct text methods. They are on every Buffer but not in the public types;
 * `write` and `toString` cost twice as much because they first interpret an encoding name.
 */
export type NativeBuffer = Buffer & {
  utf8Write(text: string, at: number): number;
  utf8Slice(start: number, end: number): string;
  latin1Slice(start: number, end: number): string;
};

export function allocate(capacity: number): NativeBuffer {
  return Buffer.allocUnsafe(capacity) as NativeBuffer;
}

/** The text in `bytes`; where they are not UTF-8, U+FFFD stands for what is none. No view is made for it. */
export function textOf(bytes: Uint8Array): string {
  return utf8Slice.call(bytes, 0, bytes.length);
}

/** One character for each byte of `bytes[start, end)`, so that equal bytes are equal texts. */
export function latin1Of(bytes: Uint8Array, start: number = 0, end: number = bytes.length): string {
  return latin1Slice.call(bytes, start, end);
}

type Slice = (this: Uint8Array, start: number, end: number) => string;
const { utf8Slice, latin1Slice } = Buffer.prototype as unknown as {
  readonly utf8Slice: Slice;
  readonly latin1Slice: Slice;
};

/** The same memory as a Buffer. */
export function asBuffer(bytes: Uint8Array): NativeBuffer {
  const buffer = Buffer.isBuffer(bytes)
    ? bytes
    : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return buffer as NativeBuffer;
}

/** All of the same memory. */
export function viewOf({ buffer, byteOffset, byteLength }: ArrayBufferView): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}

let lastBytes: Uint8Array = new Uint8Array(0);
let lastView = viewOf(lastBytes);

/** As `viewOf`; for those who look at the same bytes again and again, as at those of a frame. */
export function viewNear(bytes: Uint8Array): DataView {
  if (bytes !== lastBytes) lastView = viewOf((lastBytes = bytes));
  return lastView;
}
