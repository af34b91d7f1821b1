import { StrahlError } from '#portability/errors.js';
import { formatTime } from '#portability/model/time.js';
import { PLAIN, type CoderChoice } from '../graph/coder-choice.js';
import type { Context } from '../dofn/dofn.js';
import type { CollectionNode } from '../graph/graph-node.js';
import { choiceOf } from '../schema/choice.js';
import { jsonReader, jsonText } from '../schema/json.js';
import type { Schema } from '../schema/schema.js';
import { scalar, type SchemaType } from '../schema/schema-type.js';
import { parDoOne, type AnyFunction, type StepInput } from './par-do.js';

const TEXT: CoderChoice = Object.freeze({ kind: 'typed', type: scalar('string') });

type Fields = Readonly<Record<string, unknown>>;

export function selectStep(input: StepInput, fields: readonly string[]): CollectionNode {
  const pick = (x: Fields): Fields => {
    const picked: Record<string, unknown> = {};
    for (const field of fields) if (field in x) picked[field] = x[field];
    return picked;
  };
  return mapTo(
    input,
    'select',
    pick,
    narrowed(input, (field) => fields.includes(field)),
  );
}

export function dropFieldsStep(input: StepInput, fields: readonly string[]): CollectionNode {
  const dropped = new Set(fields);
  const keep = (x: Fields): Fields => {
    const kept: Record<string, unknown> = {};
    for (const field of Object.keys(x)) if (!dropped.has(field)) kept[field] = x[field];
    return kept;
  };
  return mapTo(
    input,
    'dropFields',
    keep,
    narrowed(input, (field) => !dropped.has(field)),
  );
}

/** The row coder of the fields that stay, if the input has one. */
function narrowed({ main }: StepInput, keeps: (field: string) => boolean): CoderChoice {
  if (main.coder.kind !== 'typed' || main.coder.type.kind !== 'row') return PLAIN;
  const { type } = main.coder;
  const row: SchemaType = { ...type, fields: type.fields.filter(({ name }) => keeps(name)) };
  return { kind: 'typed', type: row };
}

/** Reads texts by the codec's rules: integers beyond 2^53 are errors, never rounded. */
export function parseJsonStep(input: StepInput, schema: Schema<unknown>): CollectionNode {
  return mapTo(input, 'parseJson', jsonReader(schema), choiceOf(schema) ?? PLAIN);
}

export function toJsonStep(input: StepInput): CollectionNode {
  return mapTo(input, 'toJson', (x: unknown) => jsonText(x), TEXT);
}

export function toStringsStep(input: StepInput, separator = ','): CollectionNode {
  const text = (x: unknown): string =>
    Array.isArray(x) ? x.map(String).join(separator) : String(x);
  return mapTo(input, 'toStrings', text, TEXT);
}

export function logStep(input: StepInput, label: unknown = 'element'): CollectionNode {
  if (typeof label !== 'string') {
    throw new StrahlError('badValue', {
      title: `a value of type ${typeof label} cannot be the label of log`,
      ...input.graph.where('log'),
      fix: ".log('label'), behind a .map(…) where something else than the elements is to be logged",
    });
  }
  const log = (x: unknown, c: Context): unknown => {
    c.log.info(label, { value: x, timestamp: formatTime(c.timestamp) });
    return x;
  };
  return mapTo(input, 'log', log, input.main.coder);
}

function mapTo(
  input: StepInput,
  name: string,
  call: AnyFunction,
  coder: CoderChoice,
): CollectionNode {
  return parDoOne(input, { name, fn: (fields) => ({ kind: 'map', call, ...fields }), coder });
}
