import { rowCoderOfPayload } from '#portability/coders/rows/rows.js';
import { schemaOfPayload } from '#portability/coders/rows/schema-payload.js';
import { isStrahlError, StrahlError, type ErrorDetails } from '#portability/errors.js';
import type { ExternalRequest } from '#portability/model/external-step.js';
import type { Schema as SchemaMessage } from '#portability/proto/generated/schema.js';
import { encodeSchema } from '#portability/proto/generated/schema.js';
import { ByteReader } from '#portability/wire/reader.js';
import { ByteWriter } from '#portability/wire/writer.js';

/** Settings and the schema that they are encoded with. */
export interface EncodedConfig {
  readonly schema: Uint8Array;
  readonly row: Uint8Array;
}

/**
 * The settings in the schema of the transform: field by field by name; what may be null and is not given is null.
 *
 * @throws STRAHL-3303 for a field that it does not have, one that is missing, or one of another type
 */
export function configFor(
  { identifier, schema, row }: ExternalRequest & { readonly kind: 'schema-transform' },
  wanted: SchemaMessage | undefined,
  about: Pick<ErrorDetails, 'step' | 'site'>,
): EncodedConfig {
  if (wanted === undefined) return { schema, row };
  const payload = encodeSchema(wanted);
  const fields = schemaOfPayload(payload).fields.filter(({ name }) => name !== '');
  const given = rowCoderOfPayload(schema).decode(new ByteReader(row));
  const names = fields.map(({ name, type }) => (type.nullable ? `${name}?` : name)).join(', ');
  const refuse = (title: string, cause?: unknown): StrahlError =>
    new StrahlError('configMismatch', {
      title: `${title} of ${identifier}`,
      ...about,
      why: `its settings are ${names || 'none'}`,
      fix: 'change the setting in config',
      ...(cause === undefined ? {} : { cause }),
    });
  const known = new Set(fields.map(({ name }) => name));
  const strange = Object.keys(given).find((name) => !known.has(name));
  if (strange !== undefined) throw refuse(`${strange} is no setting`);
  const missing = fields.find(({ name, type }) => !type.nullable && !Object.hasOwn(given, name));
  if (missing !== undefined) throw refuse(`${missing.name} is missing among the settings`);
  const out = new ByteWriter();
  try {
    rowCoderOfPayload(payload).encode(given, out);
  } catch (cause) {
    if (!isStrahlError(cause)) throw cause;
    throw refuse(`${cause.title}: this is no setting`, cause);
  }
  return { schema: payload, row: out.toBytes() };
}
