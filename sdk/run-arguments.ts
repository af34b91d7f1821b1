import type { StandardSchemaV1 } from '@standard-schema/spec';
import { StrahlError } from '#portability/errors.js';
import { isRead } from './options.js';
import type { PipelineDescription } from './pipeline-description.js';
import type { Runner } from './runner.js';
import { viewOfSchema } from './schema/adapters.js';
import type { Schema } from './schema/schema.js';
import { contentOf } from './schema/type-schema.js';

/**
 * The options of a run as `build` gets them: read by their schema, which fills in defaults and may change values on their
 * way. Those that the command line has read are not read again.
 *
 * @throws STRAHL-9002 for what the pipeline has no option for, and for every wrong and every missing value
 */
export function optionsOfRun({ name, options }: PipelineDescription, given: unknown): unknown {
  if (typeof given !== 'object' || given === null) {
    throw badOptions(name, `its options are an object, not ${String(given)}`);
  }
  if (isRead(given)) return given;
  requireKnown(name, options, given);
  if (options === undefined) return given;
  const result = options['~standard'].validate(given);
  return 'then' in result
    ? result.then((r) => valueOf(name, options, r))
    : valueOf(name, options, result);
}

/** Of other libraries the schema itself says what it makes of further names. */
function requireKnown(name: string, options: Schema<unknown> | undefined, given: object): void {
  const content = options === undefined ? undefined : contentOf(options);
  if (options !== undefined && content === undefined) return;
  const known = [...(content?.fields?.keys() ?? [])];
  const unknown = Object.keys(given).filter((option) => !known.includes(option));
  if (unknown.length === 0) return;
  const none = known.length === 0 ? 'it has no options' : `its options are ${known.join(', ')}`;
  throw badOptions(name, `there is no option ${unknown.join(', ')}: ${none}`);
}

function valueOf(
  name: string,
  options: Schema<unknown>,
  result: StandardSchemaV1.Result<unknown>,
): unknown {
  if (result.issues === undefined) return result.value;
  const { fields } = viewOfSchema(options);
  const problems = result.issues.map(({ path = [], message }) => {
    const names = path.map((part) => String(typeof part === 'object' ? part.key : part));
    const secret = fields?.get(names[0]!)?.notes.secret === true;
    return `${names.join('.')} ${secret ? 'is not accepted' : message}`;
  });
  throw badOptions(name, problems.join('; '));
}

/** @throws STRAHL-9002 for what is not a runner */
export function checkRunner(runner: unknown): asserts runner is Runner {
  const { submit } = (runner ?? {}) as { readonly submit?: unknown };
  if (typeof submit === 'function') return;
  throw new StrahlError('badValue', {
    title: `run is given ${typeof runner === 'string' ? JSON.stringify(runner) : `a value of type ${typeof runner}`} for its runner`,
    fix: "import { directRunner } from 'strahl/runners/direct'; p.run({}, { runner: directRunner() })",
  });
}

function badOptions(name: string, why: string): StrahlError {
  return new StrahlError('badValue', {
    title: `pipeline "${name}" cannot be run with these options`,
    why,
    fix: 'p.run({ …options }, { runner, signal })',
  });
}
