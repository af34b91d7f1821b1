/** Carries unknown fields from a message into the model value it became, absent when there are none. */
export function keptFields(message: { readonly unknownFields?: Uint8Array | undefined }): {
  readonly unknownFields?: Uint8Array;
} {
  return message.unknownFields === undefined ? NOTHING : { unknownFields: message.unknownFields };
}

const NOTHING = Object.freeze({});

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
