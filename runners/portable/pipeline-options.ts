import type { Init } from '#portability/proto/codec.js';
import type { Struct, Value } from '#portability/proto/generated/google/protobuf/struct.js';

/**
 * A value of an option that is sent to a job server.
 *
 * @example
 * ```ts
 * import type { PortableOptionValue } from 'strahl/runners/portable';
 * const options: Readonly<Record<string, PortableOptionValue>> = { parallelism: 2, streaming: true };
 * ```
 */
export type PortableOptionValue = string | number | boolean | readonly string[];

/** Options as the Job API has them: `parallelism` is `beam:option:parallelism:v1`. */
export function pipelineOptions(
  options: Readonly<Record<string, PortableOptionValue>>,
): Init<Struct> {
  return {
    fields: new Map(
      Object.entries(options).map(([name, value]) => [
        `beam:option:${snakeCase(name)}:v1`,
        valueOf(value),
      ]),
    ),
  };
}

/** Beam's runners read options by the names of Python: `jobName` is `job_name`. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function valueOf(value: PortableOptionValue): Init<Value> {
  if (typeof value === 'boolean') return { kind: { case: 'boolValue', value } };
  if (typeof value === 'string') return { kind: { case: 'stringValue', value } };
  // Integers of 64 bits are texts in JSON, and so in these messages.
  if (typeof value === 'number') {
    return Number.isInteger(value)
      ? { kind: { case: 'stringValue', value: String(value) } }
      : { kind: { case: 'numberValue', value } };
  }
  const values = value.map(valueOf);
  return { kind: { case: 'listValue', value: { values } } };
}
