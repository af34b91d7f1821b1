import type { SchemaType } from '../schema/schema-type.js';

export function fieldTypeOf(type: SchemaType): SchemaType {
  return type;
}

/** Payload of a row coder. */
export function payloadOfRow(_type: SchemaType): Uint8Array | undefined {
  return undefined;
}
