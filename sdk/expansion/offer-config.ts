import { rowCoderOfPayload } from '#portability/coders/rows/rows.js';
import { withSchemaIds } from '#portability/coders/rows/schema-ids.js';
import { payloadOfSchema, schemaOfPayload } from '#portability/coders/rows/schema-payload.js';
import { StrahlError } from '#portability/errors.js';
import { schemaField, schemaOf, type Schema } from '#portability/model/schema.js';
import { ByteReader } from '#portability/wire/reader.js';
import { viewOfSchema } from '../schema/adapters.js';
import { isExact } from '../schema/schema-type.js';
import { fieldTypeOf } from '../translate/row-schema.js';
import type { OfferDescription } from './offered-transform.js';

/**
 * The settings of an offered transform as other SDKs see them: what may be left out may be null.
 *
 * @throws STRAHL-3303 for a setting of a type that rows do not have
 */
export function configSchemaOf({ urn, config }: OfferDescription): Schema {
  const fields = config === undefined ? new Map<string, never>() : viewOfSchema(config).fields!;
  const made = [...fields].map(([name, { type, notes }]) => {
    const mayBeMissing = notes.optional === true || notes.default !== undefined;
    if (!isExact(type)) {
      throw new StrahlError('configMismatch', {
        title: `the setting ${name} of ${urn} has a type that rows of other SDKs do not have`,
        fix: 'use strings, numbers, booleans, bytes, instants, lists, maps and rows',
      });
    }
    const given = fieldTypeOf(type);
    return {
      ...schemaField(name, { ...given, nullable: given.nullable || mayBeMissing }),
      ...descriptionIn(notes),
    };
  });
  return withSchemaIds(schemaOf(made));
}

function descriptionIn({ description }: { readonly description?: string }): object {
  return description === undefined ? {} : { description };
}

/** A row of settings as another SDK sent it. */
export interface SentConfig {
  readonly schema: Uint8Array;
  readonly row: Uint8Array;
}

/**
 * The settings that were sent, checked.
 *
 * @throws STRAHL-3303 naming the setting that is missing, wrong, or none
 */
export async function readConfig(
  offer: OfferDescription,
  sent: SentConfig | undefined,
): Promise<unknown> {
  const { urn, config } = offer;
  const given = sent === undefined ? {} : rowOf(sent);
  const known = new Map(configSchemaOf(offer).fields.map(({ name, type }) => [name, type]));
  const strange = Object.keys(given).find((name) => !known.has(name));
  const names = [...known.keys()].join(', ') || 'none';
  if (strange !== undefined) {
    throw new StrahlError('configMismatch', {
      title: `${strange} is not a setting of ${urn}`,
      why: `its settings are ${names}`,
    });
  }
  if (config === undefined) return {};
  const { fields } = viewOfSchema(config);
  const values = Object.entries(given).filter(
    // Null stands for what is left out, unless the schema knows null.
    ([name, value]) => value !== null || fields?.get(name)?.type.nullable === true,
  );
  const result = await config['~standard'].validate(Object.fromEntries(values));
  if (result.issues === undefined) return result.value;
  const problems = result.issues.map(({ message, path = [] }) => {
    const at = path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    return `${at || 'config'} ${message}`;
  });
  throw new StrahlError('configMismatch', {
    title: `the settings of ${urn} do not fit: ${problems.join('; ')}`,
    why: `its settings are ${names}`,
  });
}

function rowOf({ schema, row }: SentConfig): Readonly<Record<string, unknown>> {
  const payload = payloadOfSchema(schemaOfPayload(schema));
  return rowCoderOfPayload(payload).decode(new ByteReader(row));
}
